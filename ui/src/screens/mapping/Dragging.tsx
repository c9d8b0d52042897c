import { closestCenter, DndContext, DragOverlay, KeyboardSensor, MeasuringStrategy, PointerSensor, pointerWithin, useSensor, useSensors, type Announcements, type CollisionDetection, type KeyboardCoordinateGetter } from "@dnd-kit/core";
import { useState, type ReactNode } from "react";
import { text } from "@/text/en";
import styles from "./Mapper.module.css";
import { useMapper } from "./mapper";
import { labelOf, stepsWords } from "./model/words";

const words = text.mapping;

interface DraggingProps {
  /** The targets a person sees, in order, and how to bring one into view. */
  targets: readonly string[];
  reveal: (target: string) => void;
  children: ReactNode;
}

/** With a pointer, what is under it; by keys, the row the pill was moved to. */
const under: CollisionDetection = (args) => (args.pointerCoordinates ? pointerWithin(args) : closestCenter(args).slice(0, 1));

/** Dragging pills onto rows, with a pointer or with Space and arrows, every stage spoken. */
export function Dragging({ targets, reveal, children }: DraggingProps) {
  const { view, drop, placementOf } = useMapper();
  const [dragged, setDragged] = useState<string>();
  const fieldOf = (target: string) => view.schema.fields.find(({ name }) => name === target);
  const named = (source: string | number) => labelOf(view.source_fields, String(source));

  /** One arrow is one row: long lists are not crossed pixel by pixel. */
  const nextRow: KeyboardCoordinateGetter = (event, { currentCoordinates, context }) => {
    const by = { ArrowDown: 1, ArrowUp: -1, ArrowRight: 0, ArrowLeft: 0 }[event.code];
    if (by === undefined) return currentCoordinates;
    event.preventDefault();
    const rects = context.droppableRects;
    const at = context.over ? targets.indexOf(String(context.over.id)) : -1;
    // From the source list, the first row in view is nearest.
    const wanted = context.over && at >= 0 && isOnRow(context, currentCoordinates) ? targets[at + by] : targets.find((target) => rects.has(target));
    if (wanted === undefined) return currentCoordinates;
    reveal(wanted);
    const rect = rects.get(wanted);
    const size = context.collisionRect;
    return rect ? { x: rect.left + 8, y: rect.top + (rect.height - (size?.height ?? rect.height)) / 2 } : currentCoordinates;
  };

  const over = (source: string | number, target: string | number | undefined): string => {
    const field = target === undefined ? undefined : fieldOf(String(target));
    if (!field) return words.overNothing;
    const can = placementOf(String(source), field);
    if (!can.possible) return words.overNot(field.label, can.why);
    return can.steps.length > 0 ? words.overWith(field.label, stepsWords(can.steps)) : words.over(field.label, words.kinds[field.kind]);
  };
  const announcements: Announcements = {
    onDragStart: ({ active }) => words.carried(named(active.id), targets.length),
    onDragOver: ({ active, over: row }) => over(active.id, row?.id),
    // What came of it is said by `drop`, as for the other two ways.
    onDragEnd: ({ active, over: row }) => (row ? undefined : words.cancelled(named(active.id))),
    onDragCancel: ({ active }) => words.cancelled(named(active.id)),
  };

  const sensors = useSensors(
    // A press that hardly moves is a click.
    useSensor(PointerSensor, { activationConstraint: { distance: 6 } }),
    useSensor(KeyboardSensor, { coordinateGetter: nextRow, keyboardCodes: { start: ["Space"], cancel: ["Escape"], end: ["Space", "Enter"] } }),
  );
  return (
    <DndContext
      sensors={sensors}
      collisionDetection={under}
      measuring={{ droppable: { strategy: MeasuringStrategy.Always } }}
      accessibility={{ announcements, screenReaderInstructions: { draggable: words.dragHelp } }}
      onDragStart={({ active }) => setDragged(String(active.id))}
      onDragCancel={() => setDragged(undefined)}
      onDragEnd={({ active, over: row }) => {
        setDragged(undefined);
        if (row) drop(String(active.id), String(row.id));
      }}
    >
      {children}
      <DragOverlay dropAnimation={null}>{dragged !== undefined && <span className={styles.flying}>{named(dragged)}</span>}</DragOverlay>
    </DndContext>
  );
}

/** The pill was moved to the rows already, and is not still over its own list. */
function isOnRow(context: Parameters<KeyboardCoordinateGetter>[1]["context"], at: { x: number }): boolean {
  const left = context.over?.rect.left;
  return left !== undefined && at.x >= left;
}
