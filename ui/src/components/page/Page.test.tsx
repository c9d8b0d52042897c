import { render, screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { Page } from "./Page";

it("puts the panel beside the page, not inside what scrolls", () => {
  render(<Page panel={<aside>Details</aside>}><p>List</p></Page>);
  expect(screen.getByText("Details").parentElement?.contains(screen.getByText("List"))).toBe(true);
  expect(screen.getByText("List").parentElement?.contains(screen.getByText("Details"))).toBe(false);
});
