import type { ReactNode } from "react";
import { cx } from "@/lib/cx";
import styles from "./Sentence.module.css";

interface SentenceProps {
  /** Answers the visitor's question, with a number and a time. */
  children: ReactNode;
  /** A second, quieter sentence. */
  line?: ReactNode;
  tone?: "calm" | "needsYou";
}

/** The headline of every page: one sentence first. */
export function Sentence({ children, line, tone = "calm" }: SentenceProps) {
  return (
    <div>
      <p className={cx(styles.sentence, styles[tone])}>{children}</p>
      {line !== undefined && <p className={styles.line}>{line}</p>}
    </div>
  );
}
