import type { ReactNode } from "react";
import { cx } from "@/lib/cx";
import type { Tone } from "./states";
import styles from "./Badge.module.css";

interface BadgeProps {
  tone?: Tone | "neutral";
  /** Words, or a count in a list. What it counts must stand beside it. */
  children: ReactNode;
}

/** A small label. For the state of a delivery or lane use StateMark. */
export function Badge({ tone = "neutral", children }: BadgeProps) {
  return <span className={cx(styles.badge, styles[tone])}>{children}</span>;
}
