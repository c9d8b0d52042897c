import { BareCheckbox } from "@/components/controls/Checkbox";
import { Skeleton } from "@/components/feedback/Skeleton";
import { text } from "@/text/en";
import type { Column } from "./DataGrid";
import styles from "./DataGrid.module.css";

interface GridRowProps<Row> {
  id: string;
  index: number;
  top: number;
  columns: readonly Column<Row>[];
  row: Row | undefined;
  active: boolean;
  selectable: boolean;
  select: { name: string; selected: boolean; onToggle: () => void } | undefined;
}

export function GridRow<Row>({ id, index, top, columns, row, active, selectable, select }: GridRowProps<Row>) {
  return (
    <div
      id={id}
      role="row"
      // The header is row 1, and rows are counted from 1.
      aria-rowindex={index + 2}
      aria-selected={selectable ? (select?.selected ?? false) : undefined}
      aria-busy={row === undefined ? true : undefined}
      data-index={index}
      data-active={active || undefined}
      className={styles.row}
      style={{ transform: `translateY(${top}px)` }}
    >
      {selectable && (
        <div role="gridcell" className={styles.box}>
          {select && <BareCheckbox outOfTabOrder label={text.table.selectRow(select.name)} checked={select.selected} onChange={select.onToggle} />}
        </div>
      )}
      {columns.map((column, at) => (
        <div key={column.id} role={column.namesRow ? "rowheader" : "gridcell"} className={styles.cell} data-align={column.align}>
          {row === undefined ? <Skeleton label={at === 0 ? text.table.loadingRow : ""} width={at % 2 === 0 ? "60%" : "40%"} /> : column.cell(row)}
        </div>
      ))}
    </div>
  );
}
