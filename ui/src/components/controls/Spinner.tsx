import { ProgressBar } from "react-aria-components";
import styles from "./Spinner.module.css";

/** For the control that was pressed, and for under a second. Longer work gets a ProgressStrip. */
export function Spinner({ label }: { label: string }) {
  return (
    <ProgressBar aria-label={label} isIndeterminate className={styles.holder ?? ""}>
      <svg className={styles.turning} width="16" height="16" viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="2.5" strokeLinecap="round" aria-hidden="true">
        <circle cx="12" cy="12" r="8" opacity="0.25" />
        <path d="M12 4a8 8 0 0 1 8 8" />
      </svg>
    </ProgressBar>
  );
}
