// Made-up people as untidy as real ones: phones and e-mails in several spellings, one of them twice, one with only a
// phone. Reserved domains and phone ranges only.
import type { Pair } from "@/api/generated";

const rows: readonly (readonly [name: string, email: string, phone: string, company: string, message: string])[] = [
  ["Ada Lovelace", "Ada@Example.com", "07700 900123", "Analytical Engines", "Wants a quote for ten seats"],
  ["HOPPER, Grace", "grace.hopper@example.org", "+44 7700 900456", "Compilers Ltd", "Call after three"],
  ["ada lovelace", " ada@example.com ", "+447700900123", "", "Second visit to the price page"],
  ["Katherine  Johnson", "katherine@example.net", "020 7946 0123", "Orbit & Co", ""],
  ["dr. Alan Turing", "alan.turing@EXAMPLE.com", "(07700) 900789", "Bletchley Works", "Prefers e-mail"],
  ["Annie Easley", "annie@example.org", "07700-900234", "", "Asked for the brochure"],
  ["Maximiliane von der Donau", "max@example.net", "00447700900345", "Donaudampfschifffahrtsgesellschaft", "Long names are fine"],
  ["Edsger Dijkstra", "edsger@example.com", "", "Shortest Path", "Newsletter"],
  ["Margaret Hamilton", "m.hamilton@example.org", "07700 900567", "Moonshot", "Webinar"],
  ["Radia Perlman", "", "+44 7700 900678", "Spanning Tree", "Only a phone number"],
  ["Linus", "linus@example.net", "07700 900890", "", "One name only"],
  ["Hedy Lamarr", "hedy.lamarr@example.com", "020 7946 0456", "Hopping Frequencies", "Wants a demo next week"],
];

export const sampleLeads: readonly Pair[][] = rows.map(([name, email, phone, company, message]) =>
  Object.entries({ name, email, phone, company, message }).filter(([, value]) => value !== "").map(([field, value]) => ({ name: field, value })),
);
