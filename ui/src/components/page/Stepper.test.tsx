import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import { Stepper } from "./Stepper";

it("goes back but not ahead, and says where one is", async () => {
  const go = vi.fn();
  render(<Stepper onGo={go} steps={[{ id: "from", label: "Leads from", mark: "done" }, { id: "to", label: "Leads to", mark: "now" }, { id: "live", label: "Go live", mark: "later" }]} />);
  await userEvent.click(screen.getByRole("button", { name: /Leads from ?, done/ }));
  await userEvent.click(screen.getByRole("button", { name: /Go live ?, later/ }));
  expect(go.mock.calls).toEqual([["from"]]);
  expect(screen.getByRole("button", { name: /Leads to/ }).closest("li")?.getAttribute("aria-current")).toBe("step");
});
