import { act, render, screen } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { hearAnnouncements } from "./announcer";
import { ProgressStrip } from "./ProgressStrip";

it("tells count, pace and an estimate as a range", () => {
  render(<ProgressStrip label="Retrying 412 leads" done={187} total={412} rate={2} left={{ from: 120, to: 360 }} onCancel={vi.fn()} />);
  expect(screen.getByText("187 of 412")).toBeDefined();
  expect(screen.getByText("2 per second")).toBeDefined();
  expect(screen.getByText("2 min to 6 min left")).toBeDefined();
  expect(screen.getByRole("progressbar", { name: "Retrying 412 leads" }).getAttribute("aria-valuenow")).toBe("187");
});

it("speaks every tenth, not every step", () => {
  const heard: string[] = [];
  const stop = hearAnnouncements((words) => heard.push(words));
  const { rerender } = render(<ProgressStrip label="Sending" done={0} total={100} />);
  for (const done of [5, 10, 14, 19, 20]) act(() => rerender(<ProgressStrip label="Sending" done={done} total={100} />));
  stop();
  expect(heard).toEqual(["Sending: 10 %", "Sending: 20 %"]);
});
