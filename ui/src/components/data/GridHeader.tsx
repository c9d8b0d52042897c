import type { ReactNode } from "react";
import { announce } from "@/components/feedback/announcer";
import { ChevronDownIcon, ChevronUpIcon } from "@/components/icons";
import { text } from "@/text/en";
import type { Column } from "./DataGrid";
import styles from "./DataGrid.module.css";

export interface Sort {
  column: string;
  direction: "ascending" | "descending";
}

interface GridHeaderProps<Row> {
  columns: readonly Column<Row>[];
  sort: Sort | undefined;
  onSort: ((sort: Sort) => void) | undefined;
  selectBox: ReactNode;
}

export function GridHeader<Row>({ columns, sort, onSort, selectBox }: GridHeaderProps<Row>) {
  const change = (column: Column<Row>) => {
    const direction = sort?.column === column.id && sort.direction === "ascending" ? "descending" : "ascending";
    onSort?.({ column: column.id, direction });
    announce(direction === "ascending" ? text.table.sortedUp(column.header) : text.table.sortedDown(column.header));
  };
  return (
    <div role="rowgroup" className={styles.header}>
      <div role="row" aria-rowindex={1} className={styles.cells}>
        {selectBox && <div role="columnheader" className={styles.box}>{selectBox}</div>}
        {columns.map((column) => {
          const sorted = sort?.column === column.id ? sort.direction : undefined;
          return (
            <div key={column.id} role="columnheader" className={styles.head} data-align={column.align} aria-sort={sorted ?? (column.sortable ? "none" : undefined)}>
              {column.sortable && onSort ? (
                <button type="button" className={styles.sort} onClick={() => change(column)}>
                  {column.header}
                  {sorted === "ascending" && <ChevronUpIcon size={12} />}
                  {sorted === "descending" && <ChevronDownIcon size={12} />}
                </button>
              ) : (
                column.header
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}
