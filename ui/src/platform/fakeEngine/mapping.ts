import type { Field, MappingView, Rule } from "@/api/generated";
import { minutesAgo } from "./area";

const field = (name: string, label: string, kind: Field["kind"]): Field => ({
  name, label, kind, required: false, read_only: false, unique: false, custom: false, options: [], max_length: null, group: null, help: null,
});
const rule = (target: string, source: string): Rule => ({
  target, source: { from: "field", name: source }, transforms: [], overwrite: "if_empty", blank_overwrites: false, direction: "to_destination", when: null,
});

export const mappingView = (): MappingView => ({
  sync: "sync-file", name: "Trade fair to HubSpot", destination: "Example Ltd",
  draft: { format: 1, version: 0, object: "contacts", rules: [rule("email", "E-Mail"), rule("firstname", "Name"), rule("lastname", "Name"), rule("phone", "Phone")], defaults: { region: "GB", zone: null, date_order: null, decimal: null, currency: null } },
  live_version: null, changed: true,
  schema: { object: "contacts", label: "Contact", fields: [field("email", "Email", "email"), field("firstname", "First name", "text"), field("lastname", "Last name", "text"), field("phone", "Phone number", "phone")], one_of: [["email", "firstname", "lastname"]], open: false },
  schema_read_at: minutesAgo(2), source_fields: [], sample_count: 25, drift: [], templates: [],
});
