// One undo stack for whatever changes a mapping, and for suggestions a person sent away: "clear all" is undone like any edit.
import type { Mapping } from "@/api/generated";

export interface Edited {
  mapping: Mapping;
  /** Suggestions the person does not want, by `suggestionKey`. Kept beside the mapping: not sent anywhere, but undone with it. */
  rejected: readonly string[];
}

export interface History {
  past: readonly Edited[];
  now: Edited;
  future: readonly Edited[];
  /** What the newest step was about; typing on about the same thing is one step. */
  topic: string | undefined;
}

/** Older steps are forgotten: a mapping of 2,000 rules a hundred times over is still small. */
const DEEPEST = 200;

export const begin = (mapping: Mapping): History => ({ past: [], now: { mapping, rejected: [] }, future: [], topic: undefined });

/** A step of the person's. Nothing changed is no step; a letter more in the same field belongs to the step before. */
export function step(history: History, next: Edited, topic?: string): History {
  if (same(next, history.now)) return history;
  if (topic !== undefined && topic === history.topic) return { ...history, now: next, future: [] };
  return { past: [...history.past, history.now].slice(-DEEPEST), now: next, future: [], topic };
}

export function undo(history: History): History {
  const before = history.past.at(-1);
  return before === undefined ? history : { past: history.past.slice(0, -1), now: before, future: [history.now, ...history.future], topic: undefined };
}

export function redo(history: History): History {
  const [next, ...rest] = history.future;
  return next === undefined ? history : { past: [...history.past, history.now], now: next, future: rest, topic: undefined };
}

function same(one: Edited, other: Edited): boolean {
  return one.rejected === other.rejected && (one.mapping === other.mapping || JSON.stringify(one.mapping) === JSON.stringify(other.mapping));
}
