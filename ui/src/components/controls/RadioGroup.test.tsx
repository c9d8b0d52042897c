import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import { RadioGroup } from "./RadioGroup";

it("moves with the arrows and tells the choice", async () => {
  const change = vi.fn();
  render(
    <RadioGroup
      label="When both sides changed"
      value="newest"
      onChange={change}
      choices={[{ value: "newest", label: "Newest wins" }, { value: "ask", label: "Ask me" }]}
    />,
  );
  expect(screen.getByRole("radiogroup", { name: "When both sides changed" })).toBeDefined();
  await userEvent.tab();
  await userEvent.keyboard("{ArrowDown}");
  expect(change).toHaveBeenCalledWith("ask");
});
