import { Button } from "react-aria-components";
import { Tooltip } from "@/components/controls/Tooltip";
import { announce } from "@/components/feedback/announcer";
import { formatExact, formatRelative } from "@/lib/format";
import { usePlatform } from "@/platform/context";
import { text } from "@/text/en";
import { useNow } from "./now";
import styles from "./RelativeTime.module.css";

interface RelativeTimeProps {
  time: Date;
  /** In tables, where forty tab stops of times would be in the way: exact on hover only. */
  inTable?: boolean;
  /** It is still to come. */
  promised?: boolean;
}

/** "3 min ago"; the exact time on hover and focus, and in the clipboard on click. */
export function RelativeTime({ time, inTable = false, promised = false }: RelativeTimeProps) {
  const now = useNow();
  const relative = formatRelative(time, now, promised);
  const exact = formatExact(time);
  if (inTable) return <time dateTime={time.toISOString()} title={exact} className={styles.time}>{relative}</time>;
  return <Revealing relative={relative} exact={exact} iso={time.toISOString()} />;
}

function Revealing({ relative, exact, iso }: { relative: string; exact: string; iso: string }) {
  const platform = usePlatform();
  return (
    <Tooltip words={exact}>
      <Button className={styles.button ?? ""} onPress={() => void platform.copyText(exact).then(() => announce(text.common.copied))}>
        <time dateTime={iso}>{relative}</time>
      </Button>
    </Tooltip>
  );
}
