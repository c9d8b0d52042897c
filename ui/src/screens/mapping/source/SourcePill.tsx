import { useDraggable } from "@dnd-kit/core";
import type { SourceField } from "@/api/generated";
import { cx } from "@/lib/cx";
import { text } from "@/text/en";
import { kindIcons } from "../kindIcons";
import { useMapper } from "../mapper";
import styles from "./Source.module.css";

interface SourcePillProps {
  field: SourceField;
  used: boolean;
  /** One of the list is in the tab order; arrows reach the others. */
  reachable: boolean;
  onFocus: () => void;
}

/** A source field: drag it, or click it and then a field, or press Space or Enter on it. */
export function SourcePill({ field, used, reachable, onFocus }: SourcePillProps) {
  const { carried, pickUp, putBack, sampleValue } = useMapper();
  const { setNodeRef, attributes, listeners, isDragging } = useDraggable({ id: field.name });
  const held = carried === field.name;
  const Kind = kindIcons[field.kind];
  const sample = sampleValue(field.name);
  return (
    <button
      ref={setNodeRef}
      type="button"
      data-source={field.name}
      data-lifted={isDragging || undefined}
      className={cx(styles.pill, held && styles.held, isDragging && styles.dragged)}
      aria-pressed={held}
      aria-describedby={attributes["aria-describedby"]}
      tabIndex={reachable ? 0 : -1}
      title={`${field.name} · ${text.mapping.kinds[field.kind]}`}
      onFocus={onFocus}
      onClick={() => (held ? putBack() : pickUp(field.name))}
      {...listeners}
    >
      <Kind size={14} className={styles.kind ?? ""} />
      <span className={styles.label}>{field.label}</span>
      <span className={styles.hidden}>, {text.mapping.kinds[field.kind]}, </span>
      {used && <span className={styles.used} aria-hidden="true" />}
      <span className={cx(styles.sample, sample === undefined && styles.none)}>{sample ?? text.mapping.noSample}</span>
    </button>
  );
}
