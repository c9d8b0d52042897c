import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import { Stat } from "./Stat";

it("is a filter when it can be pressed, and says whether it is on", async () => {
  const press = vi.fn();
  render(<Stat label="Refused" value={12} tone="bad" onPress={press} pressed />);
  const tile = screen.getByRole("button", { name: /Refused\s*12/, pressed: true });
  await userEvent.click(tile);
  expect(press).toHaveBeenCalledOnce();
});

it("is plain text otherwise", () => {
  render(<Stat label="Synced today" value={1204} />);
  expect(screen.queryByRole("button")).toBeNull();
  expect(screen.getByText("1,204")).toBeDefined();
});
