// Keys as people read them. A combination is written "Mod+Shift+K"; Mod is Command on a Mac and Control elsewhere.

export type Keyboard = "mac" | "other";

const onMac: Record<string, string> = { Mod: "⌘", Ctrl: "⌃", Alt: "⌥", Shift: "⇧" };
const elsewhere: Record<string, string> = { Mod: "Ctrl", Ctrl: "Ctrl", Alt: "Alt", Shift: "Shift" };
const everywhere: Record<string, string> = {
  Enter: "↵", ArrowUp: "↑", ArrowDown: "↓", ArrowLeft: "←", ArrowRight: "→", Escape: "Esc", Delete: "Del", Backspace: "⌫", " ": "Space",
};

/** The caps to draw, one per key. */
export function keyCaps(keys: string, keyboard: Keyboard): string[] {
  const modifiers = keyboard === "mac" ? onMac : elsewhere;
  return splitKeys(keys).map((key) => modifiers[key] ?? everywhere[key] ?? (key.length === 1 ? key.toUpperCase() : key));
}

/** "Mod++" is Mod and plus. */
export function splitKeys(keys: string): string[] {
  if (keys === "+") return ["+"];
  return keys.endsWith("++") ? [...keys.slice(0, -2).split("+"), "+"] : keys.split("+");
}

/** Whose keyboard the page is read on. Kept here so that a key hint needs no provider. */
export const keyboardHere: Keyboard = /Mac|iPhone|iPad/.test(navigator.userAgent) ? "mac" : "other";
