import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import { asked, openApp } from "@/test/openApp";

it("finds a setting in another section and applies it at once", async () => {
  const platform = openApp("settings");
  await userEvent.type(await screen.findByRole("searchbox", { name: "Search settings" }), "lock screen");
  await userEvent.click(await screen.findByRole("switch", { name: /Names and e-mails may appear/ }));
  expect(asked(platform, "save_settings")).toMatchObject([{ personal_data_in_notifications: true, start_at_login: true }]);
});

it("writes a backup with a passphrase of its own where the person says, and nothing when they cancel", async () => {
  const platform = openApp("settings?section=data");
  await userEvent.click(await screen.findByRole("button", { name: "Back up now" }));
  await userEvent.type(await screen.findByLabelText(/Passphrase of the backup/), "a sentence");
  const save = screen.getByRole("button", { name: "Choose where to save" });
  await userEvent.type(screen.getByLabelText(/Passphrase again/), "a sentense");
  expect(screen.getByText(/Both entries must be the same/)).toBeTruthy();
  await userEvent.click(save);
  expect(asked(platform, "backup"), "a passphrase nobody can type again opens nothing").toEqual([]);
  await userEvent.clear(screen.getByLabelText(/Passphrase again/));
  await userEvent.type(screen.getByLabelText(/Passphrase again/), "a sentence");
  await userEvent.click(save);
  expect(asked(platform, "backup"), "the file dialog was cancelled").toEqual([]);
  platform.nextFiles.push("leads.lfbackup");
  await userEvent.click(save);
  expect(asked(platform, "backup")).toEqual([{ path: "leads.lfbackup", passphrase: "a sentence" }]);
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
});

it("restores a backup only after the person confirmed which", async () => {
  const platform = openApp("settings?section=data");
  platform.nextFiles.push("/media/stick/leadferry-2026-11-20.db");
  await userEvent.click(await screen.findByRole("button", { name: "Choose a backup" }));
  expect(await screen.findByText(/leadferry-2026-11-20.db takes the place of everything/)).toBeTruthy();
  expect(screen.queryByLabelText(/Passphrase of the backup/), "a daily copy has none").toBeNull();
  await userEvent.click(screen.getByRole("button", { name: "Restore" }));
  expect((await screen.findAllByText("The backup is restored.")).length, "shown and spoken").toBeGreaterThan(0);
  const restored = platform.calls.filter(({ command }) => command === "restore").map(({ args }) => args);
  expect(restored).toEqual([{ request: { path: "/media/stick/leadferry-2026-11-20.db", passphrase: null } }]);
});

it("does not save a public address that is none", async () => {
  openApp("settings?section=network");
  await userEvent.type(await screen.findByLabelText("Address"), "leads.example.com");
  expect(screen.getByText(/begins with https/)).toBeTruthy();
  expect(screen.getAllByRole("button", { name: "Save" }).every((button) => button.hasAttribute("disabled") || button.dataset.disabled !== undefined)).toBe(true);
});
