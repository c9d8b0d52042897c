// The ledger as the contract shows it.
import type { Counts, DeliveryFilter, DeliveryRow, DeliveryView, GroupView, LeadRow, RunRow, Selection, TimelineEntry } from "@/api/generated";
import { minutesAgo } from "./area";
import { explain, inShort, labels, more } from "./explain";
import { faultsOf, groupOf, HUBSPOT_SYNC, keyOf, PARTNER_SYNC, valueOf, type FakeRun, type Held, type Ledger } from "./ledger";

const hubspot = { id: "dst-hubspot", name: "Example Ltd" };
const partner = { id: "dst-partner", name: "Partner CRM" };
export const source = { id: "src-file", name: "trade-fair.csv" };
const recordUrl = (id: number) => `https://crm.example.com/contacts/${9_000 + id}`;

export function rowOf(ledger: Ledger, one: Held): DeliveryRow {
  const fault = one.state === "failed" ? faultsOf(ledger.rules, one)[0] : undefined;
  return {
    id: one.id, lead: one.lead, name: one.name, contact: one.email, destination: one.sync.id === PARTNER_SYNC.id ? partner.name : hubspot.name, state: one.state, problem: fault ? inShort(fault) : one.state === "retrying" ? "Partner CRM is not answering" : null,
    attempts: one.attempts, changed_at: minutesAgo(one.minutes), due_at: one.state === "retrying" ? minutesAgo(-6) : null, record_url: one.state === "synced" ? recordUrl(one.id) : null,
    value: fault ? fault.value : null,
  };
}

const holds = (one: Held, text: string) => [one.name, one.email, one.values.phone ?? "", String(9_000 + one.id)].some((hay) => hay.toLowerCase().includes(text.toLowerCase()));

export function matching(ledger: Ledger, filter: DeliveryFilter): Held[] {
  const ids = filter.run === null ? undefined : new Set(ledger.runs.find(({ id }) => id === filter.run)?.ids);
  return ledger.held.filter(
    (one) =>
      (filter.sync === null || one.sync.id === filter.sync) &&
      (filter.states.length === 0 || filter.states.includes(one.state)) &&
      (ids === undefined || ids.has(one.id)) &&
      (filter.group === null || (["failed", "pending", "retrying", "skipped"].includes(one.state) && groupOf(ledger, one) === filter.group)) &&
      (filter.text === null || filter.text === "" || holds(one, filter.text)),
  );
}

export const peopleMatching = (ledger: Ledger, text: string): Held[] => ledger.held.filter((one) => holds(one, text));

export function selected(ledger: Ledger, selection: Selection): Held[] {
  if (selection.pick === "ids") {
    const ids = new Set(selection.ids);
    return ledger.held.filter(({ id }) => ids.has(id));
  }
  const filter = selection.pick === "filter" ? selection.filter : { sync: selection.sync, group: selection.key, states: [], run: null, text: null };
  return matching(ledger, filter);
}

export function groups(ledger: Ledger): GroupView[] {
  const waiting = new Map<string, Held[]>();
  for (const one of ledger.held) {
    if (one.state !== "failed" && one.state !== "retrying") continue;
    const key = groupOf(ledger, one) ?? "unexpected|";
    waiting.set(key, [...(waiting.get(key) ?? []), one]);
  }
  return [...waiting].map(([key, people]) => view(ledger, key, people)).sort((left, right) => right.leads - left.leads);
}

function view(ledger: Ledger, key: string, people: readonly Held[]): GroupView {
  const aside = ledger.asides.get(key);
  const fault = people[0] && faultsOf(ledger.rules, people[0])[0];
  const retrying = people[0]?.state === "retrying";
  const shape = retrying ? [0, 0, 0, 0, 0, 0, 9] : [2, 3, 5, 4, 7, 8, 6].map((part) => Math.round((part * people.length) / 35));
  return {
    sync: retrying ? PARTNER_SYNC : HUBSPOT_SYNC, key, destination: retrying ? partner : hubspot, connector: retrying ? "webhook" : "hubspot",
    explained:
      !retrying && fault && keyOf(fault) === key
        ? explain(fault, people.length)
        : { title: "Partner CRM is not answering", meaning: `${people.length} leads wait safely until it does, and go by themselves. Other destinations go on.`, action: { do: "try_now", connection: partner.id }, technical: "503 Service Unavailable" },
    more: !retrying && fault ? more(fault) : [],
    next: retrying ? "Tried again by itself; nothing is lost." : "They will not go until somebody decides.",
    leads: people.length, first_at: minutesAgo(retrying ? 18 : 4_310), last_at: minutesAgo(Math.min(...people.map(({ minutes }) => minutes))), next_try_at: retrying ? minutesAgo(-6) : null,
    series: shape, state: aside?.state ?? "open", snoozed_until: aside?.until ?? null, reason: aside?.reason ?? null, came_back: key.includes("message"),
  };
}

export const solved = (): GroupView => ({
  sync: HUBSPOT_SYNC, key: "invalid|budget:NotNumber:", destination: hubspot, connector: "hubspot",
  explained: { title: "“about 5k” is not a number, and “Budget” takes only numbers", meaning: "All of them were delivered.", action: null, technical: "" },
  more: [], next: "Stays here until tomorrow, and opens again if it comes back.", leads: 18, first_at: minutesAgo(2_900), last_at: minutesAgo(190), next_try_at: null, series: [0, 4, 9, 5, 0, 0, 0], state: "solved", snoozed_until: null, reason: null, came_back: false,
});

