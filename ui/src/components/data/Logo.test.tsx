import { render, screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { Logo } from "./Logo";

it("shows the drawing as an image, never as markup of the page", () => {
  const { container } = render(<Logo svg={'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'} name="Practice CRM" />);
  expect(screen.getByRole<HTMLImageElement>("img", { name: "Practice CRM" }).src).toMatch(/^data:image\/svg\+xml,%3Csvg/);
  expect(container.querySelector("script, svg")).toBeNull();
});
