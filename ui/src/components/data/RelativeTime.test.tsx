import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import { PlatformProvider } from "@/platform/context";
import { fakePlatform } from "@/platform/fake";
import { NowProvider } from "./now";
import { RelativeTime } from "./RelativeTime";

const now = new Date("2026-03-10T14:05:11Z");
const time = new Date("2026-03-10T14:02:11Z");

it("is relative, exact on focus, and exact in the clipboard", async () => {
  const platform = fakePlatform();
  render(
    <PlatformProvider platform={platform}>
      <NowProvider at={now}><RelativeTime time={time} /></NowProvider>
    </PlatformProvider>,
  );
  expect(screen.getByText("3 min ago")).toBeDefined();
  await userEvent.tab();
  expect(screen.getByRole("tooltip").textContent).toMatch(/2026.*:11/);
  await userEvent.keyboard("{Enter}");
  expect(platform.copied).toEqual([expect.stringMatching(/2026.*:11/)]);
});

it("is no tab stop in a table", () => {
  render(<NowProvider at={now}><RelativeTime time={time} inTable /></NowProvider>);
  expect(screen.getByText("3 min ago").title).toMatch(/:11/);
  expect(screen.queryByRole("button")).toBeNull();
});
