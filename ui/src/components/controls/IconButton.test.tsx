import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import { MoreIcon } from "@/components/icons";
import { IconButton } from "./IconButton";

it("has a name for screen readers and shows it to everybody on focus", async () => {
  const run = vi.fn();
  render(<IconButton icon={MoreIcon} label="More for Ada Lovelace" onPress={run} />);
  await userEvent.tab();
  expect(screen.getByRole("tooltip").textContent).toBe("More for Ada Lovelace");
  await userEvent.click(screen.getByRole("button", { name: "More for Ada Lovelace" }));
  expect(run).toHaveBeenCalledOnce();
});
