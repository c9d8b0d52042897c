import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import { Switch } from "./Switch";

it("is a switch and tells its new state", async () => {
  const change = vi.fn();
  render(<Switch on onChange={change}>Keep working when the window is closed</Switch>);
  const control = screen.getByRole<HTMLInputElement>("switch", { name: /Keep working/ });
  expect(control.checked).toBe(true);
  await userEvent.click(control);
  expect(change).toHaveBeenCalledWith(false);
});
