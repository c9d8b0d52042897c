import styles from "./Skeleton.module.css";

interface SkeletonProps {
  /** Read aloud; empty for all but the first of a group. */
  label: string;
  width?: string;
  lines?: number;
}

/** Holds the place of what is under way, in its shape. Never longer than a second without words beside it. */
export function Skeleton({ label, width = "100%", lines = 1 }: SkeletonProps) {
  return (
    <span className={styles.group} aria-busy="true">
      {label !== "" && <span className={styles.label}>{label}</span>}
      {Array.from({ length: lines }, (_, line) => (
        <span key={line} className={styles.bar} style={{ width: line === lines - 1 && lines > 1 ? "60%" : width }} />
      ))}
    </span>
  );
}
