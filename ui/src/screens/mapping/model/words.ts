// Rules in a few words, for pills, chips and announcements.
import type { Rule, Source, SourceField, Transform, Value } from "@/api/generated";
import { text } from "@/text/en";

const words = text.mapping;

export function valueWords(value: Value): string {
  switch (value.type) {
    case "blank":
      return words.empty;
    case "bool":
      return value.value ? words.yes : words.no;
    case "money":
      return [value.value.amount, value.value.currency].filter(Boolean).join(" ");
    case "list":
      return value.value.join(", ");
    default:
      return value.value;
  }
}

export const labelOf = (fields: readonly SourceField[], name: string): string => fields.find((field) => field.name === name)?.label ?? name;

export function sourceWords(source: Source, fields: readonly SourceField[]): string {
  switch (source.from) {
    case "field":
      return labelOf(fields, source.name);
    case "first_of":
      return source.names.map((name) => labelOf(fields, name)).join(words.orElse);
    case "join":
      return source.names.map((name) => labelOf(fields, name)).join(words.plus);
    case "fixed":
      return words.fixedPill(valueWords(source.value));
    case "formula":
      return `${words.formulaPill} ${source.expression}`;
    case "when":
      return [source.then, source.otherwise].flatMap((each) => (each ? [sourceWords(each, fields)] : [])).join(words.orElse);
  }
}

/** A step as a chip says it: short, with what matters of its settings. */
export function stepWords(step: Transform, defaults?: { region: string | null }): string {
  switch (step.step) {
    case "name_part":
      return words.parts[step.part];
    case "phone": {
      const region = step.region ?? defaults?.region;
      return region ? `E.164 (${region})` : "E.164";
    }
    case "translate":
      return `${step.table.length} translated`;
    case "default_if_blank":
      return `or “${valueWords(step.value)}”`;
    case "truncate":
      return `≤ ${step.length}`;
    case "replace":
      return `“${step.find}” → “${step.with}”`;
    default:
      return words.steps[step.step];
  }
}

export const stepsWords = (steps: readonly Transform[]): string => steps.map((step) => words.steps[step.step]).join(", ");

export const ruleWords = (rule: Rule, fields: readonly SourceField[]): string => sourceWords(rule.source, fields);
