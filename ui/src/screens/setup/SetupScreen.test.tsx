import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import { asked, openApp } from "@/test/openApp";

it("brings made-up leads into the practice CRM in seven clicks of the window and no typed field", async () => {
  const platform = openApp("home", "empty");
  let clicks = 0;
  const click = async (name: string | RegExp) => {
    clicks += 1;
    await userEvent.click(await screen.findByRole("button", { name }));
  };
  await click("Try with a practice CRM");
  await click(/^Made-up leads/);
  await click(/^Try it with a practice CRM/);
  // The consent in the browser is one more click; the fake engine answers as if it was given.
  await screen.findByText(/Practice account, signed in as you@example.com/);
  await click("Go on with this account");
  await click("Rehearse");
  await click("Go on");
  await click("Create 812 and update 341");
  expect(await screen.findByText(/Close this window whenever you like/)).toBeTruthy();
  expect(clicks, "with the consent in the browser it is eight, and twelve are allowed").toBe(7);
  expect(asked(platform, "send_test_lead").length, "twelve made-up people").toBe(12);
  expect(asked(platform, "import_file"), "made-up leads come from no file").toEqual([]);
  expect(asked(platform, "go_live"), "the first run is capped").toEqual([{ id: "sync-file", first: 25 }]);
  await userEvent.click(screen.getByRole("button", { name: "Send the other 1,187" }));
  expect(asked(platform, "sync_now")).toEqual([{ id: "sync-file", leads: [] }]);
});

it("opens at the step it was left at", async () => {
  openApp("setup", "rehearse");
  expect(await screen.findByRole("button", { name: "Rehearse, you are here" })).toBeTruthy();
  expect(await screen.findByText(/1,200 of 1,212 leads can go, 12 cannot yet/)).toBeTruthy();
});

it("takes a file dropped anywhere, shows how it is read, and reads it as the person says", async () => {
  const platform = openApp("home");
  await screen.findByRole("heading", { name: "Home" });
  platform.drop({ kind: "dropped", paths: ["trade-fair.csv"] });
  expect(await screen.findByText("trade-fair.csv holds 1,200 leads.")).toBeTruthy();
  expect(screen.getByRole("columnheader", { name: /E-Mail/ })).toBeTruthy();
  await userEvent.click(screen.getByRole("button", { name: /Letters are written as/ }));
  await userEvent.click(await screen.findByRole("option", { name: "utf-8" }));
  expect(asked(platform, "preview_file").at(-1)).toEqual({ path: "trade-fair.csv", options: { encoding: "utf-8", delimiter: null } });
  await userEvent.click(await screen.findByRole("button", { name: "Use these 1,200 leads" }));
  expect(await screen.findByText("Where should they go?")).toBeTruthy();
  expect(asked(platform, "import_file"), "only samples are taken before rehearsing").toEqual([{ path: "trade-fair.csv", options: { encoding: "utf-8", delimiter: null }, source: null, first: 25 }]);
});
