import { render, screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { Count } from "./Count";

it("is exact in tables, and short in tiles with the exact number behind it", () => {
  render(<><Count of={1204567} /><Count of={1204567} short /></>);
  expect(screen.getByText("1,204,567")).toBeDefined();
  expect(screen.getByText("1.2M").title).toBe("1,204,567");
});
