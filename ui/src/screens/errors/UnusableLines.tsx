import type { BrokenRowView } from "@/api/generated";
import { Button } from "@/components/controls/Button";
import { Dialog } from "@/components/overlays/Dialog";
import { text } from "@/text/en";
import styles from "./UnusableLines.module.css";

const words = text.errors.unusable;

/** Lines of a corrections file that could not be used, each with its reason, so that they can be mended in the file. */
export function UnusableLines({ lines, onClose }: { lines: readonly BrokenRowView[]; onClose: () => void }) {
  return (
    <Dialog open={lines.length > 0} onClose={onClose} title={words.title(lines.length)} footer={<Button kind="primary" onPress={onClose}>{text.common.close}</Button>}>
      <p>{words.help}</p>
      <ul className={styles.lines}>
        {lines.map(({ line, reason, raw }) => (
          <li key={line}>
            <strong>{words.line(line)}</strong> {reason}
            <code className={styles.raw}>{raw}</code>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
