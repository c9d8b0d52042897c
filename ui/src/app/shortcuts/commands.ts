// What the person can do now: the palette lists it. A command with a shortcut also binds its keys.
import { useEffect, useEffectEvent, useSyncExternalStore } from "react";
import type { Icon } from "@/components/icons";
import type { ShortcutId } from "./catalogue";
import { addHandler } from "./registry";

export interface Command {
  id: string;
  /** Verb and object, as on its button. */
  label: string;
  /** The palette's heading: the screen's name. */
  group: string;
  icon?: Icon;
  shortcut?: ShortcutId;
  /** Other words people may type for it. */
  alsoCalled?: string;
  run: () => void;
}

let offered: readonly Command[] = [];
const watchers = new Set<() => void>();

function replace(next: readonly Command[]): void {
  offered = next;
  watchers.forEach((changed) => changed());
}

function watch(changed: () => void): () => void {
  watchers.add(changed);
  return () => void watchers.delete(changed);
}

/** Offers commands while this component is on the page. Give every action of a screen's buttons here too. */
export function useCommands(commands: readonly Command[]): void {
  const run = useEffectEvent((id: string) => commands.find((command) => command.id === id)?.run());
  // Handlers change with every render; what is listed changes only with these.
  const listed = JSON.stringify(commands.map(({ id, label, group, shortcut }) => [id, label, group, shortcut]));
  const current = useEffectEvent(() => commands);
  useEffect(() => {
    const mine = current().map((command): Command => ({ ...command, run: () => run(command.id) }));
    replace([...mine, ...offered]);
    const unbind = mine.map(({ shortcut, run: start }) => (shortcut === undefined ? undefined : addHandler(shortcut, start)));
    return () => {
      replace(offered.filter((command) => !mine.includes(command)));
      unbind.forEach((stop) => stop?.());
    };
  }, [listed]);
}

/** Everything offered now, the newest screen's first. */
export function useOfferedCommands(): readonly Command[] {
  return useSyncExternalStore(watch, () => offered);
}
