import { act, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import { App } from "@/app/App";
import { preferences } from "@/app/preferences";
import { newQueryClient } from "@/app/queryClient";
import { fakeEngine } from "@/platform/fakeEngine";
import { asked, openApp } from "@/test/openApp";

it("stays locked on a wrong passphrase, says what to do, and opens on the right one", async () => {
  const platform = openApp("home", "locked");
  await userEvent.type(await screen.findByLabelText(/Passphrase/), "wrong");
  await userEvent.click(screen.getByRole("button", { name: "Open Leadferry" }));
  expect(await screen.findByText(/Check capital letters and try again/)).toBeTruthy();
  expect(asked(platform, "home"), "nothing asks the engine before it runs").toEqual([]);
  await userEvent.clear(screen.getByLabelText(/Passphrase/));
  await userEvent.type(screen.getByLabelText(/Passphrase/), "right");
  await userEvent.click(screen.getByRole("button", { name: "Open Leadferry" }));
  expect(await screen.findByRole("heading", { name: "Home" })).toBeTruthy();
});

it("opens though the engine did so before the window could hear of it", async () => {
  window.location.hash = "#/home";
  const platform = fakeEngine("");
  const real = platform.call.bind(platform);
  let asked = 0;
  platform.call = async <Result,>(command: string, args?: Record<string, unknown>) => {
    if (command !== "startup" || asked++ > 0) return real<Result>(command, args);
    platform.emit("startup", null);
    return { state: "opening" } as Result;
  };
  render(<App platform={platform} client={newQueryClient()} />);
  expect(await screen.findByRole("heading", { name: "Home" })).toBeTruthy();
});

it("shows why the data does not open, and copies it for support", async () => {
  const platform = openApp("home", "problem");
  expect(await screen.findByText(/Install the newer version/)).toBeTruthy();
  await userEvent.click(screen.getByRole("button", { name: "Copy details for support" }));
  expect(platform.copied[0]).toContain("newer Leadferry");
});

it("tries again when the person says so", async () => {
  const platform = openApp("home", "problem");
  await userEvent.click(await screen.findByRole("button", { name: "Try again" }));
  expect(platform.calls.some(({ command }) => command === "reopen"), "asking alone would open nothing").toBe(true);
});

it("offers the last good backup of a damaged file, and goes on with it", async () => {
  const platform = openApp("home", "damaged");
  expect(await screen.findByText(/leadferry.db is damaged/)).toBeTruthy();
  await userEvent.click(screen.getByRole("button", { name: "Restore this backup" }));
  expect(await screen.findByRole("heading", { name: "Home" })).toBeTruthy();
  expect(platform.calls.find(({ command }) => command === "restore")?.args).toEqual({ request: { path: null, passphrase: null } });
});

it("takes a backup of another computer where nothing opens", async () => {
  const platform = openApp("home", "damaged-without-backup");
  expect(await screen.findByText(/There is no good backup/)).toBeTruthy();
  expect(screen.queryByRole("button", { name: "Restore this backup" }), "nothing is promised").toBeNull();
  platform.nextFiles.push("leads.lfbackup");
  await userEvent.click(screen.getByRole("button", { name: "Restore a backup" }));
  await userEvent.type(await screen.findByLabelText(/Passphrase of the backup/), "wrong");
  await userEvent.click(screen.getByRole("button", { name: "Restore" }));
  expect(await screen.findByText(/does not open this backup/), "said where it was typed").toBeTruthy();
  await userEvent.clear(screen.getByLabelText(/Passphrase of the backup/));
  await userEvent.type(screen.getByLabelText(/Passphrase of the backup/), "right{Enter}");
  expect(await screen.findByRole("heading", { name: "Home" })).toBeTruthy();
});

it("goes where the host leads, and marks the section of a sub page", async () => {
  const platform = openApp("home/sync-file");
  const home = await screen.findByRole("link", { name: "Home", current: "page" });
  expect(home.getAttribute("href"), "a sync's page belongs to Home").toBe("#/home");
  expect(await screen.findByRole("link", { name: /Errors, 3 things need you/ })).toBeTruthy();
  act(() => platform.emit("navigate", "/settings?section=about"));
  expect(await screen.findByRole("link", { name: "About", current: "page" })).toBeTruthy();
});

it("says over every page since when there is no network", async () => {
  openApp("settings", "offline");
  expect(await screen.findByText(/^No internet since/)).toBeTruthy();
});

it("keeps theme and keys in the engine too", async () => {
  const platform = openApp("settings?section=appearance");
  await userEvent.click(await screen.findByRole("radio", { name: "Dark" }));
  await waitFor(() => expect(asked(platform, "save_settings").at(-1)).toMatchObject({ theme: "dark" }));
  act(() => preferences.set("keys", { "go.home": "Mod+H" }));
  await waitFor(() => expect(asked(platform, "save_settings").at(-1)).toMatchObject({ theme: "dark", shortcuts: [{ name: "go.home", value: "Mod+H" }] }));
});

it("gives the focus to the page when what had it is gone", async () => {
  openApp("home", "empty");
  await userEvent.click(await screen.findByRole("button", { name: "Try with a practice CRM" }));
  await userEvent.click(await screen.findByRole("button", { name: /^Made-up leads/ }));
  await screen.findByRole("button", { name: /^Try it with a practice CRM/ });
  await waitFor(() => expect(document.activeElement, "the tile that was pressed is gone").toBe(screen.getByRole("main")));
});
