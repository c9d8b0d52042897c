import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import { Button } from "./Button";
import { Tooltip } from "./Tooltip";

it("opens on focus and describes what it belongs to", async () => {
  render(<Tooltip words="Tue 14:02:11 CET"><Button>3 min ago</Button></Tooltip>);
  await userEvent.tab();
  const tip = screen.getByRole("tooltip");
  expect(tip.textContent).toBe("Tue 14:02:11 CET");
  expect(screen.getByRole("button").getAttribute("aria-describedby")).toBe(tip.id);
});

it("closes with Escape", async () => {
  render(<Tooltip words="More"><Button>Less</Button></Tooltip>);
  await userEvent.tab();
  await userEvent.keyboard("{Escape}");
  expect(screen.queryByRole("tooltip")).toBeNull();
});
