import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import { Tabs } from "./Tabs";

it("moves between views by arrows", async () => {
  const select = vi.fn();
  render(<Tabs label="Test result" selected="words" onSelect={select} tabs={[{ id: "words", label: "In words", content: "Would update" }, { id: "request", label: "Exact request", content: "POST" }]} />);
  await userEvent.tab();
  await userEvent.keyboard("{ArrowRight}");
  expect(select).toHaveBeenLastCalledWith("request");
  expect(screen.getByRole("tabpanel").textContent).toBe("Would update");
});
