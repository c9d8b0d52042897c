import { act, render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, it } from "vitest";
import { App } from "@/app/App";
import { newQueryClient } from "@/app/queryClient";
import { go } from "@/app/router";
import { toasts } from "@/components/feedback/toasts";
import { fakeEngine } from "@/platform/fakeEngine";
import { errorsArea } from "@/platform/fakeEngine/errors";
import { errorsBackdrop } from "@/platform/fakeEngine/errorsBackdrop";
import { notificationsArea } from "@/platform/fakeEngine/notifications";

function open(id: number) {
  go("delivery", { delivery: String(id) });
  const platform = fakeEngine("instant", [errorsBackdrop, errorsArea, notificationsArea]);
  render(<App platform={platform} client={newQueryClient()} />);
  return platform;
}

afterEach(() => act(() => toasts.dismissAll()));

it("tells the whole life in order, and each attempt's exchange without a secret", async () => {
  const platform = open(420);
  const life = await screen.findByRole("list", { name: "What happened so far" });
  expect(within(life).getAllByRole("listitem").map((entry) => entry.textContent.split(" ")[0])).toEqual(["Captured", "Matched", "Attempt", "Waited", "Attempt", "Failed"]);
  await userEvent.click(within(life).getAllByRole("button")[1]!);
  const drawer = screen.getByRole("complementary");
  expect(within(drawer).getByText("Status 400")).toBeDefined();
  expect(drawer.textContent, "the token is hidden").toContain("Bearer ••••");
  await userEvent.click(within(drawer).getByRole("button", { name: "Copy for support" }));
  expect(platform.copied[0]).toContain("0192f0c1-77aa");
});

it("marks a changed value, keeps the original beside it, and delivers with it", async () => {
  open(420);
  const field = await screen.findByRole("textbox", { name: "Last name" });
  await userEvent.type(field, "Hopper");
  expect(screen.getByText("Changed")).toBeDefined();
  expect(screen.getByText("Original: none")).toBeDefined();
  await userEvent.click(screen.getByRole("button", { name: "Save and retry" }));
  expect(await screen.findByText(/is in Example Ltd\.$/)).toBeDefined();
});
