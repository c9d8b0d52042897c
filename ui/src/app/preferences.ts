// How this window looks on this computer: theme, sidebar, zoom, keys. Everything that changes what Leadferry does lives
// in the engine instead, where the command line sees it too.
import { useSyncExternalStore } from "react";

export type Theme = "system" | "light" | "dark";

export interface Preferences {
  theme: Theme;
  sidebarCollapsed: boolean;
  zoom: number;
  /** Shortcut id → keys the person chose; an empty string is off. */
  keys: Readonly<Record<string, string>>;
}

const defaults: Preferences = { theme: "system", sidebarCollapsed: false, zoom: 1, keys: {} };
const PREFIX = "leadferry.";
/** Read by public/theme.js before the first paint. */
export const THEME_KEY = `${PREFIX}theme`;

const watchers = new Set<() => void>();
const held = new Map<keyof Preferences, unknown>();

function read<Name extends keyof Preferences>(name: Name): Preferences[Name] {
  if (!held.has(name)) {
    let value: unknown;
    try {
      value = JSON.parse(localStorage.getItem(PREFIX + name) ?? "null");
    } catch {
      value = null;
    }
    // Something foreign in storage counts as nothing.
    held.set(name, typeof value === typeof defaults[name] && value !== null ? value : defaults[name]);
  }
  return held.get(name) as Preferences[Name];
}

export const preferences = {
  get: read,
  set<Name extends keyof Preferences>(name: Name, value: Preferences[Name]): void {
    held.set(name, value);
    localStorage.setItem(PREFIX + name, JSON.stringify(value));
    watchers.forEach((changed) => changed());
  },
  watch: (changed: () => void): (() => void) => {
    watchers.add(changed);
    return () => void watchers.delete(changed);
  },
  /** Forgets what was read, so that storage is read again. For tests. */
  reread(): void {
    held.clear();
    watchers.forEach((changed) => changed());
  },
};

export function usePreference<Name extends keyof Preferences>(name: Name): Preferences[Name] {
  return useSyncExternalStore(preferences.watch, () => read(name));
}
