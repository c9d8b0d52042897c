import { act, render, screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { announce } from "./announcer";
import { LiveAnnouncer } from "./LiveAnnouncer";

it("puts words into the region of their urgency", () => {
  render(<LiveAnnouncer />);
  act(() => {
    announce("Placed.");
    announce("HubSpot refused it.", "assertive");
  });
  expect(screen.getByText("Placed.").parentElement?.getAttribute("aria-live")).toBe("polite");
  expect(screen.getByText("HubSpot refused it.").parentElement?.getAttribute("aria-live")).toBe("assertive");
});

it("speaks the same words twice", () => {
  render(<LiveAnnouncer />);
  act(() => announce("Moved."));
  const first = screen.getByText("Moved.");
  act(() => announce("Moved."));
  expect(screen.getByText("Moved."), "a fresh node is what makes a reader speak again").not.toBe(first);
});
