// The run a person started last on the error desk: its strip stays while one goes from page to page, until it is dismissed.
import { useSyncExternalStore } from "react";
import type { Refusal } from "@/api/generated";

export interface WatchedRun {
  id: number;
  /** "Retrying 412 leads". */
  label: string;
  /** What the preview said about those that would not pass. */
  others: readonly Refusal[];
}

let watched: WatchedRun | undefined;
const watchers = new Set<() => void>();

/** Shows a run's progress from now on; nothing takes it away. */
export function watchRun(run: WatchedRun | undefined): void {
  watched = run;
  watchers.forEach((changed) => changed());
}

export function useWatchedRun(): WatchedRun | undefined {
  return useSyncExternalStore(
    (changed) => {
      watchers.add(changed);
      return () => void watchers.delete(changed);
    },
    () => watched,
  );
}
