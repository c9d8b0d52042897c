import type { BulkResult, ErrorDesk, FixRequest, Selection } from "@/api/generated";
import type { Area } from "./area";
import { inShort } from "./explain";
import { faultsOf, heldOf, ledgerOf, withFix, type Held, type Ledger } from "./ledger";
import { deliveryView, groups, matching, rowOf, selected, solved } from "./views";

/** Puts deliveries on their way again; each look at the run sends some of them. */
export function startRun(ledger: Ledger, people: readonly Held[], kind = "retry"): BulkResult {
  if (people.length === 0) return { count: 0, run: null };
  const run = { id: 41 + ledger.runs.length, kind, label: "", ids: people.map(({ id }) => id), done: 0, synced: 0, cancelled: false, startedAt: new Date().toISOString() };
  ledger.runs = [run, ...ledger.runs];
  for (const one of people) one.state = "pending";
  return { count: people.length, run: run.id };
}

function preview(ledger: Ledger, { selection, fix }: FixRequest) {
  const { rules, people } = withFix(ledger.rules, selected(ledger, selection), fix);
  const others = new Map<string, number>();
  for (const one of people) {
    const fault = faultsOf(rules, one)[0];
    if (fault) others.set(inShort(fault), (others.get(inShort(fault)) ?? 0) + 1);
  }
  const refused = [...others.values()].reduce((sum, count) => sum + count, 0);
  return { leads: people.length, pass: people.length - refused, other: [...others].map(([title, count]) => ({ title, count })) };
}

const waits = ({ state }: Held) => state === "failed" || state === "retrying";

export const errorsArea: Area = (engine) => {
  const ledger = ledgerOf(engine);
  const chosen = (selection: Selection, which: (one: Held) => boolean = waits) => selected(ledger, selection).filter(which);
  const desk = (): ErrorDesk => {
    const all = groups(ledger);
    const open = all.filter(({ state }) => state === "open");
    const needs = open.filter(({ next_try_at }) => next_try_at === null);
    const retrying = open.filter(({ next_try_at }) => next_try_at !== null);
    const none = needs.length === 0 && retrying.length === 0;
    return {
      sentence: none
        ? `Nothing needs you. ${ledger.held.filter(({ state }) => state === "synced").length} leads were delivered in the last 30 days, 0 wait.`
        : `${needs.length === 1 ? "1 thing needs" : `${needs.length} things need`} you, ${retrying.length === 1 ? "1 is" : `${retrying.length} are`} sorting ${retrying.length === 1 ? "itself" : "themselves"} out.`,
      needs_you: needs, retrying, solved: engine.scene === "empty" ? [] : [solved()], set_aside: all.filter(({ state }) => state !== "open"),
    };
  };
  return {
    error_desk: (filter) => {
      // eslint-disable-next-line @typescript-eslint/only-throw-error -- the contract's error is a plain value
      if (engine.scene === "broken") throw { code: "disk", message: "The data folder's disk is full, so nothing can be read. Free 200 MB and open this page again." };
      const all = desk();
      const text = filter.text?.toLowerCase() ?? "";
      const fits = (group: ErrorDesk["needs_you"][number]) =>
        (filter.sync === null || group.sync.id === filter.sync) && (filter.destination === null || group.destination.id === filter.destination) && (filter.cause === null || group.key.startsWith(filter.cause)) && (filter.since === null || group.last_at >= filter.since) &&
        (text === "" || group.explained.title.toLowerCase().includes(text) || matching(ledger, { sync: group.sync.id, group: group.key, states: [], run: null, text }).length > 0);
      return { ...all, needs_you: all.needs_you.filter(fits), retrying: all.retrying.filter(fits), solved: all.solved.filter(fits), set_aside: all.set_aside.filter(fits) };
    },
    failure_group: ({ sync, key }) => {
      const group = groups(ledger).find((one) => one.sync.id === sync && one.key === key);
      // eslint-disable-next-line @typescript-eslint/only-throw-error -- the contract's error is a plain value
      if (!group) throw { code: "not_found", message: "Nobody waits for this any more. Go to Errors to see what does." };
      return group;
    },
    deliveries: ({ filter, page }) => {
      const found = matching(ledger, filter);
      return { total: found.length, rows: found.slice(page.offset, page.offset + page.limit).map((one) => rowOf(ledger, one)) };
    },
    delivery: ({ id }) => deliveryView(ledger, heldOf(ledger, id)),
    preview_fix: (request) => preview(ledger, { ...request, selection: { pick: "ids", ids: chosen(request.selection).map(({ id }) => id) } }),
    apply_fix: ({ selection, fix }) => {
      const people = chosen(selection);
      const after = withFix(ledger.rules, people, fix);
      ledger.rules = after.rules;
      for (const one of after.people) Object.assign(heldOf(ledger, one.id), { edits: one.edits, leftOut: one.leftOut });
      return startRun(ledger, people);
    },
    plan_retry: (selection) => {
      const leads = chosen(selection).length;
      return { leads, calls: Math.ceil(leads / 100), seconds_min: Math.ceil(leads * 0.7), seconds_max: Math.ceil(leads * 1.05), quota_share: leads / 4_600 };
    },
    retry: (selection) => startRun(ledger, chosen(selection)),
    skip: ({ selection, reason }) => {
      const people = chosen(selection);
      for (const one of people) Object.assign(one, { state: "skipped", skippedFor: reason });
      return { count: people.length, run: null };
    },
    unskip: (selection) => {
      const people = chosen(selection, ({ state }) => state === "skipped");
      for (const one of people) Object.assign(one, { state: "failed", skippedFor: undefined });
      return { count: people.length, run: null };
    },
    edit_delivery: ({ id, values, retry }) => {
      const one = heldOf(ledger, id);
      for (const { name, value } of values) {
        if (value === "") one.edits = Object.fromEntries(Object.entries(one.edits).filter(([field]) => field !== name));
        else one.edits = { ...one.edits, [name]: value };
      }
      if (retry) {
        one.attempts += 1;
        one.state = faultsOf(ledger.rules, one).length === 0 ? "synced" : "failed";
      }
      return deliveryView(ledger, one);
    },
    set_group: ({ sync, key, state, until, reason }) => {
      const before = groups(ledger).find((one) => one.sync.id === sync && one.key === key);
      // eslint-disable-next-line @typescript-eslint/only-throw-error -- the contract's error is a plain value
      if (!before) throw { code: "not_found", message: "Nobody waits for this any more. Go to Errors to see what does." };
      if (state === "open") ledger.asides.delete(key);
      else ledger.asides.set(key, { state, until, reason });
      return { ...before, state, snoozed_until: until, reason };
    },
    export_deliveries: ({ selection }) => ({ count: selected(ledger, selection).length }),
    import_corrections: () => {
      const people = ledger.held.filter(({ state, values }) => state === "failed" && values.lastname === "");
      for (const one of people) one.edits = { ...one.edits, lastname: "Example" };
      return { ...startRun(ledger, people), errors: [{ line: 17, reason: "The delivery id is missing. Keep the first column as it was exported.", raw: ";Lovelace;ada@example.com" }] };
    },
  };
};

