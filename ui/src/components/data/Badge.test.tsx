import { render, screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { Badge } from "./Badge";

it("says its words", () => {
  render(<Badge tone="info">Suggested</Badge>);
  expect(screen.getByText("Suggested")).toBeDefined();
});
