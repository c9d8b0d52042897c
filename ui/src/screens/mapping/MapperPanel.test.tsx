import { QueryClientProvider } from "@tanstack/react-query";
import { act, cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import { NowProvider } from "@/components/data/now";
import { newQueryClient } from "@/app/queryClient";
import { PlatformProvider } from "@/platform/context";
import type { Mapping, SaveMapping } from "@/api/generated";
import { fakeEngine } from "@/platform/fakeEngine";
import { MapperPanel } from "./MapperPanel";

async function opened(scene = "") {
  const platform = fakeEngine(scene);
  const ready = vi.fn();
  render(
    <PlatformProvider platform={platform}>
      <QueryClientProvider client={newQueryClient()}>
        <NowProvider>
          <MapperPanel sync="sync-file" onReady={ready} />
        </NowProvider>
      </QueryClientProvider>
    </PlatformProvider>,
  );
  const saved = (): Mapping | undefined =>
    platform.calls.filter(({ args }) => args.command === "save_mapping").map(({ args }) => (args.request as SaveMapping).mapping).at(-1);
  return { platform, ready, saved, user: userEvent.setup() };
}

async function standing(scene?: string) {
  const opening = await opened(scene);
  const grid = await screen.findByRole("grid", { name: "Fields of the destination" });
  // The first check brings live values and what is impossible.
  await within(grid).findByText("ada@example.com");
  return { ...opening, grid };
}

const pill = (name: string) => screen.getByRole("button", { name: new RegExp(`^${name}, `), description: /Press Space/ });
const row = (name: RegExp) => screen.getByRole("row", { name });

/** Where things stand: jsdom has no layout, and a drag is nothing without. */
function withLayout() {
  return vi.spyOn(Element.prototype, "getBoundingClientRect").mockImplementation(function (this: Element) {
    const isRow = this.getAttribute("role") === "row" && this instanceof HTMLElement && this.style.top !== "";
    const top = isRow ? 100 + Number.parseFloat(this.style.top) : 0;
    return isRow ? DOMRect.fromRect({ x: 300, y: top, width: 600, height: 40 }) : DOMRect.fromRect({ x: 10, y: 10, width: 120, height: 30 });
  });
}

async function byDragging() {
  const { saved } = await standing();
  const layout = withLayout();
  const target = row(/Last name/);
  const to = { clientX: 350, clientY: target.getBoundingClientRect().top + 20 };
  fireEvent.pointerDown(pill("Name"), { isPrimary: true, button: 0, clientX: 20, clientY: 20 });
  for (const at of [{ clientX: 40, clientY: 40 }, { clientX: 200, clientY: 100 }, to, to]) {
    fireEvent.pointerMove(document, at);
    await act(() => new Promise((done) => requestAnimationFrame(() => done(undefined))));
  }
  await waitFor(() => expect(document.body.textContent).toContain("Over Last name, text, allowed."));
  fireEvent.pointerUp(document, to);
  layout.mockRestore();
  await waitFor(() => expect(saved()).toBeDefined(), { timeout: 3_000 });
  return saved();
}

async function byClicking() {
  const { saved, user } = await standing();
  await user.click(pill("Name"));
  await user.click(row(/Last name/));
  await waitFor(() => expect(saved()).toBeDefined(), { timeout: 3_000 });
  return saved();
}

async function byKeyboard() {
  const { saved, user, grid } = await standing();
  act(() => grid.focus());
  await user.keyboard("{ArrowDown}{Enter}");
  await screen.findByRole("dialog", { name: "Choose what fills Last name" });
  await user.keyboard("nam{Enter}");
  await waitFor(() => expect(saved()).toBeDefined(), { timeout: 3_000 });
  expect(grid, "the focus is back in the list").toBe(document.activeElement);
  return saved();
}

it("saves the same mapping by drag, by two clicks and by keys alone", async () => {
  const made: (Mapping | undefined)[] = [];
  for (const way of [byDragging, byClicking, byKeyboard]) {
    made.push(await way());
    cleanup();
  }
  const [dragged, clicked, typed] = made;
  expect(dragged?.rules.find(({ target }) => target === "lastname")?.source).toEqual({ from: "field", name: "name" });
  expect(JSON.stringify(clicked), "two clicks as the drag").toBe(JSON.stringify(dragged));
  expect(JSON.stringify(typed), "keys as the drag").toBe(JSON.stringify(dragged));
});

it("draws few of the many fields, and finds one by label or internal name", async () => {
  const { user, grid } = await standing();
  expect(screen.getByText("214 of 214 fields")).toBeDefined();
  expect(within(grid).getAllByRole("row").length, "only what is looked at is drawn").toBeLessThan(40);
  await user.type(screen.getByRole("searchbox", { name: "Filter fields" }), "hubspot_o");
  await waitFor(() => expect(screen.getByText("1 of 214 fields")).toBeDefined());
  expect(row(/Contact owner/)).toBeDefined();
});

it("accepts all suggestions and takes that back in one step", async () => {
  const { user, ready } = await standing();
  expect(ready).toHaveBeenCalledWith(3);
  await user.click(screen.getByRole("button", { name: "Accept all 3" }));
  await waitFor(() => expect(screen.queryByRole("button", { name: /Accept all/ })).toBeNull());
  await user.click(screen.getByRole("button", { name: "Undo" }));
  await screen.findByRole("button", { name: "Accept all 3" });
  await user.click(screen.getByRole("button", { name: "Reject the suggestion for Company size" }));
  await screen.findByRole("button", { name: "Accept all 2" });
  await user.click(screen.getByRole("button", { name: "Undo" }));
  await screen.findByRole("button", { name: "Accept all 3" });
});

it("keeps a field that cannot land in hand and says why", async () => {
  const { user, saved } = await standing();
  await user.click(pill("Call day"));
  await user.click(row(/Phone number/));
  expect(screen.getByText("Placing Call day"), "it is still in hand").toBeDefined();
  expect(within(row(/^.*Phone number/)).getByText("Call day cannot become a phone number.")).toBeDefined();
  expect(saved()).toBeUndefined();
});

it("types a fixed value with =, and clears a rule with Delete", async () => {
  const { user, saved, grid } = await standing();
  act(() => grid.focus());
  await user.keyboard("{ArrowDown}=");
  await screen.findByRole("dialog", { name: "Fixed value for Last name" });
  await user.keyboard("Unknown{Enter}");
  await waitFor(() => expect(saved()?.rules.at(-1)?.source).toEqual({ from: "fixed", value: { type: "text", value: "Unknown" } }), { timeout: 3_000 });
  await user.keyboard("{Delete}");
  await waitFor(() => expect(saved()?.rules.some(({ target }) => target === "lastname")).toBe(false), { timeout: 3_000 });
});

it("says in words what publishing changes and how many leads it frees", async () => {
  const { user, platform } = await standing();
  await user.click(screen.getByRole("button", { name: "Remove" }));
  await user.click(screen.getByRole("button", { name: "Accept all 3" }));
  await user.click(screen.getByRole("button", { name: "Publish" }));
  const dialog = await screen.findByRole("dialog", { name: "Publish the mapping" });
  await within(dialog).findByText("campaign_2023: no longer filled.");
  await user.click(await within(dialog).findByRole("button", { name: "Publish and retry 412" }));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  const asked = platform.calls.map(({ args }) => args.command);
  expect(asked.lastIndexOf("save_mapping"), "the draft was kept before it was compared").toBeLessThan(asked.lastIndexOf("publish_mapping"));
});

it("translates a value, with counts from real leads", async () => {
  const { user, saved, grid } = await standing();
  await user.dblClick(within(grid).getByText("Lifecycle stage"));
  await user.click(await screen.findByRole("button", { name: "Translate values" }));
  expect(await screen.findByText("412 leads")).toBeDefined();
  const option = screen.getByRole("combobox", { name: /Option for Webinar/ });
  await user.click(option);
  await user.click(await screen.findByRole("option", { name: /Evangelist/ }));
  await waitFor(() => {
    const step = saved()?.rules.find(({ target }) => target === "lifecyclestage")?.transforms[0];
    expect(step?.step === "translate" && step.table).toContainEqual({ from: "Webinar", to: "evangelist" });
  }, { timeout: 3_000 });
});

it("explains when the fields cannot be read, or there are none", async () => {
  await opened("broken");
  await screen.findByText("The mapping could not be read");
  cleanup();
  await opened("nofields");
  expect((await screen.findAllByText("Example Ltd shows us no fields")).length).toBe(1);
});
