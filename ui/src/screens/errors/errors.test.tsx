import { act, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, it } from "vitest";
import { App } from "@/app/App";
import { newQueryClient } from "@/app/queryClient";
import { go } from "@/app/router";
import { toasts } from "@/components/feedback/toasts";
import type { FakePlatform } from "@/platform/fake";
import { fakeEngine } from "@/platform/fakeEngine";
import { activityArea } from "@/platform/fakeEngine/activity";
import { errorsArea } from "@/platform/fakeEngine/errors";
import { errorsBackdrop } from "@/platform/fakeEngine/errorsBackdrop";
import { leadsArea } from "@/platform/fakeEngine/leads";
import { notificationsArea } from "@/platform/fakeEngine/notifications";
import { watchRun } from "@/screens/shared/watchedRun";
import { findNotice } from "@/test/notices";

const areas = [errorsBackdrop, errorsArea, leadsArea, activityArea, notificationsArea];
const webinar = { sync: "sync-file", key: "invalid|lead_source:UnknownOption:Webinar" };

function open(scene = "instant"): FakePlatform {
  const platform = fakeEngine(scene, areas);
  render(<App platform={platform} client={newQueryClient()} />);
  return platform;
}

const requestsOf = (platform: FakePlatform, command: string) => platform.calls.map(({ args }) => args).filter((args) => args.command === command).map(({ request }) => request);

beforeEach(() => void (window.location.hash = "#/errors"));
afterEach(() =>
  act(() => {
    toasts.dismissAll();
    watchRun(undefined);
  }),
);

it("shows 441 failures as three groups, in words a person understands", async () => {
  open();
  const section = await screen.findByRole("region", { name: /Needs you/ });
  const titles = within(section).getAllByRole("heading", { level: 3 }).map((heading) => heading.textContent);
  expect(titles).toEqual([
    "HubSpot does not know the value “Webinar” for “Lead source”",
    "HubSpot needs “Last name”, and 23 leads have none",
    "“First message” is longer than HubSpot allows (255)",
  ]);
  const cards = within(section).getAllByRole("article");
  expect(cards.map((card) => within(card).getByText(/^\d+ leads$/).textContent), "412 + 23 + 6 = 441").toEqual(["412 leads", "23 leads", "6 leads"]);
  expect(section.textContent, "codes belong to the technical drawer").not.toMatch(/invalid|null|[{}_]|VALIDATION|request \w+-/i);
  expect(titles.join(), "no HTTP number is a title").not.toMatch(/\b[45]\d\d\b/);
  expect(within(cards[0]!).getAllByRole("button").map((button) => button.textContent || button.getAttribute("aria-label")), "one button, and the menu").toEqual(["Translate value", expect.stringMatching(/^More for/)]);
});

it("keeps what sorts itself out apart, with its next time", async () => {
  open();
  const section = await screen.findByRole("region", { name: /Retrying by itself/ });
  expect(within(section).getByRole("heading", { level: 3, name: "Partner CRM is not answering" })).toBeDefined();
  expect(within(section).getByText(/Next try: \d/)).toBeDefined();
});

it("does exactly what the preview of a fix said", async () => {
  go("group", webinar, { fix: "translate_value", field: "lead_source" });
  const platform = open();
  await userEvent.click(await screen.findByRole("combobox", { name: /Webinar/ }));
  await userEvent.click(await screen.findByRole("option", { name: /Online event/ }));
  expect(await screen.findByText("398 of 412 would pass; 14 have another problem.")).toBeDefined();
  await userEvent.click(screen.getByRole("button", { name: "Apply and retry 412 leads" }));
  expect(await screen.findByText("398 synced, 14 moved to “Some values of “Phone number” are not phone numbers”."), "as many as were promised").toBeDefined();
  expect(requestsOf(platform, "apply_fix")).toEqual([
    { selection: { pick: "group", ...webinar }, fix: { fix: "translate", field: "lead_source", table: [{ name: "Webinar", value: "Online event" }] } },
  ]);
  act(() => go("errors"));
  const section = await screen.findByRole("region", { name: /Needs you/ });
  await waitFor(() => expect(within(section).getAllByRole("article").map((card) => within(card).getByText(/^\d+ leads$/).textContent)).toEqual(["23 leads", "14 leads", "6 leads"]));
});

