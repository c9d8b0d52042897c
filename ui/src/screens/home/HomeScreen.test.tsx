import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import { asked, openApp } from "@/test/openApp";
import { pauseEnds } from "./pauses";
import { readMinutes } from "./readMinutes";
import { scheduleOf, schedules } from "./schedules";

it("says of each sync what waits, what failed and what was left out, and syncs all by keys", async () => {
  const platform = openApp("home");
  const row = within(await screen.findByRole("article", { name: "Trade fair to HubSpot" }));
  expect(row.getByRole("link", { name: "441" }).getAttribute("href")).toBe("#/errors?sync=sync-file");
  expect(row.getByText("15 have no e-mail or phone, 3 opted out")).toBeTruthy();
  expect(row.getByText("slowest 11.8 s")).toBeTruthy();
  await userEvent.keyboard(platform.keyboard === "mac" ? "{Meta>}{Shift>}r{/Shift}{/Meta}" : "{Control>}{Shift>}r{/Shift}{/Control}");
  expect(asked(platform, "sync_now")).toEqual([{ id: null, leads: [] }]);
});

it("tries a lane that is down now, and the banner goes when it answers", async () => {
  const platform = openApp("home");
  await userEvent.click(await screen.findByRole("button", { name: "Try now: Partner CRM" }));
  expect(asked(platform, "try_lane")).toEqual([{ id: "dst-partner" }]);
  await waitFor(() => expect(screen.queryByText(/Partner CRM is not answering/)).toBeNull());
  expect((await screen.findAllByText(/Partner CRM is back/)).length, "and that is said, wherever the person is").toBeGreaterThan(0);
});

it("shows cause and next step when Home cannot be read", async () => {
  openApp("home", "broken");
  expect(await screen.findByText(/Free 200 MB/)).toBeTruthy();
});

it("moves a match key by its button", async () => {
  const platform = openApp("home/sync-file");
  await userEvent.click(await screen.findByRole("button", { name: "Move E-mail address up" }));
  expect(asked(platform, "change_sync")).toMatchObject([{ match_order: ["record_id", "email", "lead_id", "phone"], mode: null }]);
});

it("deletes a sync only after saying in numbers what is lost", async () => {
  const platform = openApp("home/sync-file");
  await userEvent.click(await screen.findByRole("button", { name: "Delete this sync" }));
  const dialog = within(await screen.findByRole("alertdialog"));
  expect(dialog.getByText("441 leads not delivered yet will not be sent.")).toBeTruthy();
  expect(asked(platform, "delete_sync"), "nothing happens before the answer").toEqual([]);
  await userEvent.click(dialog.getByRole("button", { name: "Delete this sync" }));
  expect(asked(platform, "delete_sync")).toEqual([{ id: "sync-file" }]);
});

it("reads minutes, schedules and ends of pauses as a person means them", () => {
  expect([readMinutes("1, 5;15 30"), readMinutes("1, x"), readMinutes("0"), readMinutes("")]).toEqual([[1, 5, 15, 30], undefined, undefined, undefined]);
  expect([scheduleOf(schedules.weekdays), scheduleOf("7 7 * * *")]).toEqual(["weekdays", "custom"]);
  const now = new Date(2026, 10, 21, 22, 30);
  expect([pauseEnds("hour", now), pauseEnds("tomorrow", now), pauseEnds("resumed", now)]).toEqual([new Date(2026, 10, 21, 23, 30), new Date(2026, 10, 22, 8, 0), undefined]);
});
