import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import { Button } from "@/components/controls/Button";
import { Menu } from "./Menu";

it("opens by keyboard, moves by arrows and runs the choice", async () => {
  const skip = vi.fn();
  render(
    <Menu
      label="More for Ada Lovelace"
      trigger={<Button>More</Button>}
      groups={[{ choices: [{ id: "retry", label: "Retry", run: vi.fn() }, { id: "skip", label: "Skip", run: skip }] }]}
    />,
  );
  await userEvent.tab();
  await userEvent.keyboard("{Enter}");
  expect(screen.getAllByRole("menuitem").map((item) => item.textContent)).toEqual(["Retry", "Skip"]);
  await userEvent.keyboard("{ArrowDown}{Enter}");
  expect(skip).toHaveBeenCalledOnce();
});
