import { act, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, it } from "vitest";
import { App } from "@/app/App";
import { newQueryClient } from "@/app/queryClient";
import { go } from "@/app/router";
import { toasts } from "@/components/feedback/toasts";
import { fakeEngine } from "@/platform/fakeEngine";
import { activityArea } from "@/platform/fakeEngine/activity";
import { errorsArea } from "@/platform/fakeEngine/errors";
import { errorsBackdrop } from "@/platform/fakeEngine/errorsBackdrop";
import { leadsArea } from "@/platform/fakeEngine/leads";
import { notificationsArea } from "@/platform/fakeEngine/notifications";
import { findNotice } from "@/test/notices";

function open(scene = "instant") {
  const platform = fakeEngine(scene, [errorsBackdrop, errorsArea, leadsArea, activityArea, notificationsArea]);
  render(<App platform={platform} client={newQueryClient()} />);
  return platform;
}

beforeEach(() => void (window.location.hash = "#/leads"));
afterEach(() => act(() => toasts.dismissAll()));

it("finds a person by part of the e-mail and opens the life-line", async () => {
  open();
  await userEvent.type(await screen.findByRole("searchbox"), "ada.turing.900@");
  expect(await screen.findByText("1 person found for “ada.turing.900@”.")).toBeDefined();
  const grid = screen.getByRole("grid", { name: "People" });
  act(() => grid.focus());
  await userEvent.keyboard("{Enter}");
  expect(await screen.findByRole("list", { name: "Life-line" })).toBeDefined();
});

it("finds people from the palette, and says what came last when there is none", async () => {
  open();
  await screen.findByRole("grid");
  await userEvent.keyboard("{Control>}k{/Control}");
  const palette = await screen.findByRole("dialog");
  await userEvent.type(within(palette).getByRole("searchbox"), "lovelace");
  await userEvent.click((await within(palette).findAllByRole("menuitem", { name: /Lovelace/ }))[0]!);
  expect(await screen.findByRole("list", { name: "Life-line" })).toBeDefined();
  await userEvent.keyboard("{Control>}k{/Control}");
  const again = await screen.findByRole("dialog");
  await userEvent.type(within(again).getByRole("searchbox"), "nobody here");
  expect(await within(again).findByRole("menuitem", { name: /The last lead arrived .* ago/ })).toBeDefined();
});

it("erases one person only after the consequences were read", async () => {
  go("lead", { lead: "lead-900" });
  const platform = open();
  await userEvent.click(await screen.findByRole("button", { name: "Erase this person" }));
  const dialog = screen.getByRole("alertdialog");
  expect(dialog.textContent).toContain("This cannot be undone.");
  expect(dialog.textContent, "records elsewhere are named").toContain("Records in the CRM stay.");
  await userEvent.click(within(dialog).getByRole("button", { name: "Erase 1 person" }));
  expect(await findNotice(/was erased here\. The CRM still has record 9900 in Example Ltd\.$/), "the engine's words say what stays").toBeDefined();
  expect(await screen.findByRole("button", { name: "Open in the CRM" }), "and the notice leads there").toBeDefined();
  expect(platform.calls.some(({ args }) => args.command === "erase_person")).toBe(true);
});

it("asks to sync this person alone", async () => {
  go("lead", { lead: "lead-900" });
  const platform = open();
  await userEvent.click(await screen.findByRole("button", { name: "Sync now" }));
  await waitFor(() => expect(platform.calls.find(({ args }) => args.command === "sync_now")?.args.request).toEqual({ id: null, leads: ["lead-900"] }));
});

it("counts what was not seen at the bell, and opens the exact group", async () => {
  open();
  await userEvent.click(await screen.findByRole("link", { name: /Notifications, 2 new notifications/ }));
  await userEvent.click(await screen.findByRole("link", { name: "412 leads need one decision" }));
  expect(await screen.findByText("HubSpot does not know the value “Webinar” for “Lead source”")).toBeDefined();
  expect(await screen.findByRole("link", { name: "Notifications" }), "opening the list was seeing it").toBeDefined();
});

it("lists runs in words and shows the rows a file could not give", async () => {
  go("activity");
  open();
  const grid = await screen.findByRole("grid", { name: "Runs" });
  expect(await within(grid).findByText("Some need you")).toBeDefined();
  act(() => grid.focus());
  await userEvent.keyboard("{Enter}");
  expect(await screen.findByText("Line 17")).toBeDefined();
});

it("exports the changes", async () => {
  go("activity", undefined, { tab: "changes" });
  const platform = open();
  platform.nextFiles.push("changes.csv");
  await userEvent.click(await screen.findByRole("button", { name: "Export changes" }));
  expect(await findNotice("260 entries written to the file.")).toBeDefined();
});
