import { render, screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { Sparkline, sparkPath } from "./Sparkline";

it("says in words what it shows", () => {
  render(<Sparkline values={[1, 2, 3]} label="Leads per hour, rising to 3" />);
  expect(screen.getByRole("img", { name: "Leads per hour, rising to 3" })).toBeDefined();
});

it("starts at zero and survives none and one", () => {
  expect(sparkPath([0, 10], 106, 26).line, "zero at the foot, the top value at the head").toBe("M3 23L103 3");
  expect(sparkPath([], 100, 20).last).toBeUndefined();
  expect(sparkPath([5], 100, 20).last).toEqual({ x: 3, y: 3 });
});
