import { expect, it } from "vitest";
import type { Field, Mapping, MappingCheck, ObjectSchema } from "@/api/generated";
import { place } from "./edit";
import { linesOf, narrowed, rowsOf, suggestionKey } from "./rows";
import { pairings, withTranslation } from "./picklist";

const field = (name: string, label: string, more: Partial<Field> = {}): Field => ({ name, label, kind: "text", required: false, read_only: false, unique: false, custom: false, options: [], max_length: null, group: null, help: null, ...more });
const empty: Mapping = { format: 1, version: 1, object: "contacts", rules: [], defaults: { region: null, zone: null, date_order: null, decimal: null, currency: null } };
const schema: ObjectSchema = { object: "contacts", label: "Contact", one_of: [], open: false, fields: [field("email", "Email", { required: true }), field("hs_stage", "Lifecycle"), field("city", "Città"), field("size", "Company size"), field("web", "Website")] };
const check: MappingCheck = {
  problems: [{ code: "unknown_option", severity: "warning", target: "hs_stage", message: "Webinar is no option.", fix: null }],
  suggestions: [{ target: "size", source: { from: "field", name: "employees" }, transforms: [], confidence: 70, reason: "name" }],
  values: [{ target: "web", value: "https://www.example.com", warning: null }], source_values: [], impossible: [],
};

it("groups every field once, in the order a person works through them", () => {
  const mapping = place(place(empty, "hs_stage", "type"), "web", "page");
  expect(rowsOf(schema, mapping, check, []).map(({ field: { name }, group }) => [name, group])).toEqual([["email", "required"], ["hs_stage", "needsYou"], ["city", "rest"], ["size", "suggested"], ["web", "matched"]]);
  expect(linesOf(rowsOf(schema, mapping, check, [])).filter(({ kind }) => kind === "row")).toHaveLength(5);
});

it("finds labels without accents, and internal names", () => {
  const rows = rowsOf(schema, empty, check, []);
  expect(narrowed(rows, "all", "citta").map((row) => row.field.name)).toEqual(["city"]);
  expect(narrowed(rows, "all", "hs_").map((row) => row.field.name)).toEqual(["hs_stage"]);
  expect(narrowed(rows, "required", "").map((row) => row.field.name)).toEqual(["email"]);
});

it("does not offer a rejected suggestion again, and shows a rule whose field is gone", () => {
  const rejected = check.suggestions.map(suggestionKey);
  expect(narrowed(rowsOf(schema, empty, check, rejected), "suggested", "")).toEqual([]);
  expect(rowsOf(schema, place(empty, "campaign_2023", "c"), check, []).filter(({ gone }) => gone).map((row) => row.field.name)).toEqual(["campaign_2023"]);
});

it("pairs values with options by themselves and writes them down once something is translated", () => {
  const stage = field("stage", "Stage", { kind: "choice", options: [{ value: "lead", label: "Lead", hidden: false }, { value: "sub", label: "Subscriber", hidden: false }] });
  expect(pairings([{ value: " LEAD", count: 3 }, { value: "Webinar", count: 2 }], stage, [])).toEqual([
    { from: " LEAD", count: 3, to: "lead", byItself: true },
    { from: "Webinar", count: 2, to: undefined, byItself: false },
  ]);
  const rule = place(empty, "stage", "type").rules[0]!;
  expect(withTranslation(rule, stage, ["Lead", "Webinar"], { from: "Webinar", to: "sub" }, { rule: "hold" })).toEqual([
    { step: "translate", table: [{ from: "Webinar", to: "sub" }, { from: "Lead", to: "lead" }], rest: { rule: "hold" } },
  ]);
});
