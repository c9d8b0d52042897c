import { splitKeys, type Keyboard } from "@/components/controls/keys";

/** Keys that, with a modifier, edit text: while somebody types they stay with the text. */
const editing = new Set(["a", "c", "v", "x", "z", "ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Backspace", "Delete", "Enter"]);

type Pressed = Pick<KeyboardEvent, "key" | "code" | "metaKey" | "ctrlKey" | "altKey" | "shiftKey">;

/** "Shift+/" is typed as "?" on many keyboards, so the key under the finger counts too. */
function keyOf({ key, code }: Pressed, wanted: string): boolean {
  const byCode: Record<string, string> = { Slash: "/", Equal: "=", Minus: "-", Comma: ",", Period: "." };
  return key.toLowerCase() === wanted.toLowerCase() || byCode[code] === wanted || (/^Digit\d$/.test(code) && code.slice(5) === wanted);
}

/** Whether the pressed keys are this combination. */
export function isPressed(pressed: Pressed, keys: string, keyboard: Keyboard): boolean {
  if (keys === "") return false;
  const parts = splitKeys(keys);
  const has = (part: string) => parts.includes(part);
  const mod = keyboard === "mac" ? pressed.metaKey : pressed.ctrlKey;
  const otherMod = keyboard === "mac" ? pressed.ctrlKey : pressed.metaKey;
  return (
    keyOf(pressed, parts.at(-1) ?? "") && mod === has("Mod") && otherMod === has("Ctrl") && pressed.altKey === has("Alt") && pressed.shiftKey === has("Shift")
  );
}

/** Reads pressed keys as a combination, or `undefined` while only modifiers are down. */
export function combinationOf(pressed: Pressed, keyboard: Keyboard): string | undefined {
  if (["Shift", "Control", "Alt", "Meta"].includes(pressed.key)) return undefined;
  const mod = keyboard === "mac" ? pressed.metaKey : pressed.ctrlKey;
  const named: Record<string, string> = { Slash: "/", Equal: "=", Minus: "-", Comma: ",", Period: "." };
  const key = named[pressed.code] ?? (/^Digit\d$/.test(pressed.code) ? pressed.code.slice(5) : pressed.key.length === 1 ? pressed.key.toUpperCase() : pressed.key);
  return [mod && "Mod", pressed.altKey && "Alt", pressed.shiftKey && "Shift", key].filter(Boolean).join("+");
}

/** Whether somebody is typing there, so that the key is theirs. */
export function belongsToTyping(target: EventTarget | null, pressed: Pressed): boolean {
  if (!(target instanceof HTMLElement)) return false;
  const types = target.matches("textarea, select, [contenteditable=true]") || (target instanceof HTMLInputElement && !["checkbox", "radio", "button"].includes(target.type));
  if (!types) return false;
  const modified = pressed.metaKey || pressed.ctrlKey;
  return !modified || editing.has(pressed.key.length === 1 ? pressed.key.toLowerCase() : pressed.key);
}
