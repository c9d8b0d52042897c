import { useEffect, useId, useRef, useState, type KeyboardEvent, type MouseEvent, type ReactNode } from "react";
import { announce } from "@/components/feedback/announcer";
import { text } from "@/text/en";
import { BareCheckbox } from "@/components/controls/Checkbox";
import { cx } from "@/lib/cx";
import { GridHeader, type Sort } from "./GridHeader";
import { GridRow } from "./GridRow";
import { SelectionBar } from "./SelectionBar";
import { useRowWindow } from "./fixedRows";
import { everythingSelected, isSelected, nothingSelected, selectedCount, withRows, type Selection } from "./selection";
import styles from "./DataGrid.module.css";

export interface Column<Row> {
  id: string;
  header: string;
  cell: (row: Row) => ReactNode;
  /** A grid track: "8rem", "minmax(10rem, 2fr)". */
  width?: string;
  /** Numbers stand at the end. */
  align?: "start" | "end";
  sortable?: boolean;
  /** The column that names the row to screen readers. Exactly one. */
  namesRow?: boolean;
}

export interface DataGridProps<Row> {
  /** What the rows are: "Failed leads". */
  label: string;
  columns: readonly Column<Row>[];
  /** How many rows there are, loaded or not. */
  total: number;
  /** The row, or `undefined` while its page is under way. */
  rowAt: (index: number) => Row | undefined;
  rowKey: (row: Row) => string;
  /** As it would be said: "Ada Lovelace". */
  rowName: (row: Row) => string;
  /** Rows came into view: load what is missing. */
  onRange: (offset: number, limit: number) => void;
  onOpen?: (row: Row) => void;
  /** The active row moved: for keys that act on it. */
  onActive?: (row: Row) => void;
  sort?: Sort;
  onSort?: (sort: Sort) => void;
  selection?: Selection;
  onSelect?: (selection: Selection) => void;
  /** Ends "Select all 412 …": "in this group". */
  selectionScope?: string;
  /** Buttons for what is selected. */
  bulkActions?: ReactNode;
  /** The person is inside: live refresh should wait. */
  onHold?: (held: boolean) => void;
  density?: "comfortable" | "compact";
  /** Shown instead of rows when there are none. */
  empty: ReactNode;
}

/** What one tick of the header's box selects. */
const PAGE = 50;
const HEADER_HEIGHT = 32;
const ROW_HEIGHT = { comfortable: 40, compact: 32 };

/**
 * A table for up to a million rows. It holds none of them: it asks for what is in view. The grid itself keeps the focus
 * and names the active row, so neither scrolling nor a refresh can take the focus away.
 */
