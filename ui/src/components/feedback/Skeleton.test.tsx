import { render, screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { Skeleton } from "./Skeleton";

it("says what is under way, once", () => {
  render(<Skeleton label="Loading leads" lines={3} />);
  expect(screen.getAllByText("Loading leads")).toHaveLength(1);
});
