import type { ReactNode } from "react";
import { cx } from "@/lib/cx";
import styles from "./Page.module.css";

interface PageProps {
  /** Reading pages keep lines short; pages of tables use the window and scroll inside. */
  width?: "reading" | "full";
  /** A SidePanel, beside the page. */
  panel?: ReactNode;
  children: ReactNode;
}

/** The frame of every screen: PageHeader first, then what it is about. */
export function Page({ width = "reading", panel, children }: PageProps) {
  return (
    <div className={styles.split}>
      <div className={cx(styles.scroll, styles[width])}>
        <div className={styles.content}>{children}</div>
      </div>
      {panel}
    </div>
  );
}
