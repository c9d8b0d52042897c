// What the desk, leads and activity need of other areas. First in the list: the areas those belong to answer over it.
import type { ConnectorView, Field, Home } from "@/api/generated";
import { minutesAgo, type Area } from "./area";
import { labels } from "./explain";
import { HUBSPOT_SYNC, leadSources, LONGEST_MESSAGE, PARTNER_SYNC } from "./ledger";

const connector = (id: string, drawing: string): ConnectorView => ({
  id, name: id, tagline: "", logo: `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">${drawing}</svg>`, is_source: false, is_destination: true, auth: [{ kind: "none" }], base_url: null, base_url_entered: false, objects: [], settings: [], has_practice: false, hands_over: false, docs: "https://example.com/docs", checked: "2026-11-02",
});
const party = (id: string, name: string, connector: string) => ({ connection: { id, name }, connector, object: null });
const counts = { pending: 0, sending: 0, synced: 759, synced_today: 741, retrying: 0, failed: 441, skipped: 0 };
const sync = (named: { id: string; name: string }, from: ReturnType<typeof party>, to: ReturnType<typeof party>): Home["syncs"][number] => ({
  ...named, source: from, destination: to, state: "on", paused_until: null, mode: { kind: "real_time" }, last_synced_at: minutesAgo(2), next_run_at: null, counts, excluded: [], p50_ms: 2_400, p95_ms: 11_800, success_rate: 0.6, series: [], quota: [], has_draft: false,
});

const kinds: Record<string, Field["kind"]> = { email: "email", phone: "phone", lead_source: "choice", message: "long_text" };
const fields = Object.entries(labels).map(([name, label]): Field => ({
  name, label, kind: kinds[name] ?? "text", required: name === "lastname", read_only: false, unique: false, custom: false,
  options: name === "lead_source" ? leadSources.map((value) => ({ value, label: value, hidden: false })) : [], max_length: name === "message" ? LONGEST_MESSAGE : null, group: null, help: null,
}));

export const errorsBackdrop: Area = ({ scene }) => ({
  try_lane: () => ({}),
  home: () => ({
    sentence: { mood: "needs_you", text: "3 things need you.", at: null }, needs_you: scene === "calm" || scene === "empty" ? 0 : 3, sorting_themselves: 1, waiting: 35,
    syncs: scene === "empty" ? [] : [sync(HUBSPOT_SYNC, party("src-file", "trade-fair.csv", "file"), party("dst-hubspot", "Example Ltd", "hubspot")), sync(PARTNER_SYNC, party("src-chatbot", "Website chatbot", "receiver"), party("dst-partner", "Partner CRM", "webhook"))],
    lanes: [], offline_since: scene === "offline" ? minutesAgo(18) : null,
  }),
  connectors: () => [connector("hubspot", '<circle cx="12" cy="12" r="7" fill="none" stroke="#ff5c35" stroke-width="3"/>'), connector("webhook", '<path d="M4 12h16M14 6l6 6-6 6" fill="none" stroke="#1b65ad" stroke-width="2.4"/>')],
  connections: () => [],
  sync_now: () => ({ runs: [40], waiting: 1 }),
  mapping: ({ id }) => ({
    sync: id, name: HUBSPOT_SYNC.name, destination: "Example Ltd", draft: { format: 1, version: 1, object: "contacts", rules: [], defaults: { region: null, zone: null, date_order: null, decimal: null, currency: null } },
    live_version: 1, changed: false, schema: { object: "contacts", label: "Contact", fields, one_of: [], open: false }, schema_read_at: minutesAgo(2), source_fields: [], sample_count: 25, drift: [], templates: [],
  }),
});
