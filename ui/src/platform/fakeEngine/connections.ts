import type { AccountView, ConnectionView, OAuthState, OAuthStatus } from "@/api/generated";
import { minutesAgo, refuse, type Area } from "./area";
import { connectors } from "./catalogue";

export const account: AccountView = {
  name: "Example Ltd", user: "dana@example.com", may: ["read fields", "write contacts", "write deals", "write tasks"], may_not: ["delete contacts"], sandbox: false, read_only: false,
};

const base = { role: "destination", base_url: null, way: null, host: null, practice: false, problem: null, settings: [], checked_at: minutesAgo(12), hooks: null } as const;

export const firstConnections = (): ConnectionView[] => [
  { ...base, settings: [], id: "dst-hubspot", connector: "hubspot", connector_name: "HubSpot", name: "Example Ltd", state: "connected", account, hooks: { state: "no_address", line: null, last_at: null }, syncs: [{ id: "sync-file", name: "Trade fair to HubSpot" }, { id: "sync-paused", name: "Calls to Example Ltd" }] },
  {
    ...base, settings: [{ name: "method", value: "post" }], id: "dst-partner", connector: "webhook", connector_name: "Any web address", name: "Partner CRM", state: "needs_access", base_url: "https://crm.example.net/leads",
    account: { name: "crm.example.net", user: null, may: ["send leads"], may_not: ["read back what is there"], sandbox: false, read_only: false },
    syncs: [{ id: "sync-chatbot", name: "Website chatbot to CRM" }],
    problem: { title: "Partner CRM no longer lets Leadferry in", meaning: "31 leads wait safely and go by themselves afterwards.", action: { do: "sign_in", connection: "dst-partner" }, technical: "401 Unauthorized" },
  },
  { ...base, settings: [], id: "src-chatbot", connector: "receiver", connector_name: "Receiver", role: "source", name: "Website chatbot", state: "connected", account: null, syncs: [{ id: "sync-chatbot", name: "Website chatbot to CRM" }] },
  { ...base, settings: [], id: "src-file", connector: "file", connector_name: "File", role: "source", name: "trade-fair.csv", state: "connected", account: null, syncs: [{ id: "sync-file", name: "Trade fair to HubSpot" }] },
];

/** Connections outlive an area: practice and sources add to them. */
export const book: { connections: ConnectionView[]; flows: Map<string, OAuthStatus> } = { connections: [], flows: new Map() };

export function beginFlow(state: OAuthState = { state: "waiting" }): OAuthStatus {
  const flow = `flow-${book.flows.size + 1}`;
  const status: OAuthStatus = { flow, url: `https://login.example.com/authorize?flow=${flow}`, state, expires_at: minutesAgo(-5) };
  book.flows.set(flow, status);
  return status;
}

export const connectionsArea: Area = ({ changed, scene }) => {
  book.connections = scene === "empty" ? [] : firstConnections();
  book.flows = new Map();
  const find = (id: string): ConnectionView => book.connections.find((one) => one.id === id) ?? refuse("There is no such connection any more. Go to Connections to see those there are.");
  const put = (next: ConnectionView): ConnectionView => {
    book.connections = [...book.connections.filter(({ id }) => id !== next.id), next];
    changed("connections");
    return next;
  };
  const made = (connector: string, role: string, reconnect: string | null): ConnectionView => {
    const spec = connectors.find(({ id }) => id === connector);
    const before = reconnect === null ? undefined : find(reconnect);
    return { ...base, settings: [], id: before?.id ?? `made-${book.connections.length}`, connector, connector_name: spec?.name ?? connector, name: before?.name ?? "Example Ltd", role, state: "connected", account, syncs: before?.syncs ?? [] };
  };
  const flowOf = (id: string): OAuthStatus => book.flows.get(id) ?? refuse("This sign-in has ended. Start it again.");
  return {
    connectors: () => connectors,
    connections: () => book.connections,
    connect: ({ connector, role, token, reconnect }) => {
      if (token === "wrong") refuse("This token was not accepted. Copy it again; a token is shown in full only once.");
      return put(made(connector, role, reconnect));
    },
    start_oauth: ({ connector, role, reconnect }) => {
      if (scene === "port") refuse("Another program holds the port the answer would come to. Close it, or connect with a token instead.");
      const status = beginFlow();
      // The consent given in the browser, a few looks later. Scenes keep the panel still for pictures.
      let looks = 0;
      Object.defineProperty(status, "state", {
        enumerable: true,
        get: (): OAuthState => {
          if (scene === "waiting") return { state: "waiting" };
          if (scene === "refused") return { state: "ended", problem: { title: "The sign-in was refused in the browser", meaning: "Nothing was connected. Sign in with an account that may approve apps.", action: null, technical: "access_denied" } };
          looks += 1;
          return looks < 3 ? { state: "waiting" } : { state: "connected", connection: put(made(connector, role, reconnect)) };
        },
      });
      return status;
    },
    oauth_status: ({ id }) => ({ ...flowOf(id) }),
    open_oauth: () => ({}),
    paste_oauth: ({ flow, url }) => {
      if (!url.includes("code=")) refuse("This address has no code in it. Copy the whole address of the page the browser ended on.");
      const connection = put(made("hubspot", "destination", null));
      return { ...flowOf(flow), state: { state: "connected", connection } };
    },
    cancel_oauth: ({ id }) => {
      book.flows.delete(id);
      return {};
    },
    check_connection: ({ id }) => put({ ...find(id), checked_at: new Date().toISOString() }),
    change_connection: ({ id, name }) => put({ ...find(id), ...(name !== null && { name }) }),
    disconnect: ({ id }) => {
      const { connector_name, syncs } = put({ ...find(id), state: "disconnected", account: null, problem: null });
      return { paused: syncs, message: `Access was given back at ${connector_name}. Its syncs are paused, and new leads are kept here.` };
    },
  };
};
