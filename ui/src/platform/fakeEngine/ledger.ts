// What the fake engine keeps about people: 1,200 leads of one sync, 441 of them refused for three causes, and 9 of another
// that are tried again. Refusals are computed from values and rules, as in the real engine, so that a preview can be held
// against what comes of it.
import type { DeliveryState, GroupFix } from "@/api/generated";
import { minutesAgo, refuse, type Engine } from "./area";

export const HUBSPOT_SYNC = { id: "sync-file", name: "Trade fair to HubSpot" };
export const PARTNER_SYNC = { id: "sync-chatbot", name: "Website chatbot to CRM" };
export const LONGEST_MESSAGE = 255;
export const leadSources = ["Web form", "Trade fair", "Phone call", "Referral", "Online event"];

export interface Held {
  id: number;
  sync: typeof HUBSPOT_SYNC;
  lead: string;
  name: string;
  email: string;
  /** What the mapping gives, by destination field. */
  values: Record<string, string>;
  edits: Record<string, string>;
  leftOut: Set<string>;
  state: DeliveryState;
  skippedFor: string | undefined;
  minutes: number;
  attempts: number;
}

export interface Fault {
  field: string;
  problem: "UnknownOption" | "Required" | "TooLong" | "NotPhone";
  value: string;
}

export interface Rules {
  translations: Map<string, string>;
  defaults: Map<string, string>;
  shortened: Set<string>;
  region: string | undefined;
}

export interface FakeRun {
  id: number;
  kind: string;
  label: string;
  ids: number[];
  done: number;
  synced: number;
  cancelled: boolean;
  startedAt: string;
}

export interface Ledger {
  held: Held[];
  rules: Rules;
  runs: FakeRun[];
  asides: Map<string, { state: string; until: string | null; reason: string | null }>;
  /** Deliveries sent at each look at a run. */
  pace: number;
}

const first = ["Ada", "Grace", "Katherine", "Alan", "Annie", "Edsger", "Radia", "Barbara", "Margaret", "Tim", "Hedy", "Maximiliane"];
const last = ["Lovelace", "Hopper", "Johnson", "Turing", "Easley", "Dijkstra", "Perlman", "Liskov", "Hamilton", "Berners", "Lamarr", "Donaudampfschifffahrt"];

const WEBINAR = 412;
const NO_LAST_NAME = 23;
const LONG_MESSAGE = 6;
/** Of the 412, these have a phone without a country, and of those the last five too few digits as well. */
const HARD = 14;
const TOO_SHORT = 5;

function held(id: number): Held {
  const given = first[id % first.length] ?? "Ada";
  const family = last[(id * 7 + Math.floor(id / 12)) % last.length] ?? "Lovelace";
  const email = `${given}.${family}.${id}@example.com`.toLowerCase();
  const values: Record<string, string> = {
    email, firstname: given, lastname: family, phone: `+447700900${String(id % 1000).padStart(3, "0")}`, lead_source: leadSources[id % 4] ?? "Web form", message: "I would like to see a demo next week.",
  };
  let state: DeliveryState = "synced";
  let name = `${given} ${family}`;
  if (id <= WEBINAR) {
    values.lead_source = "Webinar";
    if (id <= HARD) values.phone = id > HARD - TOO_SHORT ? `90${id}` : `7700 900${String(id).padStart(3, "0")}`;
    state = "failed";
  } else if (id <= WEBINAR + NO_LAST_NAME) {
    values.lastname = "";
    name = given;
    state = "failed";
  } else if (id <= WEBINAR + NO_LAST_NAME + LONG_MESSAGE) {
    values.message = "We met at your stand and talked about the spring campaign. ".repeat(6).trim();
    state = "failed";
  }
  return { id, sync: HUBSPOT_SYNC, lead: `lead-${id}`, name, email, values, edits: {}, leftOut: new Set(), state, skippedFor: undefined, minutes: 3 + id * 2, attempts: state === "failed" ? 2 : 1 };
}

function retrying(id: number): Held {
  return { ...held(id), sync: PARTNER_SYNC, state: "retrying", minutes: 18, attempts: 3 };
}

const ledgers = new WeakMap<Engine["changed"], Ledger>();

