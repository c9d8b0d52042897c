import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import { ErrorsIcon, HomeIcon } from "@/components/icons";
import { Sidebar } from "./Sidebar";

it("marks the page one is on, keeps names when collapsed, and reads what waits in words", async () => {
  const collapse = vi.fn();
  render(
    <Sidebar
      title="Leadferry"
      places={[{ id: "home", label: "Home", icon: HomeIcon, href: "#/home" }, { id: "errors", label: "Errors", icon: ErrorsIcon, href: "#/errors", waiting: { count: 3, words: "3 things need you" } }]}
      footPlaces={[]}
      current="home"
      collapsed
      onCollapse={collapse}
    />,
  );
  expect(screen.getByRole("link", { name: "Home", current: "page" })).toBeDefined();
  expect(screen.getByRole("link", { name: /Errors.*3 things need you/ })).toBeDefined();
  await userEvent.click(screen.getByRole("button", { name: "Expand the sidebar" }));
  expect(collapse).toHaveBeenCalledWith(false);
});
