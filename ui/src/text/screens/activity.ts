import { formatCount } from "@/lib/format";
import { counted } from "../counted";

export const activity = {
  runs: "Runs",
  changes: "Changes",
  sentence: (total: number) => (total === 0 ? "Nothing has run yet." : `${counted(total, "run")} so far.`),
  kinds: { real_time: "As leads come", scheduled: "On schedule", manual: "By hand", import: "File", retry: "Retry" } as Record<string, string>,
  states: { working: "Working", done: "Done", some_failed: "Some need you", failed: "Failed", cancelled: "Stopped", waiting: "Waiting" } as Record<string, string>,
  table: { label: "Runs", run: "Run", sync: "Sync", started: "Started", state: "State", counts: "Leads", took: "Took" },
  cancel: "Stop",
  cancelRun: (what: string) => `Stop ${what}`,
  empty: { action: "Go to Home" },
  noRuns: { title: "Nothing has run yet", line: "The first run appears when leads are sent." },
  noChanges: { title: "No changes yet", line: "Every change sent and every setting made is listed here." },
  audit: { label: "Changes", at: "When", actor: "Who", text: "What", detail: "Technical details", export: "Export changes", exportName: "changes.csv", exported: (count: number) => `${counted(count, "entry", "entries")} written to the file.` },
  back: "All runs",
  run: {
    captured: "Captured",
    repeated: "Seen before",
    merged: "Merged",
    broken: "Unreadable rows",
    synced: "Synced",
    failed: "Failed",
    waiting: "Waiting",
    brokenTitle: "Rows that could not be read",
    brokenLine: (count: number) => `The other rows went on. ${counted(count, "row")} stayed behind; correct them in the file and import it again.`,
    line: (line: number) => `Line ${formatCount(line)}`,
    deliveries: "Deliveries",
    filterFailed: "Only failed",
    none: "No deliveries.",
    working: (label: string) => label,
  },
} as const;
