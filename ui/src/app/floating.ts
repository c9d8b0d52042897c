// What floats above every page and may be opened from any of them.
import { useSyncExternalStore } from "react";

export type Floating = "palette" | "help";

let open: Floating | undefined;
const watchers = new Set<() => void>();

function show(next: Floating | undefined): void {
  open = next;
  watchers.forEach((changed) => changed());
}

export const floating = {
  open: (which: Floating) => show(which),
  close: () => show(undefined),
};

export function useFloating(): Floating | undefined {
  return useSyncExternalStore(
    (changed) => {
      watchers.add(changed);
      return () => void watchers.delete(changed);
    },
    () => open,
  );
}