it("selects all 412 from a page of 50, plans the retry and starts it for the group", async () => {
  go("group", webinar);
  const platform = open("slow");
  const grid = await screen.findByRole("grid", { name: "People" });
  await waitFor(() => expect(within(grid).getAllByRole("checkbox").length).toBeGreaterThan(10));
  await userEvent.click(await screen.findByRole("checkbox", { name: "Select the 50 rows of this page" }));
  expect(screen.getAllByText("50 selected.").length, "drawn and spoken").toBeGreaterThan(1);
  await userEvent.click(screen.getByRole("button", { name: "Select all 412 in this group" }));
  await userEvent.click(screen.getByRole("button", { name: "Retry" }));
  const plan = await screen.findByRole("dialog", { name: "Retry 412 leads" });
  expect(await within(plan).findByText("5 min to 7 min at the destination's pace")).toBeDefined();
  expect(within(plan).getByText(/uses 9 ?% of what is left of today's calls/)).toBeDefined();
  await userEvent.click(within(plan).getByRole("button", { name: "Retry 412 leads" }));
  expect(requestsOf(platform, "retry")).toEqual([{ pick: "group", ...webinar }]);
  expect(await screen.findByRole("progressbar", { name: "Retrying 412 leads" })).toBeDefined();
  await userEvent.click(screen.getByRole("button", { name: "Cancel" }));
  expect(await screen.findByText(/^Stopped: \d+ done, \d+ left as they were, nothing half-done\.$/)).toBeDefined();
});

it("spells out all but the unticked", async () => {
  go("group", webinar);
  const platform = open();
  await userEvent.click(await screen.findByRole("checkbox", { name: "Select the 50 rows of this page" }));
  await userEvent.click(screen.getByRole("button", { name: "Select all 412 in this group" }));
  await userEvent.click(screen.getAllByRole("checkbox", { name: /^Select / })[1]!);
  await userEvent.click(screen.getByRole("button", { name: "Skip" }));
  expect(await findNotice("411 leads skipped.")).toBeDefined();
  const [skip] = requestsOf(platform, "skip") as [{ selection: { ids: number[] } }];
  expect([skip.selection.ids.length, skip.selection.ids.includes(1)], "the first row stays").toEqual([411, false]);
});

it("skips by key and takes exactly those back", async () => {
  const platform = open();
  await screen.findByRole("region", { name: /Needs you/ });
  await userEvent.keyboard("jjs");
  await userEvent.click(await screen.findByText("Undo"));
  await waitFor(() => expect(requestsOf(platform, "unskip")).toHaveLength(1));
  const [skip] = requestsOf(platform, "skip") as [{ selection: { ids: number[] } }];
  expect(skip.selection.ids, "the 23 of the second card").toHaveLength(23);
  expect(requestsOf(platform, "unskip")).toEqual([skip.selection]);
  expect(await screen.findByRole("heading", { name: /Last name/ })).toBeDefined();
});

it("moves the focus to the next card when the focused one leaves", async () => {
  open();
  await screen.findByRole("region", { name: /Needs you/ });
  await userEvent.keyboard("jz");
  const aside = await screen.findByRole("region", { name: /Set aside/ });
  expect(within(aside).getByText(/Snoozed until/)).toBeDefined();
  await waitFor(() => expect(document.activeElement?.getAttribute("aria-label")).toBe("HubSpot needs “Last name”, and 23 leads have none"));
});

it("keeps the focus on the same card and the same row when everything is read again", async () => {
  const platform = open();
  await screen.findByRole("region", { name: /Needs you/ });
  await userEvent.keyboard("jj");
  const card = document.activeElement;
  expect(card?.getAttribute("aria-label")).toContain("Last name");
  const asked = requestsOf(platform, "error_desk").length;
  act(() => platform.emit("changed", ["failures", "deliveries"]));
  await waitFor(() => expect(requestsOf(platform, "error_desk").length).toBeGreaterThan(asked));
  expect(document.activeElement).toBe(card);

  await userEvent.keyboard("o");
  const grid = await screen.findByRole("grid", { name: "People" });
  act(() => grid.focus());
  await userEvent.keyboard("jj");
  const active = grid.getAttribute("aria-activedescendant");
  const pages = requestsOf(platform, "deliveries").length;
  act(() => platform.emit("changed", ["deliveries"]));
  await waitFor(() => expect(requestsOf(platform, "deliveries").length).toBeGreaterThan(pages));
  expect([document.activeElement, grid.getAttribute("aria-activedescendant")]).toEqual([grid, active]);
});

it("asks why before ignoring", async () => {
  const platform = open();
  await userEvent.click((await screen.findAllByRole("button", { name: /^More for/ }))[0]!);
  await userEvent.click(screen.getByRole("menuitem", { name: /Ignore with a reason/ }));
  const dialog = await screen.findByRole("dialog");
  await userEvent.type(within(dialog).getByRole("textbox", { name: /Reason/ }), "Old campaign{Enter}");
  expect(await screen.findByText("Ignored: Old campaign")).toBeDefined();
  expect(requestsOf(platform, "set_group")).toEqual([{ ...webinar, state: "ignored", until: null, reason: "Old campaign" }]);
});

it("narrows by text and says so when nothing is left", async () => {
  open();
  await userEvent.type(await screen.findByRole("searchbox"), "zzz");
  expect(await screen.findByRole("heading", { name: "No failed leads match “zzz”" })).toBeDefined();
  await userEvent.click(screen.getAllByRole("button", { name: "Clear filters" }).at(-1)!);
  expect(await screen.findByRole("region", { name: /Needs you/ })).toBeDefined();
});

it("writes failures to a file and reads corrections back", async () => {
  const platform = open();
  platform.nextFiles.push("failed.csv", "corrected.csv");
  await userEvent.click((await screen.findAllByRole("button", { name: /^More for/ }))[0]!);
  await userEvent.click(screen.getByRole("menuitem", { name: /Export to a file/ }));
  expect(await findNotice("412 leads written to the file.")).toBeDefined();
  await userEvent.click(screen.getByRole("button", { name: "Import corrections" }));
  expect(await findNotice("23 leads corrected from the file.")).toBeDefined();
  expect(await screen.findByRole("dialog", { name: "1 line could not be used" }), "what was left out is named").toBeDefined();
  expect(requestsOf(platform, "import_corrections")).toEqual([{ path: "corrected.csv" }]);
});

it("says what is so when nothing waits, when it cannot be read, and when offline", async () => {
  const { unmount } = render(<App platform={fakeEngine("empty", areas)} client={newQueryClient()} />);
  expect(await screen.findByRole("heading", { name: "Nothing needs you" })).toBeDefined();
  unmount();
  const broken = render(<App platform={fakeEngine("broken", areas)} client={newQueryClient()} />);
  expect(await screen.findByText(/disk is full/)).toBeDefined();
  broken.unmount();
  open("offline");
  expect(await screen.findByText(/No internet since/)).toBeDefined();
});
