import { useEffect, useId, useImperativeHandle, useRef, useState, type KeyboardEvent, type Ref } from "react";
import { Button } from "@/components/controls/Button";
import { useRowWindow } from "@/components/data/fixedRows";
import { announce } from "@/components/feedback/announcer";
import { cx } from "@/lib/cx";
import { formatCount } from "@/lib/format";
import { text } from "@/text/en";
import { useMapper } from "../mapper";
import type { Line, Row } from "../model/rows";
import { FixedValue } from "./FixedValue";
import styles from "./List.module.css";
import { SourcePicker } from "./SourcePicker";
import { TargetRow } from "./TargetRow";

const words = text.mapping;
const ROW = 40;
const HEADER = 28;

/** What others may do with the list. */
export interface TargetListHandle {
  focus: () => void;
  /** Scrolls a field into view without moving the focus. */
  reveal: (target: string) => void;
  choose: (target: string) => void;
}

interface TargetListProps {
  lines: readonly Line[];
  query: string;
  active: string | undefined;
  onActive: (target: string) => void;
  onClearFilter: () => void;
  ref: Ref<TargetListHandle>;
}

/** The right side: all fields, a row each, drawn only where they are looked at. The list holds the focus; one row is active. */
export function TargetList({ lines, query, active: wanted, onActive, onClearFilter, ref }: TargetListProps) {
  const mapper = useMapper();
  const base = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const activeRow = useRef<HTMLDivElement>(null);
  const [asking, setAsking] = useState<{ for: string; what: "source" | "fixed" }>();
  const rows = lines.flatMap((line) => (line.kind === "row" ? [line.row] : []));
  const active = rows.find(({ field }) => field.name === wanted) ?? rows[0];
  const lineOf = (target: string) => lines.findIndex((line) => line.kind === "row" && line.row.field.name === target);
  const view = useRowWindow(scroller, lines.length, ROW, HEADER);

  const show = (target: string) => {
    const at = lineOf(target);
    const to = at < 0 ? undefined : view.scrollTo(at);
    if (to !== undefined && scroller.current) scroller.current.scrollTop = to;
  };
  const focus = () => scroller.current?.focus({ preventScroll: true });
  const ask = (target: string, what: "source" | "fixed") => {
    onActive(target);
    show(target);
    setAsking({ for: target, what });
  };
  useImperativeHandle(ref, () => ({ focus, reveal: show, choose: (target) => ask(target, "source") }));

  // A placed field moves to another group: the view goes with it, so that the person does not lose the row.
  const place = active ? lineOf(active.field.name) : -1;
  const follow = useRef(show);
  useEffect(() => {
    follow.current = show;
  });
  useEffect(() => {
    if (wanted !== undefined && place >= 0) follow.current(wanted);
  }, [place, wanted]);

  const move = (by: number) => {
    const at = active ? rows.indexOf(active) : -1;
    const next = rows[Math.min(rows.length - 1, Math.max(0, at + by))];
    if (!next) return;
    onActive(next.field.name);
    show(next.field.name);
  };

  const keys = (event: KeyboardEvent<HTMLElement>) => {
    // Buttons inside a row keep their own keys.
    if (event.target !== event.currentTarget || event.metaKey || event.ctrlKey || event.altKey) return;
    if (run(event.key)) event.preventDefault();
  };
  const run = (key: string): boolean => {
    if (key === "ArrowDown" || key === "j") move(1);
    else if (key === "ArrowUp" || key === "k") move(-1);
    else if (key === "PageDown") move(view.fitting);
    else if (key === "PageUp") move(-view.fitting);
    else if (key === "Home") move(-rows.length);
    else if (key === "End") move(rows.length);
    else if (key === "Escape" && mapper.carried !== undefined) mapper.putBack();
    else return active !== undefined && onRow(active, key);
    return true;
  };
  const onRow = (row: Row, key: string): boolean => {
    const target = row.field.name;
    if ((key === "Enter" || key === " ") && mapper.carried !== undefined) mapper.drop(mapper.carried, target);
    else if (key === "Enter") chooseFor(row, "source");
    else if (key === "=") chooseFor(row, "fixed");
    else if (key === "F2" || key === "e") mapper.open({ about: "rule", target });
    else if (key === "Delete" || key === "Backspace") mapper.clear(target);
    else if (key === "a" && row.suggestion) mapper.accept([row.suggestion]);
    else if (key === "x" && row.suggestion) mapper.reject([row.suggestion]);
    else return false;
    return true;
  };
  /** What the destination fills itself has nothing to choose. */
  const chooseFor = ({ field }: Row, what: "source" | "fixed") => (field.read_only ? announce(words.notPlaced(field.label, words.ownField)) : ask(field.name, what));
  const press = ({ field }: Row) => {
    onActive(field.name);
    focus();
    if (mapper.carried !== undefined) mapper.drop(mapper.carried, field.name);
    else if (mapper.panel?.about === "rule" || mapper.panel?.about === "picklist") mapper.open({ about: "rule", target: field.name });
  };

  const asked = asking && rows.find(({ field }) => field.name === asking.for);
  const close = () => {
    setAsking(undefined);
    focus();
  };
  const activeId = active ? `${base}-${active.field.name}` : undefined;
  return (
    <div className={cx(styles.frame, mapper.carried !== undefined && styles.placing)}>
      <div
        ref={scroller}
        className={styles.scroller}
        role="grid"
        aria-label={words.targets}
        aria-rowcount={lines.length + 1}
        aria-describedby={`${base}-help`}
        aria-activedescendant={activeId}
        tabIndex={0}
        onKeyDown={keys}
      >
        <div role="row" className={styles.header} aria-rowindex={1}>
          <span role="columnheader">{words.columns.field}</span>
          <span role="columnheader">{words.columns.source}</span>
          <span role="columnheader">{words.columns.rule}</span>
          <span role="columnheader">{words.columns.value}</span>
        </div>
        <div role="rowgroup" className={styles.body} style={{ height: view.height }}>
          {lines.slice(view.first, view.end).map((line, offset) => {
            const index = view.first + offset;
            if (line.kind === "heading") {
              return (
                <div key={`heading ${line.group}`} role="row" aria-rowindex={index + 2} className={styles.heading} style={{ top: view.top(index) }}>
                  <span role="gridcell" aria-colspan={4}>
                    {words.groups[line.group]} <span className={styles.count}>{formatCount(line.count)}</span>
                  </span>
                </div>
              );
            }
            const { row } = line;
            const own = row === active;
            return (
              <TargetRow
                key={row.field.name}
                ref={own ? activeRow : undefined}
                row={row}
                id={`${base}-${row.field.name}`}
                index={index + 1}
                top={view.top(index)}
                active={own}
                onPress={() => press(row)}
                onDoublePress={() => (row.rule ? mapper.open({ about: "rule", target: row.field.name }) : chooseFor(row, "fixed"))}
                onChoose={() => chooseFor(row, "source")}
              />
            );
          })}
        </div>
      </div>
      {lines.length === 0 && (
        <div className={styles.nothing}>
          <p>{words.nothing(query)}</p>
          <Button onPress={onClearFilter}>{words.clearFilter}</Button>
        </div>
      )}
      <span id={`${base}-help`} hidden>
        {words.gridHelp}
      </span>
      {asked && asking.what === "source" && <SourcePicker field={asked.field} anchor={activeRow} onClose={close} />}
      {asked && asking.what === "fixed" && <FixedValue field={asked.field} now={asked.rule?.source.from === "fixed" ? asked.rule.source.value : undefined} anchor={activeRow} onClose={close} />}
    </div>
  );
}
