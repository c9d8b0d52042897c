import { useId, type ReactNode } from "react";
import { cx } from "@/lib/cx";
import styles from "./Card.module.css";

interface CardProps {
  title?: ReactNode;
  actions?: ReactNode;
  /** For content that brings its own padding, such as rows. */
  flush?: boolean;
  children: ReactNode;
}

/** Groups what belongs together. Never inside another card. */
export function Card({ title, actions, flush = false, children }: CardProps) {
  const id = useId();
  return (
    <section className={styles.card} aria-labelledby={title === undefined ? undefined : id}>
      {(title !== undefined || actions !== undefined) && (
        <header className={styles.header}>
          <h2 id={id}>{title}</h2>
          {actions}
        </header>
      )}
      <div className={cx(!flush && styles.body)}>{children}</div>
    </section>
  );
}
