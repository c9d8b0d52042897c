// A small stand-in for the engine's checking: enough rules for every look of the editor. The real ones live in Rust.
import type { Field, Impossible, Mapping, MappingCheck, Problem, SampleValue, Source, SourceField, Suggestion, Transform } from "@/api/generated";

const textual = ["text", "long_text", "choice"];

/** Why a source cannot fill a field as it is, and with what it could. */
function clash(source: SourceField, target: Field): Impossible | undefined {
  const pair = { source: source.name, target: target.name };
  const why = (words: string, steps: Transform[] | null = null): Impossible => ({ ...pair, why: words, with: steps });
  if (target.read_only) return why(`The destination fills ${target.label} by itself.`);
  if (source.kind === target.kind || ["text", "long_text"].includes(target.kind)) return undefined;
  const isText = textual.includes(source.kind);
  switch (target.kind) {
    case "phone":
      return isText || source.kind === "number" ? why("Text is not a phone number yet.", [{ step: "phone", region: null, country_field: null }]) : why(`${source.label} cannot become a phone number.`);
    case "email":
      return isText ? why("Text is not an e-mail address yet.", [{ step: "email" }]) : why(`${source.label} cannot become an e-mail address.`);
    case "date":
      return isText || source.kind === "date_time" ? why("Text is not a date yet.", [{ step: "read_date", format: null, zone: null }]) : why(`${source.label} cannot become a date.`);
    case "date_time":
      return isText || source.kind === "date" ? why("Text is not a date yet.", [{ step: "read_date_time", format: null, zone: null }]) : why(`${source.label} cannot become a date with a time.`);
    case "number":
      return isText ? why("Text is not a number yet.", [{ step: "read_number", decimal: null }]) : why(`${source.label} cannot become a number.`);
    case "money":
      return isText || source.kind === "number" ? why("A number is no amount yet.", [{ step: "read_money", decimal: null, currency: null }]) : why(`${source.label} cannot become an amount of money.`);
    case "bool":
      return isText ? why("Text is not yes or no yet.", [{ step: "read_bool", yes: [], no: [] }]) : why(`${source.label} cannot become yes or no.`);
    default:
      return isText ? undefined : why(`${source.label} cannot become one of the options of ${target.label}.`);
  }
}

function applied(value: string, step: Transform, region: string | null): string {
  switch (step.step) {
    case "trim":
      return value.trim();
    case "lower_case":
    case "email":
      return value.trim().toLowerCase();
    case "upper_case":
      return value.toUpperCase();
    case "name_part":
      return (step.part === "first" ? value.split(" ")[0] : value.split(" ").slice(1).join(" ")) ?? "";
    case "phone":
      return value.startsWith("0") && (step.region ?? region) === "GB" ? `+44${value.slice(1).replaceAll(" ", "")}` : value;
    case "translate":
      return step.table.find(({ from }) => from === value)?.to ?? value;
    case "truncate":
      return value.slice(0, step.length);
    case "replace":
      return value.replaceAll(step.find, step.with);
    default:
      return value;
  }
}

export function sampleOf(fields: readonly SourceField[], sample: number): Map<string, string> {
  return new Map(fields.map(({ name, samples }) => [name, samples[sample % Math.max(samples.length, 1)] ?? ""]));
}

function valueOf(source: Source, sample: ReadonlyMap<string, string>): string {
  switch (source.from) {
    case "field":
      return sample.get(source.name) ?? "";
    case "first_of":
      return source.names.map((name) => sample.get(name) ?? "").find(Boolean) ?? "";
    case "join":
      return source.names.map((name) => sample.get(name) ?? "").filter(Boolean).join(source.separator);
    case "fixed":
      return source.value.type === "text" || source.value.type === "number" ? source.value.value : "";
    case "formula":
      return source.expression.replaceAll(/field\("([^"]+)"\)/g, (_, name: string) => sample.get(name) ?? "");
    case "when":
      return valueOf(source.then, sample);
  }
}

/** After each step, for the test screen. */
export function stepsOf(source: Source, transforms: readonly Transform[], sample: ReadonlyMap<string, string>, region: string | null): string[] {
  return transforms.reduce<string[]>((values, step) => [...values, applied(values.at(-1) ?? "", step, region)], [valueOf(source, sample)]);
}

const wishes: [target: string, source: string, confidence: number, reason: string][] = [
  ["numemployees", "employees", 78, "name and numbers"], ["website", "visit.page", 64, "looks like a web address in 25 of 25 samples"], ["mobilephone", "phone", 71, "looks like a phone number in 20 of 25 samples"],
];

export function checkOf(mapping: Mapping, fields: readonly Field[], sources: readonly SourceField[], at: number): MappingCheck {
  const sample = sampleOf(sources, at);
  const problems: Problem[] = [];
  const add = (code: Problem["code"], severity: Problem["severity"], target: string | null, message: string, fix: Problem["fix"] = null) => problems.push({ code, severity, target, message, fix });
  const values: SampleValue[] = [];
  for (const field of fields) {
    if (field.required && !mapping.rules.some(({ target }) => target === field.name)) add("required_without_rule", "error", field.name, `A record cannot be made without ${field.label}. Choose what fills it.`, { do: "add_rule", target: field.name });
  }
  for (const rule of mapping.rules) {
    const field = fields.find(({ name }) => name === rule.target);
    if (!field) {
      add("unknown_target", "warning", rule.target, `The destination no longer has ${rule.target}. Choose another field or remove it.`, { do: "remove_rule" });
      continue;
    }
    const value = stepsOf(rule.source, rule.transforms, sample, mapping.defaults.region).at(-1) ?? "";
    let warning: string | null = null;
    if (rule.source.from === "field") {
      const { name } = rule.source;
      const source = sources.find((each) => each.name === name);
      const pair = source && clash(source, field);
      if (pair && rule.transforms.length === 0) add("type_clash", "error", field.name, pair.why, pair.with ? { do: "add_steps", transforms: pair.with } : { do: "remove_rule" });
      const table = rule.transforms.find((step) => step.step === "translate")?.table ?? [];
      const unknown = field.options.length > 0 ? (source?.samples.filter((word) => !field.options.some(({ label, value: own }) => label === word || own === word) && !table.some(({ from }) => from === word)) ?? []) : [];
      if (unknown.length > 0) {
        warning = `“${unknown[0] ?? ""}” is no option of ${field.label}.`;
        add("unknown_option", "warning", field.name, `${warning} Translate it, or say what happens to the rest.`, { do: "translate_values", values: unknown });
      }
    }
    if (rule.source.from === "formula" && (rule.source.expression.match(/[([]/g) ?? []).length !== (rule.source.expression.match(/[)\]]/g) ?? []).length) {
      add("bad_formula", "error", field.name, "A bracket is opened and never closed. Close it at the end of the function.");
    }
    values.push({ target: field.name, value: value === "" ? null : value, warning });
  }
  const suggestions = wishes.flatMap(([target, name, confidence, reason]): Suggestion[] => {
    if (mapping.rules.some((rule) => rule.target === target) || !fields.some((field) => field.name === target)) return [];
    return [{ target, source: { from: "field", name }, transforms: [], confidence, reason }];
  });
  const impossible = sources.flatMap((source) => fields.flatMap((field) => clash(source, field) ?? []));
  problems.sort((a, b) => Number(a.severity === "warning") - Number(b.severity === "warning"));
  return { problems, suggestions, values, source_values: [...sample].map(([name, value]) => ({ name, value })), impossible };
}
