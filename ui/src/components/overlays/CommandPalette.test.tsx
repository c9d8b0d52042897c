import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import { CommandPalette } from "./CommandPalette";

const noop = () => {};

it("chooses by keyboard alone and closes before it runs", async () => {
  const order: string[] = [];
  render(
    <CommandPalette
      open
      onClose={() => order.push("closed")}
      query=""
      onQuery={noop}
      groups={[{ label: "Go to", entries: [{ id: "home", label: "Home", run: noop }, { id: "errors", label: "Errors", keys: "Mod+4", run: () => order.push("errors") }] }]}
    />,
  );
  await userEvent.keyboard("{ArrowDown}{ArrowDown}{Enter}");
  expect(order).toEqual(["closed", "errors"]);
});

it("says so when nothing is found", () => {
  render(<CommandPalette open onClose={noop} query="zzz" onQuery={noop} groups={[{ label: "Go to", entries: [] }]} />);
  expect(screen.getByText("Nothing is called “zzz”.")).toBeDefined();
});

it("closes with one Escape even when something is typed", async () => {
  const close = vi.fn();
  render(<CommandPalette open onClose={close} query="err" onQuery={noop} groups={[]} />);
  await userEvent.keyboard("{Escape}");
  expect(close).toHaveBeenCalled();
});
