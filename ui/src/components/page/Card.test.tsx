import { render, screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { Card } from "./Card";

it("is a region named by its title", () => {
  render(<Card title="Today">12 leads</Card>);
  expect(screen.getByRole("region", { name: "Today" }).textContent).toContain("12 leads");
});
