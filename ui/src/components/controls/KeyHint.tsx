import { cx } from "@/lib/cx";
import { keyCaps, keyboardHere, type Keyboard } from "./keys";
import styles from "./KeyHint.module.css";

interface KeyHintProps {
  /** As in "Mod+Shift+K". */
  keys: string;
  keyboard?: Keyboard;
  tone?: "normal" | "onTooltip";
}

/** Keys drawn the platform's own way: ⌘K on a Mac, Ctrl K elsewhere. */
export function KeyHint({ keys, keyboard = keyboardHere, tone = "normal" }: KeyHintProps) {
  return (
    <span className={cx(styles.keys, styles[tone])}>
      {keyCaps(keys, keyboard).map((cap) => (
        <kbd key={cap} className={styles.cap}>
          {cap}
        </kbd>
      ))}
    </span>
  );
}
