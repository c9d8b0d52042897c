import type { AuditRow, RunView } from "@/api/generated";
import { minutesAgo, refuse, type Area, type Engine } from "./area";
import { faultsOf, heldOf, ledgerOf, type FakeRun, type Ledger } from "./ledger";
import { runRow } from "./views";

/** Sends the next few of a run. Told as an event only when the run ends, or looking would never stop. */
function advance(ledger: Ledger, run: FakeRun, changed: Engine["changed"]): void {
  const next = run.ids.slice(run.done, run.done + ledger.pace);
  if (run.cancelled || next.length === 0) return;
  for (const id of next) {
    const one = heldOf(ledger, id);
    const passes = faultsOf(ledger.rules, one).length === 0;
    Object.assign(one, { state: passes ? "synced" : "failed", attempts: one.attempts + 1, minutes: 0 });
    run.done += 1;
    if (passes) run.synced += 1;
  }
  if (run.done === run.ids.length) setTimeout(() => changed("failures", "deliveries"), 0);
}

const audit: AuditRow[] = Array.from({ length: 260 }, (_, at) => ({
  at: minutesAgo(at * 31 + 4), actor: at % 3 === 0 ? "dana@example.com" : "Leadferry",
  text: ["Published the mapping of Trade fair to HubSpot", "Retried 23 leads of one group", "Updated a contact in HubSpot: 4 fields", "Signed in again at Example Ltd"][at % 4] ?? "",
  detail: JSON.stringify({ action: ["mapping.published", "deliveries.retried", "record.updated", "connection.signed_in"][at % 4], count: 23 }),
}));

export const activityArea: Area = (engine) => {
  const ledger = ledgerOf(engine);
  const find = (id: number): FakeRun => ledger.runs.find((run) => run.id === id) ?? refuse("This run is no longer kept. Go to Activity to see those that are.");
  const view = (run: FakeRun): RunView => ({
    row: runRow(ledger, run),
    broken: run.kind === "import" ? [17, 203, 871].map((line) => ({ line, reason: "The row has 9 values, the header has 6 columns.", raw: `Ada;Lovelace;ada.${line}@example.com;;;07700 900${String(line % 1000).padStart(3, "0")};;;` })) : [],
  });
  return {
    runs: ({ page }) => ({ total: ledger.runs.length, rows: ledger.runs.slice(page.offset, page.offset + page.limit).map((run) => runRow(ledger, run)) }),
    run: ({ id }) => {
      const run = find(id);
      advance(ledger, run, engine.changed);
      return view(run);
    },
    cancel_run: ({ id }) => {
      const run = find(id);
      run.cancelled = true;
      for (const left of run.ids.slice(run.done)) heldOf(ledger, left).state = "failed";
      return view(run);
    },
    audit: ({ page }) => ({ total: audit.length, rows: audit.slice(page.offset, page.offset + page.limit) }),
    export_audit: () => ({ count: audit.length }),
  };
};
