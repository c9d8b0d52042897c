import { render, screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { Banner } from "./Banner";

it("interrupts only for what is bad", () => {
  render(<><Banner tone="bad" title="This computer's disk is full." /><Banner tone="warn" title="No internet since 14:02." /></>);
  expect(screen.getByRole("alert").textContent).toContain("disk is full");
  expect(screen.getByRole("status").textContent).toContain("No internet");
});
