// A made-up person to see that a source works. Reserved domain and phone range only.
import type { Pair } from "@/api/generated";

export const testLead: Pair[] = [
  { name: "name", value: "Ada Lovelace" },
  { name: "email", value: "ada.lovelace@example.com" },
  { name: "phone", value: "07700 900123" },
  { name: "message", value: "A test lead from Leadferry." },
];
