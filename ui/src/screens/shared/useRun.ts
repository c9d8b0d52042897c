import { useState } from "react";
import { useRead } from "@/api/client";
import type { RunRow } from "@/api/generated";

/** Pace and time left change without an event, so a run under way is looked at again. */
const LOOK_EVERY = 1_000;

export const isGoing = ({ state }: RunRow): boolean => state === "working" || state === "waiting";

/** A run, followed until it ends. */
export function useRun(id: number) {
  const [going, setGoing] = useState(true);
  const run = useRead("run", { id }, { every: going ? LOOK_EVERY : false, keep: true });
  const goes = run.data === undefined ? true : isGoing(run.data.row);
  if (goes !== going) setGoing(goes);
  return run;
}

/** How far it is: ended deliveries of all. */
export function progressOf({ counts }: RunRow): { done: number; total: number; open: number } {
  const done = counts.synced + counts.failed + counts.skipped;
  const open = counts.pending + counts.sending + counts.retrying;
  return { done, total: done + open, open };
}
