// The two sides of a choice: the values leads bring, and the options the destination allows.
import type { Field, FieldOption, Rest, Rule, Transform, Translation } from "@/api/generated";
import { fold } from "@/components/fields/matching";

type Translate = Extract<Transform, { step: "translate" }>;

export interface Pairing {
  from: string;
  count: number;
  /** The option's value; none goes by the rule for the rest. */
  to: string | undefined;
  /** It is an option as it stands, so nothing had to be said about it. */
  byItself: boolean;
}

export const isChoice = (field: Field): boolean => field.options.length > 0 && ["choice", "multi_choice", "owner"].includes(field.kind);

/** As the engine compares: without case and outer spaces. */
const normal = (words: string): string => fold(words).trim();

export const optionFor = (value: string, options: readonly FieldOption[]): FieldOption | undefined =>
  options.find((option) => normal(option.value) === normal(value) || normal(option.label) === normal(value));

export const translateStep = (rule: Rule | undefined): Translate | undefined => rule?.transforms.find((step): step is Translate => step.step === "translate");

/** What happens to each value now: translated by the table, an option by itself, or left to the rule for the rest. */
export function pairings(values: readonly { value: string; count: number }[], field: Field, table: readonly Translation[]): Pairing[] {
  return values.map(({ value, count }) => {
    const said = table.find(({ from }) => normal(from) === normal(value));
    const own = optionFor(value, field.options);
    return { from: value, count, to: said?.to ?? own?.value, byItself: said === undefined && own !== undefined };
  });
}

/** The rule's steps with this table: the translation keeps its place, or comes last. Options by themselves are written down too, because a table without them would leave them to the rest. */
export function withTranslation(rule: Rule, field: Field, values: readonly string[], change: { from: string; to: string | undefined } | undefined, rest: Rest): Transform[] {
  const before = translateStep(rule);
  const known = (before?.table ?? []).filter(({ from }) => change === undefined || normal(from) !== normal(change.from));
  const changed = change?.to === undefined ? [] : [{ from: change.from, to: change.to }];
  const byThemselves = values
    .filter((value) => normal(value) !== normal(change?.from ?? "") && !known.some(({ from }) => normal(from) === normal(value)))
    .flatMap((value) => {
      const option = optionFor(value, field.options);
      return option ? [{ from: value, to: option.value }] : [];
    });
  const step: Translate = { step: "translate", table: [...known, ...changed, ...byThemselves], rest };
  return before ? rule.transforms.map((each) => (each === before ? step : each)) : [...rule.transforms, step];
}
