import { useEffect, useEffectEvent } from "react";
import { keyboardHere, type Keyboard } from "@/components/controls/keys";
import { preferences, usePreference } from "@/app/preferences";
import { belongsToTyping, isPressed } from "./combination";
import { shortcutIds, shortcuts, type ShortcutId } from "./catalogue";

/** The newest handler of an id wins: a panel's *retry* over its page's. */
const handlers = new Map<ShortcutId, (() => void)[]>();

/** The keys of a shortcut as they are now; empty when turned off. */
export function keysOf(id: ShortcutId): string {
  return preferences.get("keys")[id] ?? shortcuts[id].keys;
}

export function useKeysOf(id: ShortcutId): string {
  const chosen = usePreference("keys");
  return chosen[id] ?? shortcuts[id].keys;
}

/** The shortcut that already has these keys. */
export function takenBy(keys: string, except: ShortcutId): ShortcutId | undefined {
  return shortcutIds.find((id) => id !== except && keysOf(id).toLowerCase() === keys.toLowerCase());
}

export function bind(id: ShortcutId, keys: string): void {
  preferences.set("keys", { ...preferences.get("keys"), [id]: keys });
}

export function resetKeys(id?: ShortcutId): void {
  const rest = id === undefined ? [] : Object.entries(preferences.get("keys")).filter(([bound]) => bound !== id);
  preferences.set("keys", Object.fromEntries(rest));
}

export function addHandler(id: ShortcutId, run: () => void): () => void {
  handlers.set(id, [...(handlers.get(id) ?? []), run]);
  return () => void handlers.set(id, (handlers.get(id) ?? []).filter((handler) => handler !== run));
}

/** Runs `run` when the keys of `id` are pressed while this component is on the page. */
export function useShortcut(id: ShortcutId, run: () => void, enabled = true): void {
  const latest = useEffectEvent(run);
  useEffect(() => (enabled ? addHandler(id, () => latest()) : undefined), [id, enabled]);
}

/** Mounted once, by the shell: the only key listener of the window. */
export function useShortcutListener(keyboard: Keyboard = keyboardHere): void {
  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || belongsToTyping(event.target, event)) return;
      // What floats above the page keeps its keys to itself.
      if (event.target instanceof Element && event.target.closest("[role=dialog], [role=alertdialog], [role=menu], [role=listbox]")) return;
      const id = shortcutIds.find((candidate) => isPressed(event, keysOf(candidate), keyboard) && (handlers.get(candidate)?.length ?? 0) > 0);
      if (id === undefined) return;
      event.preventDefault();
      handlers.get(id)?.at(-1)?.();
    };
    window.addEventListener("keydown", hear);
    return () => window.removeEventListener("keydown", hear);
  }, [keyboard]);
}
