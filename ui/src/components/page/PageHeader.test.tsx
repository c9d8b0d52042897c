import { render, screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { PageHeader } from "./PageHeader";

it("names the page and the window, and says its sentence", () => {
  render(<PageHeader title="Errors" sentence="3 things need you." line="2 are sorting themselves out." />);
  expect(screen.getByRole("heading", { level: 1, name: "Errors" })).toBeDefined();
  expect(screen.getByText("3 things need you.")).toBeDefined();
  expect(document.title).toBe("Errors · Leadferry");
});
