import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import { asked, openApp } from "@/test/openApp";

it("finds a setting in another section and applies it at once", async () => {
  const platform = openApp("settings");
  await userEvent.type(await screen.findByRole("searchbox", { name: "Search settings" }), "lock screen");
  await userEvent.click(await screen.findByRole("switch", { name: /Names and e-mails may appear/ }));
  expect(asked(platform, "save_settings")).toMatchObject([{ personal_data_in_notifications: true, start_at_login: true }]);
});

it("writes a backup where the person says, and nothing when they cancel", async () => {
  const platform = openApp("settings?section=data");
  const button = await screen.findByRole("button", { name: "Back up now" });
  await userEvent.click(button);
  expect(asked(platform, "backup"), "the file dialog was cancelled").toEqual([]);
  platform.nextFiles.push("leads.lfbackup");
  await userEvent.click(button);
  expect(asked(platform, "backup")).toEqual([{ path: "leads.lfbackup" }]);
});

it("does not save a public address that is none", async () => {
  openApp("settings?section=network");
  await userEvent.type(await screen.findByLabelText("Address"), "leads.example.com");
  expect(screen.getByText(/begins with https/)).toBeTruthy();
  expect(screen.getAllByRole("button", { name: "Save" }).every((button) => button.hasAttribute("disabled") || button.dataset.disabled !== undefined)).toBe(true);
});
