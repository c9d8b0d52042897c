import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import { Select } from "./Select";

const regions = [{ value: "GB", label: "United Kingdom" }, { value: "US", label: "United States" }] as const;

it("shows the choice and tells a new one, by keyboard only", async () => {
  const change = vi.fn();
  render(<Select label="Region for phones" value="GB" onChange={change} options={regions} />);
  const button = screen.getByRole("button", { name: /Region for phones/ });
  expect(button.textContent).toContain("United Kingdom");
  await userEvent.tab();
  await userEvent.keyboard("{Enter}{ArrowDown}{Enter}");
  expect(change).toHaveBeenCalledWith("US");
});