export function DataGrid<Row>(props: DataGridProps<Row>) {
  const { label, columns, total, rowAt, rowKey, rowName, onRange, onOpen, sort, onSort, selection, onSelect, onHold, density = "comfortable", empty } = props;
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const rowHeight = ROW_HEIGHT[density];
  const rows = useRowWindow(scroller, total, rowHeight, HEADER_HEIGHT);
  const [chosen, setChosen] = useState<{ index: number; key: string | undefined }>();
  const anchor = useRef<number | undefined>(undefined);
  const shiftHeld = useRef(false);

  useEffect(() => {
    if (rows.end > rows.first) onRange(rows.first, rows.end - rows.first);
  }, [onRange, rows.first, rows.end]);

  const keyAt = (index: number): string | undefined => {
    const row = rowAt(index);
    return row === undefined ? undefined : rowKey(row);
  };
  const active = chosen && total > 0 ? locate(chosen, total, keyAt) : undefined;

  const activate = (wanted: number) => {
    if (total === 0) return;
    const index = Math.min(total - 1, Math.max(0, wanted));
    setChosen({ index, key: keyAt(index) });
    const row = rowAt(index);
    if (row !== undefined) props.onActive?.(row);
    const to = rows.scrollTo(index);
    if (to !== undefined && scroller.current) scroller.current.scrollTop = to;
  };

  const select = (next: Selection) => {
    onSelect?.(next);
    announce(text.table.selected(selectedCount(next, total)));
  };

  const selectRange = (from: number, to: number) => {
    if (!selection) return;
    const indexes = Array.from({ length: Math.abs(to - from) + 1 }, (_, step) => Math.min(from, to) + step);
    const keys = indexes.map(keyAt).filter((key) => key !== undefined);
    select(withRows(selection, keys, true));
    const missing = indexes.length - keys.length;
    if (missing > 0) announce(text.table.gapInRange(missing));
  };

  const toggle = (index: number, range: boolean) => {
    const key = keyAt(index);
    if (!selection || key === undefined) return;
    if (range && anchor.current !== undefined) selectRange(anchor.current, index);
    else {
      select(withRows(selection, [key], !isSelected(selection, key)));
      anchor.current = index;
    }
  };

  const press = (event: KeyboardEvent) => {
    // Keys inside a cell's own control belong to that control.
    if (event.target !== event.currentTarget) return;
    const at = active ?? -1;
    const mod = event.metaKey || event.ctrlKey;
    const move = (to: number) => {
      if (event.shiftKey && selection) {
        anchor.current ??= Math.max(at, 0);
        selectRange(anchor.current, Math.min(total - 1, Math.max(0, to)));
      }
      activate(to);
    };
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (mod) {
      if (key !== "a" || !selection) return;
      select(everythingSelected);
    } else if (key === "ArrowDown" || key === "j") move(at + 1);
    else if (key === "ArrowUp" || key === "k") move(at - 1);
    else if (key === "PageDown") move(at + rows.fitting);
    else if (key === "PageUp") move(at - rows.fitting);
    else if (key === "Home") move(0);
    else if (key === "End") move(total - 1);
    else if ((key === "x" || key === " ") && at >= 0 && selection) toggle(at, event.shiftKey);
    else if (key === "Enter" && at >= 0) open(at);
    else if (key === "Escape" && selection && selectedCount(selection, total) > 0) select(nothingSelected);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  const open = (index: number) => {
    const row = rowAt(index);
    if (row !== undefined) onOpen?.(row);
  };

  const click = (event: MouseEvent) => {
    if (!(event.target instanceof Element)) return;
    const index = event.target.closest("[data-index]")?.getAttribute("data-index");
    if (index == null || event.target.closest("button, a, input, label")) return;
    activate(Number(index));
    open(Number(index));
  };

  const pageStart = Math.floor(rows.firstVisible / PAGE) * PAGE;
  const pageKeys = selection ? Array.from({ length: Math.min(PAGE, total - pageStart) }, (_, step) => keyAt(pageStart + step)).filter((key) => key !== undefined) : [];
  const pageSelected = selection ? pageKeys.filter((key) => isSelected(selection, key)).length : 0;
  const tracks = [...(selection ? ["2.5rem"] : []), ...columns.map((column) => column.width ?? "minmax(6rem, 1fr)")].join(" ");
  const drawn = Array.from({ length: Math.max(0, rows.end - rows.first) }, (_, step) => rows.first + step);

  return (
    <div className={styles.frame} style={{ "--tracks": tracks, "--row-height": `${rowHeight / 16}rem` } as React.CSSProperties}>
      <div
        ref={scroller}
        role="grid"
        aria-label={label}
        aria-rowcount={total + 1}
        aria-colcount={columns.length + (selection ? 1 : 0)}
        aria-multiselectable={selection ? true : undefined}
        aria-activedescendant={active !== undefined && drawn.includes(active) ? `${id}-${active}` : undefined}
        tabIndex={0}
        className={cx(styles.scroller, onOpen && styles.opens)}
        onKeyDown={press}
        onClickCapture={(event) => {
          shiftHeld.current = event.shiftKey;
        }}
        onClick={click}
        onFocus={(event) => {
          onHold?.(true);
          if (event.target === event.currentTarget && active === undefined && total > 0) setChosen({ index: 0, key: keyAt(0) });
        }}
        onBlur={() => onHold?.(false)}
      >
        <GridHeader
          columns={columns}
          sort={sort}
          onSort={onSort}
          selectBox={
            selection && (
              <BareCheckbox
                label={text.table.selectPage(pageKeys.length)}
                checked={pageKeys.length > 0 && pageSelected === pageKeys.length}
                mixed={pageSelected > 0 && pageSelected < pageKeys.length}
                onChange={(selected) => select(withRows(selection, pageKeys, selected))}
              />
            )
          }
        />
        {total > 0 && (
          <div role="rowgroup" className={styles.body} style={{ height: rows.height }}>
            {drawn.map((index) => {
              const row = rowAt(index);
              return (
                <GridRow
                  key={index}
                  id={`${id}-${index}`}
                  index={index}
                  top={rows.top(index)}
                  columns={columns}
                  row={row}
                  active={index === active}
                  select={
                    selection && row !== undefined
                      ? { name: rowName(row), selected: isSelected(selection, rowKey(row)), onToggle: () => toggle(index, shiftHeld.current) }
                      : undefined
                  }
                  selectable={selection !== undefined}
                />
              );
            })}
          </div>
        )}
      </div>
      {total === 0 && <div className={styles.empty}>{empty}</div>}
      {selection && selectedCount(selection, total) > 0 && (
        <SelectionBar
          count={selectedCount(selection, total)}
          total={total}
          scope={props.selectionScope ?? ""}
          onSelectAll={() => select(everythingSelected)}
          onClear={() => {
            select(nothingSelected);
            scroller.current?.focus();
          }}
        >
          {props.bulkActions}
        </SelectionBar>
      )}
    </div>
  );
}

/** How far a row is followed when a refresh moves it. */
const FOLLOW = 100;

/** Where the active row is now: the list may have grown or shrunk above it since it was chosen. */
function locate(chosen: { index: number; key: string | undefined }, total: number, keyAt: (index: number) => string | undefined): number {
  const last = Math.min(chosen.index, total - 1);
  const { key } = chosen;
  if (key === undefined || keyAt(last) === key) return last;
  for (let distance = 1; distance <= FOLLOW; distance += 1) {
    for (const index of [last - distance, last + distance]) {
      if (index >= 0 && index < total && keyAt(index) === key) return index;
    }
  }
  return last;
}
