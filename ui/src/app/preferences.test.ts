import { beforeEach, expect, it } from "vitest";
import boot from "../../public/theme.js?raw";
import { preferences, THEME_KEY } from "./preferences";

beforeEach(() => preferences.reread());

it("keeps what was chosen", () => {
  preferences.set("theme", "dark");
  preferences.reread();
  expect(preferences.get("theme")).toBe("dark");
});

it("survives something foreign in storage", () => {
  localStorage.setItem("leadferry.zoom", "{broken");
  localStorage.setItem("leadferry.keys", "null");
  expect([preferences.get("zoom"), preferences.get("keys")]).toEqual([1, {}]);
});

it("shares its key with the script that runs before the first paint", () => {
  expect(boot).toContain(`localStorage.getItem("${THEME_KEY}")`);
});
