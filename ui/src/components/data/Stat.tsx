import type { ReactNode } from "react";
import { Button } from "react-aria-components";
import { cx } from "@/lib/cx";
import { Count } from "./Count";
import type { Tone } from "./states";
import styles from "./Stat.module.css";

interface StatProps {
  label: string;
  /** A number, or words such as "12 s". */
  value: number | string;
  /** Quiet line below. */
  line?: ReactNode;
  tone?: Tone;
  /** Makes the tile a filter of what is below it. */
  onPress?: () => void;
  /** The filter is on. */
  pressed?: boolean;
}

/** Stats side by side, equally high. */
export function StatRow({ children }: { children: ReactNode }) {
  return <div className={styles.stats}>{children}</div>;
}

/** One number and what it counts. */
export function Stat({ label, value, line, tone, onPress, pressed = false }: StatProps) {
  const content = (
    <>
      <span className={styles.label}>{label}</span>
      <span className={cx(styles.value, tone && styles[tone])}>{typeof value === "number" ? <Count of={value} short /> : value}</span>
      {line !== undefined && <span className={styles.line}>{line}</span>}
    </>
  );
  if (!onPress) return <div className={styles.stat}>{content}</div>;
  return (
    <Button className={cx(styles.stat, styles.pressable)} aria-pressed={pressed} onPress={onPress}>
      {content}
    </Button>
  );
}
