import { useEffect, useEffectEvent } from "react";
import { useSettings } from "@/api/useSettings";
import { preferences, type Preferences, type Theme } from "./preferences";

const themes: readonly string[] = ["system", "light", "dark"] satisfies Theme[];

const pairsOf = (keys: Preferences["keys"]) => Object.entries(keys).map(([name, value]) => ({ name, value })).sort((a, b) => a.name.localeCompare(b.name));
const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

/**
 * Theme and keys live in the engine, so that a backup and another window have them, and here as well, so that the first
 * paint needs no engine. On start the engine wins; from then on each change is passed on.
 */
export function useKeptPreferences(): void {
  const { settings, change } = useSettings();
  const adopt = useEffectEvent(() => {
    if (!settings) return;
    const keys = Object.fromEntries(settings.shortcuts.map(({ name, value }) => [name, value]));
    if (themes.includes(settings.theme) && settings.theme !== preferences.get("theme")) preferences.set("theme", settings.theme as Theme);
    if (!same(pairsOf(keys), pairsOf(preferences.get("keys")))) preferences.set("keys", keys);
  });
  const passOn = useEffectEvent(() => {
    if (!settings) return;
    const now = { theme: preferences.get("theme"), shortcuts: pairsOf(preferences.get("keys")) };
    const kept = { theme: settings.theme, shortcuts: pairsOf(Object.fromEntries(settings.shortcuts.map(({ name, value }) => [name, value]))) };
    if (!same(now, kept)) change(now);
  });
  useEffect(() => adopt(), [settings?.theme, settings?.shortcuts]);
  useEffect(() => preferences.watch(() => passOn()), []);
}
