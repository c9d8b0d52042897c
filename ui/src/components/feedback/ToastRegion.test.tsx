import { act, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { LiveAnnouncer } from "./LiveAnnouncer";
import { ToastRegion } from "./ToastRegion";
import { TOAST_MILLISECONDS, toasts } from "./toasts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  act(() => toasts.dismissAll());
  vi.useRealTimers();
});

it("leaves by itself after ten seconds", () => {
  render(<ToastRegion />);
  act(() => void toasts.show({ words: "12 people skipped." }));
  act(() => void vi.advanceTimersByTime(TOAST_MILLISECONDS - 1));
  expect(screen.getByText("12 people skipped.")).toBeDefined();
  act(() => void vi.advanceTimersByTime(1));
  expect(screen.queryByText("12 people skipped.")).toBeNull();
});

it("stays while the pointer is on it", () => {
  render(<ToastRegion />);
  act(() => void toasts.show({ words: "Removed." }));
  fireEvent.pointerEnter(screen.getByRole("region", { name: "Notices" }));
  act(() => void vi.advanceTimersByTime(TOAST_MILLISECONDS * 3));
  expect(screen.getByText("Removed.")).toBeDefined();
});

it("undoes and goes away", () => {
  const undo = vi.fn();
  render(<ToastRegion />);
  act(() => void toasts.show({ words: "Removed.", undo }));
  fireEvent.click(screen.getByRole("button", { name: "Undo" }));
  expect(undo).toHaveBeenCalledOnce();
  expect(screen.queryByText("Removed.")).toBeNull();
});

it("speaks failures assertively", () => {
  render(<><LiveAnnouncer /><ToastRegion /></>);
  act(() => void toasts.show({ words: "HubSpot is not answering.", tone: "bad" }));
  const spoken = screen.getAllByText("HubSpot is not answering.").map((node) => node.parentElement?.getAttribute("aria-live"));
  expect(spoken).toContain("assertive");
});

it("keeps the newest three", () => {
  render(<ToastRegion />);
  act(() => ["one", "two", "three", "four"].forEach((words) => toasts.show({ words })));
  expect(screen.queryByText("one")).toBeNull();
  expect(screen.getByText("four")).toBeDefined();
});
