import type { Home, LaneView, SyncRow, SyncSettings } from "@/api/generated";
import { minutesAgo, type Area } from "./area";
import { ledgerOf } from "./ledger";

const party = (id: string, name: string, connector: string, object: string | null = null) => ({ connection: { id, name }, connector, object });
const noCounts = { pending: 0, sending: 0, synced: 0, synced_today: 0, retrying: 0, failed: 0, skipped: 0 };

function syncs(): SyncRow[] {
  return [
    {
      id: "sync-file", name: "Trade fair to HubSpot", source: party("src-file", "trade-fair.csv", "file"), destination: party("dst-hubspot", "Example Ltd", "hubspot", "contacts"),
      state: "on", paused_until: null, mode: { kind: "real_time" }, last_synced_at: minutesAgo(2), next_run_at: null,
      counts: { pending: 0, sending: 0, synced: 741, synced_today: 741, retrying: 0, failed: 441, skipped: 0 },
      excluded: [{ reason: "have no e-mail or phone", count: 15 }, { reason: "opted out", count: 3 }],
      p50_ms: 2_400, p95_ms: 11_800, success_rate: 0.627, series: [0, 0, 12, 9, 14, 11, 3, 2, 16, 12, 15, 9, 13, 741],
      quota: [{ bucket: "today", left: 583_200, limit: 650_000, resets_at: minutesAgo(-600) }], has_draft: true,
    },
    {
      id: "sync-chatbot", name: "Website chatbot to CRM", source: party("src-chatbot", "Website chatbot", "receiver"), destination: party("dst-partner", "Partner CRM", "webhook"),
      state: "on", paused_until: null, mode: { kind: "schedule", cron: "0 * * * *" }, last_synced_at: minutesAgo(46), next_run_at: minutesAgo(-14),
      counts: { pending: 22, sending: 0, synced: 1_204, synced_today: 18, retrying: 9, failed: 0, skipped: 2 },
      excluded: [], p50_ms: 640, p95_ms: 2_100, success_rate: 0.998, series: [31, 28, 40, 22, 19, 35, 33, 37, 29, 41, 25, 30, 34, 18], quota: [], has_draft: false,
    },
    {
      id: "sync-paused", name: "Calls to Example Ltd", source: party("src-calls", "Call tracking", "receiver"), destination: party("dst-hubspot", "Example Ltd", "hubspot", "contacts"),
      state: "paused", paused_until: minutesAgo(-55), mode: { kind: "manual" }, last_synced_at: minutesAgo(1_500), next_run_at: null,
      counts: { ...noCounts, pending: 4, synced: 96 }, excluded: [], p50_ms: 900, p95_ms: 4_000, success_rate: 1, series: [4, 9, 6, 8, 7, 5, 9, 12, 6, 7, 8, 9, 6, 0],
      quota: [{ bucket: "today", left: 583_200, limit: 650_000, resets_at: minutesAgo(-600) }], has_draft: false,
    },
  ];
}

const lanes = (): LaneView[] => [
  {
    connection: { id: "dst-partner", name: "Partner CRM" }, connector: "webhook", state: "down",
    text: "Partner CRM is not answering since 14:02. 31 leads are waiting safely. Next try 14:20.", since: minutesAgo(18), next_try_at: minutesAgo(-6), waiting: 31,
  },
];

function fullHome(): Home {
  return {
    sentence: { mood: "needs_you", text: "3 things need you: 441 leads wait for a decision.", at: minutesAgo(2) },
    needs_you: 3, sorting_themselves: 1, waiting: 35, syncs: syncs(), lanes: lanes(), offline_since: null,
  };
}

const empty: Home = { sentence: { mood: "empty", text: "Nothing is connected yet.", at: null }, needs_you: 0, sorting_themselves: 0, waiting: 0, syncs: [], lanes: [], offline_since: null };

export const homeArea: Area = (engine) => {
  const { changed, scene } = engine;
  let home: Home = scene === "empty" ? empty : fullHome();
  if (scene === "offline") {
    home = { ...home, sentence: { mood: "offline", text: "No internet since 14:02. 35 leads are kept here.", at: minutesAgo(18) }, offline_since: minutesAgo(18) };
  }
  if (scene === "calm") {
    const calm = home.syncs.map((row): SyncRow => ({ ...row, state: "on", paused_until: null, counts: { ...row.counts, failed: 0, retrying: 0, pending: 0 } }));
    home = { ...home, sentence: { mood: "calm", text: "All 2,041 leads are where they belong. The last one arrived 2 minutes ago.", at: minutesAgo(2) }, needs_you: 0, sorting_themselves: 0, waiting: 0, lanes: [], syncs: calm };
  }
  const kept = new Map<string, Pick<SyncSettings, "retry_minutes" | "match_order">>();
  const rowOf = (id: string): SyncRow => {
    const row = home.syncs.find((sync) => sync.id === id);
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- the contract's error is a plain value
    if (!row) throw { code: "not_found", message: "There is no such sync any more. Go to Home to see those there are." };
    return row;
  };
  const settingsOf = (id: string): SyncSettings => ({
    row: rowOf(id),
    ...(kept.get(id) ?? { retry_minutes: [1, 5, 15, 30, 60], match_order: ["record_id", "lead_id", "email", "phone"] }),
  });
  const change = (id: string | null, next: Partial<SyncRow>) => {
    home = { ...home, syncs: home.syncs.map((row) => (id === null || row.id === id ? { ...row, ...next } : row)) };
    changed("syncs");
    return { count: id === null ? home.syncs.length : 1 };
  };
  return {
    home: () => {
      // eslint-disable-next-line @typescript-eslint/only-throw-error -- the contract's error is a plain value
      if (scene === "broken") throw { code: "disk", message: "The data folder's disk is full, so nothing can be read. Free 200 MB and open this page again." };
      return home;
    },
    sync_settings: ({ id }) => settingsOf(id),
    sync_now: ({ id }) => ({ runs: id === null ? [41, 42] : [41], waiting: id === null ? 35 : rowOf(id).counts.pending }),
    pause_sync: ({ id, until }) => change(id, { state: "paused", paused_until: until }),
    resume_sync: ({ id }) => change(id, { state: "on", paused_until: null }),
    change_sync: ({ id, name, mode, retry_minutes, match_order }) => {
      const before = settingsOf(id);
      kept.set(id, { retry_minutes: retry_minutes ?? before.retry_minutes, match_order: match_order ?? before.match_order });
      change(id, { ...(name !== null && { name }), ...(mode !== null && { mode }) });
      return settingsOf(id);
    },
    delete_sync: ({ id }) => {
      home = { ...home, syncs: home.syncs.filter((row) => row.id !== id) };
      changed("syncs");
      return {};
    },
    try_lane: ({ id }) => {
      home = { ...home, lanes: home.lanes.filter((lane) => lane.connection.id !== id) };
      // The leads that waited for it go.
      for (const one of ledgerOf(engine).held) if (one.state === "retrying") Object.assign(one, { state: "synced", minutes: 0 });
      changed("lanes");
      return {};
    },
  };
};
