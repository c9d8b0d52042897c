import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import { BareCheckbox, Checkbox } from "./Checkbox";

it("tells the new state by click and by Space", async () => {
  const change = vi.fn();
  render(<Checkbox checked={false} onChange={change}>Start at login</Checkbox>);
  await userEvent.click(screen.getByRole("checkbox", { name: "Start at login" }));
  await userEvent.keyboard(" ");
  expect(change.mock.calls).toEqual([[true], [true]]);
});

it("says when only some are checked", () => {
  render(<BareCheckbox checked={false} mixed onChange={vi.fn()} label="Select the 50 rows of this page" />);
  expect(screen.getByRole<HTMLInputElement>("checkbox").indeterminate).toBe(true);
});
