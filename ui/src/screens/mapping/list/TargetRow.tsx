import { useDroppable } from "@dnd-kit/core";
import type { Ref } from "react";
import { IconButton } from "@/components/controls/IconButton";
import { ArrowBothIcon, ArrowLeftIcon, ArrowRightIcon, CheckIcon, CloseIcon, EditIcon, FailedIcon, LockedIcon, PlusIcon, SyncedIcon, WandIcon, WarningIcon, type Icon } from "@/components/icons";
import { cx } from "@/lib/cx";
import { text } from "@/text/en";
import { kindIcons } from "../kindIcons";
import { useMapper } from "../mapper";
import type { Row } from "../model/rows";
import { sourceWords, stepWords } from "../model/words";
import styles from "./List.module.css";

const words = text.mapping;
type Mark = keyof typeof words.marks;
const marks: Record<Mark, Icon | undefined> = { ok: SyncedIcon, error: FailedIcon, warning: WarningIcon, suggested: WandIcon, locked: LockedIcon, empty: undefined };
const arrows = { to_destination: ArrowRightIcon, both: ArrowBothIcon, from_destination: ArrowLeftIcon } as const;

/** What the row's mark says. */
export function markOf({ problems, rule, suggestion, field, gone }: Row): Mark {
  if (gone || problems.some(({ severity }) => severity === "error")) return "error";
  if (problems.length > 0) return "warning";
  if (rule) return "ok";
  if (suggestion) return "suggested";
  return field.read_only ? "locked" : "empty";
}

interface TargetRowProps {
  row: Row;
  id: string;
  index: number;
  top: number;
  active: boolean;
  ref: Ref<HTMLDivElement> | undefined;
  onPress: () => void;
  onDoublePress: () => void;
  onChoose: () => void;
}

/** One destination field: mark, name, what fills it, how it may overwrite, and what the sample gives. */
export function TargetRow({ row, id, index, top, active, ref, onPress, onDoublePress, onChoose }: TargetRowProps) {
  const { carried, placementOf } = useMapper();
  const { field, rule } = row;
  const { setNodeRef, isOver, active: dragged } = useDroppable({ id: field.name });
  const source = dragged ? String(dragged.id) : carried;
  const can = source === undefined ? undefined : placementOf(source, field);
  const mark = markOf(row);
  const Mark = marks[mark];
  const Kind = kindIcons[field.kind];
  return (
    // The grid has the focus and the keys; a click on a row is the pointer's way to the same things.
    // eslint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
    <div
      ref={(node) => {
        setNodeRef(node);
        if (typeof ref === "function") ref(node);
        else if (ref) ref.current = node;
      }}
      id={id}
      role="row"
      aria-rowindex={index + 1}
      aria-selected={active}
      className={cx(styles.row, active && styles.active, can && (can.possible ? styles.possible : styles.impossible), isOver && styles.over)}
      style={{ top }}
      onClick={onPress}
      onDoubleClick={onDoublePress}
    >
      <span role="rowheader" className={styles.field}>
        <span className={cx(styles.mark, styles[mark])}>
          {Mark && <Mark />}
          <span className={styles.hidden}>{words.marks[mark]}</span>
        </span>
        <span className={styles.label} title={words.internal(field.name)}>
          {field.label}
        </span>
        {field.required && <span className={styles.required} title={words.required}>✱<span className={styles.hidden}>{words.required}</span></span>}
        {field.read_only && mark !== "locked" && <span title={words.readOnly}><LockedIcon size={14} /></span>}
        <span className={styles.kind} title={words.kinds[field.kind]}>
          <Kind size={14} />
          <span className={styles.hidden}>{words.kinds[field.kind]}</span>
        </span>
      </span>
      {can ? <Landing {...{ row, can }} /> : <Filling row={row} onChoose={onChoose} active={active} />}
      <span role="gridcell" className={styles.how}>
        {rule && <Direction rule={rule} />}
      </span>
      <Live row={row} />
    </div>
  );
}

