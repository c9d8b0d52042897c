// What the list of destination fields shows: every field once, in five groups, narrowed by what is typed and by a chip.
import type { Field, Mapping, MappingCheck, ObjectSchema, Problem, Rule, Suggestion } from "@/api/generated";
import { fold } from "@/components/fields/matching";

export type Group = "required" | "needsYou" | "matched" | "suggested" | "rest";
export const groups: readonly Group[] = ["required", "needsYou", "matched", "suggested", "rest"];
export type Chip = "all" | Exclude<Group, "rest">;

export interface Row {
  field: Field;
  rule: Rule | undefined;
  problems: readonly Problem[];
  suggestion: Suggestion | undefined;
  value: string | null | undefined;
  warning: string | null;
  group: Group;
  /** Nothing of this name is at the destination any more. */
  gone: boolean;
}

export type Line = { kind: "heading"; group: Group; count: number } | { kind: "row"; row: Row };

export const suggestionKey = ({ target, source }: Suggestion): string => `${target} ${JSON.stringify(source)}`;

/** Each field's haystack is folded once; typing then only compares. */
const hays = new WeakMap<Field, string>();
function hayOf(field: Field): string {
  const known = hays.get(field);
  if (known !== undefined) return known;
  const hay = fold(`${field.label} ${field.name} ${field.group ?? ""}`);
  hays.set(field, hay);
  return hay;
}

export function rowsOf(schema: ObjectSchema, mapping: Mapping, check: MappingCheck | undefined, rejected: readonly string[]): Row[] {
  const rules = new Map(mapping.rules.map((rule) => [rule.target, rule]));
  const values = new Map(check?.values.map((value) => [value.target, value]));
  const suggestions = new Map(check?.suggestions.filter((each) => !rejected.includes(suggestionKey(each))).map((each) => [each.target, each]));
  const problems = new Map<string, Problem[]>();
  for (const problem of check?.problems ?? []) {
    if (problem.target !== null) problems.set(problem.target, [...(problems.get(problem.target) ?? []), problem]);
  }
  const known = new Set(schema.fields.map(({ name }) => name));
  const gone = mapping.rules.filter(({ target }) => !known.has(target)).map(({ target }) => missingField(target));
  return [...gone, ...schema.fields].map((field): Row => {
    const rule = rules.get(field.name);
    const own = problems.get(field.name) ?? [];
    const suggestion = rule ? undefined : suggestions.get(field.name);
    const value = rule ? values.get(field.name) : undefined;
    return {
      field, rule, problems: own, suggestion, value: value?.value, warning: value?.warning ?? null,
      group: groupOf(field, rule, own, suggestion), gone: !known.has(field.name),
    };
  });
}

function groupOf(field: Field, rule: Rule | undefined, problems: readonly Problem[], suggestion: Suggestion | undefined): Group {
  if (field.required) return "required";
  if (problems.length > 0) return "needsYou";
  if (rule) return "matched";
  return suggestion ? "suggested" : "rest";
}

/** A rule whose field is gone is still shown, so that it can be moved or removed. */
const missingField = (name: string): Field => ({
  name, label: name, kind: "other", required: false, read_only: false, unique: false, custom: true, options: [], max_length: null, group: null, help: null,
});

export function isIn(row: Row, chip: Chip): boolean {
  switch (chip) {
    case "all":
      return true;
    case "required":
      return row.field.required;
    case "needsYou":
      return row.problems.length > 0;
    case "matched":
      return row.rule !== undefined;
    case "suggested":
      return row.suggestion !== undefined;
  }
}

/** Rows that hold every typed word in label, internal name or section. */
export function narrowed(rows: readonly Row[], chip: Chip, query: string): Row[] {
  const words = fold(query).split(/\s+/).filter(Boolean);
  return rows.filter((row) => isIn(row, chip) && words.every((word) => hayOf(row.field).includes(word)));
}

/** Rows under their headings, in the order of the groups. */
export function linesOf(rows: readonly Row[]): Line[] {
  return groups.flatMap((group) => {
    const own = rows.filter((row) => row.group === group);
    return own.length === 0 ? [] : [{ kind: "heading", group, count: own.length } as const, ...own.map((row) => ({ kind: "row", row }) as const)];
  });
}

/** How many things wait for the person before leads can go as they should. */
export const needsYou = (check: MappingCheck | undefined): number => check?.problems.length ?? 0;
