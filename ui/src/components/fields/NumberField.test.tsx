import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import { NumberField } from "./NumberField";

it("steps with the arrows and stays within its bounds", async () => {
  const change = vi.fn();
  render(<NumberField label="Keep history" value={399} max={400} onChange={change} />);
  await userEvent.click(screen.getByRole("textbox", { name: "Keep history" }));
  await userEvent.keyboard("{ArrowUp}");
  expect(change).toHaveBeenLastCalledWith(400);
});

it("hands up nothing when emptied", async () => {
  const change = vi.fn();
  render(<NumberField label="Port" value={8080} onChange={change} />);
  await userEvent.clear(screen.getByRole("textbox", { name: "Port" }));
  await userEvent.tab();
  expect(change).toHaveBeenLastCalledWith(undefined);
});
