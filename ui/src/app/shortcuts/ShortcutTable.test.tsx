import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, it } from "vitest";
import { preferences } from "@/app/preferences";
import { keysOf } from "./registry";
import { ShortcutTable } from "./ShortcutTable";

beforeEach(() => preferences.reread());

it("records new keys, refuses taken ones, turns off and resets", async () => {
  render(<ShortcutTable />);
  const change = () => screen.getByRole("button", { name: "Change the keys for Show keyboard shortcuts" });
  await userEvent.click(change());
  await userEvent.keyboard("{Control>}k{/Control}");
  expect(screen.getByRole("alert").textContent).toBe("Already used for Open the command palette.");
  await userEvent.keyboard("{Control>}j{/Control}");
  expect(keysOf("app.help")).toBe("Mod+J");
  await userEvent.click(change());
  await userEvent.keyboard("{Backspace}");
  expect(keysOf("app.help")).toBe("");
  await userEvent.click(screen.getByRole("button", { name: "Reset" }));
  expect(keysOf("app.help")).toBe("Mod+Shift+/");
});
