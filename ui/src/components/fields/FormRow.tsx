import type { ReactNode } from "react";
import styles from "./FormRow.module.css";

interface FormRowProps {
  title: string;
  /** What it is for, in one sentence. */
  line?: ReactNode;
  children: ReactNode;
}

/** A setting: words at the left, control at the right; one below the other when narrow. */
export function FormRow({ title, line, children }: FormRowProps) {
  return (
    <div className={styles.row} role="group" aria-label={title}>
      <div>
        <p className={styles.title}>{title}</p>
        {line !== undefined && <p className={styles.line}>{line}</p>}
      </div>
      <div className={styles.control}>{children}</div>
    </div>
  );
}