/** While a source field is in hand: whether it may land here, and what it takes. */
function Landing({ row, can }: { row: Row; can: ReturnType<ReturnType<typeof useMapper>["placementOf"]> }) {
  const { view, mapping } = useMapper();
  return (
    <span role="gridcell" className={styles.filling}>
      {row.rule && <span className={styles.pill}>{sourceWords(row.rule.source, view.source_fields)}</span>}
      {!can.possible && <span className={styles.why}>{can.why}</span>}
      {can.possible && can.steps.length > 0 && <span className={styles.with}>{words.placeWith(can.steps.map((step) => (step.step === "phone" ? stepWords(step, mapping.defaults) : words.steps[step.step])).join(", "))}</span>}
    </span>
  );
}

function Filling({ row, onChoose, active }: { row: Row; onChoose: () => void; active: boolean }) {
  const { view, mapping, accept, reject, open } = useMapper();
  const { field, rule, suggestion } = row;
  if (rule) {
    return (
      <span role="gridcell" className={styles.filling}>
        <span className={styles.pill} title={sourceWords(rule.source, view.source_fields)}>
          {sourceWords(rule.source, view.source_fields)}
        </span>
        {rule.transforms.map((step, at) => (
          <span key={at} className={styles.chip} title={words.steps[step.step]}>
            {stepWords(step, mapping.defaults)}
          </span>
        ))}
        {rule.when && <span className={styles.chip}>{words.whenPill}</span>}
        <span className={cx(styles.tools, active && styles.shown)}>
          <IconButton icon={EditIcon} label={words.editRule(field.label)} keys="F2" excludeFromTabOrder={!active} onPress={() => open({ about: "rule", target: field.name })} />
        </span>
      </span>
    );
  }
  if (suggestion) {
    return (
      <span role="gridcell" className={styles.filling}>
        <span className={cx(styles.pill, styles.proposed)} title={words.suggestedBy(suggestion.reason, suggestion.confidence)}>
          {sourceWords(suggestion.source, view.source_fields)}
        </span>
        <span className={styles.reason}>{words.suggestedBy(suggestion.reason, suggestion.confidence)}</span>
        <span className={cx(styles.tools, styles.shown)}>
          <IconButton icon={CheckIcon} label={words.accept(field.label)} keys="A" excludeFromTabOrder={!active} onPress={() => accept([suggestion])} />
          <IconButton icon={CloseIcon} label={words.reject(field.label)} keys="X" excludeFromTabOrder={!active} onPress={() => reject([suggestion])} />
        </span>
      </span>
    );
  }
  const problem = row.problems[0];
  return (
    <span role="gridcell" className={styles.filling}>
      {problem && <span className={styles.reason} title={problem.message}>{problem.message}</span>}
      {!problem && field.read_only && <span className={styles.reason}>{words.ownField}</span>}
      {!field.read_only && (
        <span className={cx(styles.tools, (active || problem !== undefined) && styles.shown)}>
          <IconButton icon={PlusIcon} label={words.chooseFor(field.label)} keys="Enter" excludeFromTabOrder={!active} onPress={onChoose} />
        </span>
      )}
    </span>
  );
}

function Direction({ rule }: { rule: NonNullable<Row["rule"]> }) {
  const Arrow = arrows[rule.direction];
  return (
    <span className={styles.rule} title={`${words.direction[rule.direction]}. ${words.overwriteLong[rule.overwrite]}.`}>
      <Arrow size={14} />
      <span className={styles.hidden}>{words.direction[rule.direction]}, </span>
      {words.overwrite[rule.overwrite]}
    </span>
  );
}

function Live({ row }: { row: Row }) {
  const { rule, value, warning, problems } = row;
  const note = problems[0]?.message ?? warning;
  if (!rule) return <span role="gridcell" className={styles.live} />;
  return (
    <span role="gridcell" className={cx(styles.live, note != null && styles.doubt)} title={note ?? value ?? undefined}>
      {value === undefined ? words.noValueYet : (value ?? <em>{words.notSent}</em>)}
      {note != null && <span className={styles.hidden}>{note}</span>}
    </span>
  );
}
