import { expect, it } from "vitest";
import { keyCaps, splitKeys } from "./keys";

it.each([
  ["Mod+K", "mac", ["⌘", "K"]],
  ["Mod+Shift+/", "other", ["Ctrl", "Shift", "/"]],
  ["Alt+ArrowUp", "mac", ["⌥", "↑"]],
  ["Mod++", "other", ["Ctrl", "+"]],
  ["j", "mac", ["J"]],
] as const)("%s on %s reads %s", (keys, keyboard, caps) => {
  expect(keyCaps(keys, keyboard)).toEqual(caps);
});

it("keeps a lone plus a key", () => {
  expect(splitKeys("+")).toEqual(["+"]);
});
