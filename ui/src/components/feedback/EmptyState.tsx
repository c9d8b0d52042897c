import type { ReactNode } from "react";
import type { Icon } from "@/components/icons";
import styles from "./EmptyState.module.css";

interface EmptyStateProps {
  icon?: Icon;
  title: string;
  /** One sentence: why it is empty, and what will change that. */
  line: ReactNode;
  /** One button; a quiet second one at most. */
  action?: ReactNode;
}

/** Title, line, action; no drawing that shouts. */
export function EmptyState({ icon: Drawing, title, line, action }: EmptyStateProps) {
  return (
    <div className={styles.empty}>
      {Drawing && <Drawing size={24} className={styles.icon ?? ""} />}
      <h2 className={styles.title}>{title}</h2>
      <p className={styles.line}>{line}</p>
      {action !== undefined && <div className={styles.action}>{action}</div>}
    </div>
  );
}
