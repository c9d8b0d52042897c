// Made-up people and values for the gallery. Reserved domains and phone ranges only.
import type { DeliveryState } from "@/components/data/states";

export interface Person {
  key: string;
  name: string;
  email: string;
  phone: string;
  state: DeliveryState;
  attempts: number;
  minutesAgo: number;
}

const names = ["Ada Lovelace", "Grace Hopper", "Maximiliane Donaudampfschifffahrtsgesellschaft", "Katherine Johnson", "Alan Turing", "Annie Easley", "Edsger Dijkstra"];
const states: DeliveryState[] = ["failed", "retrying", "synced", "pending", "sending", "skipped"];

export function person(index: number): Person {
  const name = names[index % names.length] ?? "Ada Lovelace";
  return {
    key: String(index),
    name,
    email: `${(name.split(" ")[0] ?? "ada").toLowerCase()}.${index}@example.com`,
    phone: `07700 900${String(index % 1000).padStart(3, "0")}`,
    state: states[index % states.length] ?? "pending",
    attempts: index % 6,
    minutesAgo: index * 7 + 3,
  };
}

export const manyFields = Array.from({ length: 214 }, (_, at) => ({
  value: `field_${at}`,
  label: `${["Mobile phone", "Lead source", "Company size", "First name", "Lifecycle stage"][at % 5] ?? ""}${at < 5 ? "" : ` ${at}`}`,
  detail: `hs_field_${at}`,
}));

export const sampleLogo =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path d="M3 15h18l-3 5H6z" fill="#1b65ad"/><path d="M11 4v9H5zM13 6l5 7h-5z" fill="#24894f"/></svg>';

export const sampleBody = JSON.stringify({ inputs: [{ idProperty: "lead_id", id: "LF-0192", properties: { email: "ada@example.com", phone: "+447700900123", score: 85, hs_marketable: true, note: null } }] });
