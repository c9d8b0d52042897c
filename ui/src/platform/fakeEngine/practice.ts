import type { PracticeView } from "@/api/generated";
import { type Area } from "./area";
import { account, beginFlow, book } from "./connections";

const calm = { rate_limited: false, outage: false, delay_ms: 0, expired_token: false, revoked: false, lost_answers: false, partial_failures: false };

export const practiceArea: Area = ({ changed, scene }) => {
  let one: PracticeView = {
    connector: "hubspot", dialect: "hubspot", name: "Practice HubSpot", running: scene !== "empty", base_url: "http://127.0.0.1:41234",
    records: [{ object: "contacts", count: 812 }, { object: "companies", count: 96 }, { object: "deals", count: 14 }], weather: calm,
  };
  const become = (next: Partial<PracticeView>): PracticeView => {
    one = { ...one, ...next };
    changed("practice");
    return one;
  };
  return {
    practice: () => [one],
    start_practice: () => become({ running: true }),
    stop_practice: () => {
      become({ running: false });
      return {};
    },
    connect_practice: () => {
      const id = "dst-practice";
      const connection = {
        id, connector: "hubspot", connector_name: "HubSpot", name: "Practice account", role: "destination", state: "connected" as const, base_url: one.base_url, way: "o_auth", host: null, hooks: null, practice: true, syncs: [],
        checked_at: new Date().toISOString(), problem: null, settings: [], account: { ...account, name: "Practice account", user: "you@example.com", sandbox: true },
      };
      book.connections = [...book.connections.filter((other) => other.id !== id), connection];
      changed("connections");
      return beginFlow({ state: "connected", connection });
    },
    // Events happen when set and read back as off.
    set_weather: ({ weather }) => become({ weather: { ...weather, expired_token: false, revoked: false } }),
  };
};
