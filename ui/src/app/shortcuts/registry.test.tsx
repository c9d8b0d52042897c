import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, it, vi } from "vitest";
import { preferences } from "@/app/preferences";
import { combinationOf, isPressed } from "./combination";
import { bind, resetKeys, takenBy, useShortcut, useShortcutListener } from "./registry";

beforeEach(() => preferences.reread());

function Page({ filter, palette }: { filter: () => void; palette: () => void }) {
  useShortcutListener("other");
  useShortcut("app.filter", filter);
  useShortcut("app.palette", palette);
  return <input aria-label="Name" />;
}

it("ignores plain keys while typing, and hears keys with a modifier", async () => {
  const filter = vi.fn();
  const palette = vi.fn();
  render(<Page filter={filter} palette={palette} />);
  await userEvent.keyboard("/");
  await userEvent.type(screen.getByRole("textbox"), "a/b");
  await userEvent.keyboard("{Control>}k{/Control}");
  expect(filter, "only the slash outside of the field").toHaveBeenCalledOnce();
  expect(palette).toHaveBeenCalledOnce();
  expect(screen.getByDisplayValue("a/b")).toBeDefined();
});

it("follows new keys, can be off, and can be reset", async () => {
  const filter = vi.fn();
  render(<Page filter={filter} palette={vi.fn()} />);
  bind("app.filter", "F");
  await userEvent.keyboard("/f");
  expect(filter).toHaveBeenCalledOnce();
  bind("app.filter", "");
  await userEvent.keyboard("/f");
  expect(filter).toHaveBeenCalledOnce();
  resetKeys();
  await userEvent.keyboard("/");
  expect(filter).toHaveBeenCalledTimes(2);
});

it("knows whose keys they are", () => {
  expect([takenBy("mod+k", "app.help"), takenBy("Mod+K", "app.palette"), takenBy("Mod+J", "app.help")]).toEqual(["app.palette", undefined, undefined]);
});

const press = (key: string, code: string, held: Partial<Record<"metaKey" | "ctrlKey" | "altKey" | "shiftKey", boolean>> = {}) => ({
  key, code, metaKey: false, ctrlKey: false, altKey: false, shiftKey: false, ...held,
});

it.each([
  [press("k", "KeyK", { ctrlKey: true }), "Mod+K", "other", true],
  [press("k", "KeyK", { metaKey: true }), "Mod+K", "mac", true],
  [press("k", "KeyK", { ctrlKey: true }), "Mod+K", "mac", false],
  [press("?", "Slash", { ctrlKey: true, shiftKey: true }), "Mod+Shift+/", "other", true],
  [press("K", "KeyK", { ctrlKey: true, shiftKey: true }), "Mod+K", "other", false],
] as const)("%j against %s on %s: %s", (pressed, keys, keyboard, expected) => {
  expect(isPressed(pressed, keys, keyboard)).toBe(expected);
});

it("reads pressed keys back as a combination", () => {
  expect(combinationOf(press("?", "Slash", { ctrlKey: true, shiftKey: true }), "other")).toBe("Mod+Shift+/");
  expect(combinationOf(press("Shift", "ShiftLeft", { shiftKey: true }), "other"), "still holding modifiers").toBeUndefined();
});