/** The ledger of an engine: every area of it sees the same one. */
export function ledgerOf({ changed, scene }: Engine): Ledger {
  const known = ledgers.get(changed);
  if (known) return known;
  const people = Array.from({ length: 1_200 }, (_, at) => held(at + 1));
  const waiting = Array.from({ length: 9 }, (_, at) => retrying(1_201 + at));
  const calm = scene === "calm" || scene === "empty";
  const ledger: Ledger = {
    held: scene === "empty" ? [] : calm ? people.filter(({ state }) => state === "synced") : [...people, ...waiting],
    rules: { translations: new Map(), defaults: new Map(), shortened: new Set(), region: undefined },
    runs: scene === "empty" ? [] : [{ id: 40, kind: "import", label: "trade-fair.csv", ids: people.map(({ id }) => id), done: 1_200, synced: 759, cancelled: false, startedAt: minutesAgo(4_320) }],
    asides: new Map(),
    pace: scene === "instant" ? Number.POSITIVE_INFINITY : 40,
  };
  ledgers.set(changed, ledger);
  return ledger;
}

export function heldOf(ledger: Ledger, id: number): Held {
  return ledger.held.find((one) => one.id === id) ?? refuse("This delivery is no longer kept. Search for the person in Leads.");
}

/** What would be sent, or nothing where the field is left out. */
export function valueOf(rules: Rules, delivery: Held, field: string): string | undefined {
  if (delivery.leftOut.has(field)) return undefined;
  let value = delivery.edits[field] ?? delivery.values[field] ?? "";
  if (field === "lead_source") value = rules.translations.get(value.toLowerCase()) ?? value;
  if (value === "") value = rules.defaults.get(field) ?? "";
  return rules.shortened.has(field) ? value.slice(0, LONGEST_MESSAGE) : value;
}

/** Why the destination would refuse it now; the first is what a person is told. */
export function faultsOf(rules: Rules, delivery: Held): Fault[] {
  const faults: Fault[] = [];
  const look = (field: string, problem: Fault["problem"], bad: (value: string) => boolean) => {
    const value = valueOf(rules, delivery, field);
    if (value !== undefined && bad(value)) faults.push({ field, problem, value });
  };
  look("lead_source", "UnknownOption", (value) => value !== "" && !leadSources.includes(value));
  if ((valueOf(rules, delivery, "lastname") ?? "") === "") faults.push({ field: "lastname", problem: "Required", value: "" });
  look("message", "TooLong", (value) => value.length > LONGEST_MESSAGE);
  look("phone", "NotPhone", (value) => value !== "" && !/^\+\d{8,}$/.test(value.replaceAll(" ", "")) && !(rules.region !== undefined && /^\d{10,}$/.test(value.replaceAll(" ", ""))));
  return faults;
}

/** As the engine makes keys: each unknown option is a group of its own. */
export const keyOf = ({ field, problem, value }: Fault): string => `invalid|${field}:${problem}:${problem === "UnknownOption" ? value : ""}`;

export function groupOf(ledger: Ledger, delivery: Held): string | undefined {
  if (delivery.state === "retrying") return "unavailable|";
  const fault = faultsOf(ledger.rules, delivery)[0];
  return fault && keyOf(fault);
}

/** The same world with a fix in it; nothing of the given one changes. */
export function withFix(rules: Rules, people: readonly Held[], fix: GroupFix): { rules: Rules; people: Held[] } {
  const next: Rules = { ...rules, translations: new Map(rules.translations), defaults: new Map(rules.defaults), shortened: new Set(rules.shortened) };
  const each = (change: (person: Held) => Partial<Held>) => people.map((person) => ({ ...person, ...change(person) }));
  switch (fix.fix) {
    case "translate":
      for (const { name, value } of fix.table) next.translations.set(name.toLowerCase(), value);
      return { rules: next, people: [...people] };
    case "default":
      next.defaults.set(fix.field, fix.value);
      return { rules: next, people: [...people] };
    case "shorten":
      next.shortened.add(fix.field);
      return { rules: next, people: [...people] };
    case "region":
      next.region = fix.region;
      return { rules: next, people: [...people] };
    case "set_value":
      return { rules: next, people: each(({ edits }) => ({ edits: { ...edits, [fix.field]: fix.value } })) };
    case "leave_out":
      return { rules: next, people: each(({ leftOut }) => ({ leftOut: new Set([...leftOut, fix.field]) })) };
  }
}