function timeline(ledger: Ledger, one: Held): TimelineEntry[] {
  const at = (later: number) => minutesAgo(one.minutes + 4 - later);
  const entry = (kind: string, text: string, later: number, exchanges: TimelineEntry["exchanges"] = []): TimelineEntry => ({ at: at(later), kind, text, exchanges });
  const body = JSON.stringify({ inputs: [{ id: one.email, idProperty: "email", properties: Object.fromEntries(Object.keys(one.values).map((field) => [field, valueOf(ledger.rules, one, field) ?? ""])) }] });
  const exchange = (status: number, response: string) => ({
    request: {
      method: "POST", url: "https://api.example.com/crm/v3/objects/contacts/batch/upsert", headers: [{ name: "Authorization", value: "Bearer ••••" }, { name: "Content-Type", value: "application/json" }], body,
      curl: "curl -X POST https://api.example.com/crm/v3/objects/contacts/batch/upsert -H 'Authorization: Bearer ••••'",
    },
    status, response, request_id: "0192f0c1-77aa", duration_ms: 184,
  });
  const start = [entry("captured", `Captured from ${source.name}, row ${one.id + 1}.`, 0), entry("matched", "Found in HubSpot by e-mail.", 1)];
  if (one.state === "pending") return start;
  const fault = faultsOf(ledger.rules, one)[0];
  const waited = [entry("attempt", "Attempt 1: HubSpot asked us to slow down.", 1, [exchange(429, '{"status":"error","category":"RATE_LIMITS"}')]), entry("waited", "Waited 12 s, as asked.", 2)];
  if (one.state === "failed" && fault) return [...start, ...waited, entry("attempt", "Attempt 2: HubSpot refused the values.", 3, [exchange(400, '{"status":"error","category":"VALIDATION_ERROR","message":"Property values were not valid"}')]), entry("failed", `${inShort(fault)}.`, 4)];
  if (one.state === "skipped") return [...start, ...waited, entry("skipped", `Skipped: ${one.skippedFor ?? ""}`, 4)];
  if (one.state === "retrying") return [...start, entry("attempt", "Attempt 1: Partner CRM did not answer.", 2, [{ ...exchange(503, "Service Unavailable"), request_id: null }]), entry("waited", "Waits; the next try is at 14:20.", 3)];
  return [...start, entry("attempt", "Attempt 1: accepted.", 3, [exchange(200, `{"results":[{"id":"${9_000 + one.id}","new":false}]}`)]), entry("synced", "Synced: 4 fields changed.", 4)];
}

export function deliveryView(ledger: Ledger, one: Held): DeliveryView {
  const faults = one.state === "failed" ? faultsOf(ledger.rules, one) : [];
  const first = faults[0];
  return {
    row: rowOf(ledger, one), sync: one.sync, destination: one.sync === PARTNER_SYNC ? partner : hubspot, group: one.state === "failed" || one.state === "retrying" ? (groupOf(ledger, one) ?? null) : null,
    explained: first ? explain(first, 1) : null, timeline: timeline(ledger, one),
    values: Object.keys(one.values).map((field) => {
      const fault = faults.find((candidate) => candidate.field === field);
      return { target: field, label: labels[field] ?? field, mapped: one.values[field] === "" ? null : (one.values[field] ?? null), edited: one.edits[field] ?? null, problem: fault ? inShort(fault) : null, left_out: one.leftOut.has(field) };
    }),
    warnings: [],
  };
}

export const leadRow = (one: Held): LeadRow => ({
  id: one.lead, name: one.name, email: one.email, phone: one.values.phone ?? null, source, captured_at: minutesAgo(one.minutes + 4), state: one.state, record_url: one.state === "synced" ? recordUrl(one.id) : null,
});

export const lifeOf = timeline;

export function runRow(ledger: Ledger, run: FakeRun): RunRow {
  const ended = run.cancelled || run.done >= run.ids.length;
  const failed = run.done - run.synced;
  const left = run.ids.length - run.done;
  const counts: Counts = { pending: ended ? 0 : left, sending: 0, synced: run.synced, synced_today: run.synced, retrying: 0, failed, skipped: 0 };
  const isImport = run.kind === "import";
  return {
    id: run.id, sync: HUBSPOT_SYNC, kind: run.kind, label: run.label, counts, started_at: run.startedAt, ended_at: ended ? minutesAgo(run.kind === "import" ? 4_310 : 0) : null,
    state: run.cancelled ? "cancelled" : !ended ? "working" : failed === 0 ? "done" : run.synced === 0 ? "failed" : "some_failed",
    text: run.cancelled ? `Stopped: ${run.done} done, ${left} left as they were, nothing half-done.` : ended ? `${run.synced} synced, ${failed} need you.` : `${run.done} of ${run.ids.length} sent.`,
    captured: isImport ? 1_231 : 0, repeated: isImport ? 22 : 0, merged: isImport ? 9 : 0, broken: isImport ? 3 : 0, cancellable: !ended,
    per_second: ended ? null : Math.min(ledger.pace, 40), seconds_left: ended ? null : [Math.ceil(left / 50), Math.ceil(left / 30)],
  };
}
