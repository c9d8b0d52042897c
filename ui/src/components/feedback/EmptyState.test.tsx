import { render, screen } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { Button } from "@/components/controls/Button";
import { EmptyState } from "./EmptyState";

it("has a title, a line and its action", () => {
  render(<EmptyState title="Both sides agree." line="Nothing to decide." action={<Button onPress={vi.fn()}>Check again</Button>} />);
  expect(screen.getByRole("heading", { name: "Both sides agree." })).toBeDefined();
  expect(screen.getByRole("button", { name: "Check again" })).toBeDefined();
});
