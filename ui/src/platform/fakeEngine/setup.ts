import type { DryRun, WizardState } from "@/api/generated";
import { minutesAgo, type Area } from "./area";
import { mappingView } from "./mapping";

const steps = ["source", "destination", "match", "rehearse", "live"];

const counted: DryRun = {
  leads: 1_212, create: 812, update: 341, unchanged: 47, refused: 12,
  refusals: [{ title: "HubSpot does not know the value “Webinar” for Lead source", count: 9 }, { title: "“ada@@example.com” is not an e-mail address", count: 3 }],
  compared_at: new Date().toISOString(), compared_records: 3_120, makes_field: "Leadferry lead ID",
};

export const setupArea: Area = ({ changed, scene }) => {
  const at = scene === "importing" ? 3 : steps.indexOf(scene);
  let wizard: WizardState = {
    step: steps[Math.max(at, 0)] ?? "source",
    source: at > 0 ? "src-file" : null, destination: at > 1 ? "dst-hubspot" : null, object: at > 1 ? "contacts" : null,
    sync: at > 1 ? "sync-file" : null, file: scene === "importing" ? "trade-fair.csv" : null, open: at > 0,
  };
  return {
    wizard: () => wizard,
    save_wizard: (next) => {
      wizard = next;
      changed("wizard");
      return {};
    },
    create_sync: () => mappingView(),
    dry_run: () => new Promise((settle) => setTimeout(() => settle(counted), 400)),
    go_live: ({ first }) => ({ runs: [51], waiting: first ?? 1_153 }),
    run: ({ id }) => ({
      row: {
        id, sync: { id: "sync-file", name: "Trade fair to HubSpot" }, kind: "manual", label: "", state: "done", text: "25 leads arrived.", started_at: minutesAgo(1), ended_at: minutesAgo(0),
        counts: { pending: 0, sending: 0, synced: 25, synced_today: 25, retrying: 0, failed: 0, skipped: 0 }, captured: 25, repeated: 0, merged: 0, broken: 0, cancellable: false, per_second: null, seconds_left: null,
      },
      broken: [],
    }),
  };
};
