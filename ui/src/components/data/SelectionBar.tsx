import type { ReactNode } from "react";
import { Button } from "@/components/controls/Button";
import { text } from "@/text/en";
import styles from "./SelectionBar.module.css";

interface SelectionBarProps {
  count: number;
  total: number;
  scope: string;
  onSelectAll: () => void;
  onClear: () => void;
  children: ReactNode;
}

/** "50 selected. Select all 412 in this group", and what to do with them. Below the rows, so that none moves. */
export function SelectionBar({ count, total, scope, onSelectAll, onClear, children }: SelectionBarProps) {
  return (
    <div className={styles.bar}>
      <p className={styles.words}>
        <strong>{count === total ? text.table.allSelected(total) : text.table.selected(count)}</strong>
        {count < total && (
          <Button kind="quiet" onPress={onSelectAll}>
            {text.table.selectAll(total, scope)}
          </Button>
        )}
        <Button kind="quiet" onPress={onClear}>
          {text.table.clearSelection}
        </Button>
      </p>
      <div className={styles.actions}>{children}</div>
    </div>
  );
}
