// Every change a person can make to a mapping, as a function from mapping to mapping. Dragging, clicking and typing all end
// here, which is why they cannot come to different configurations. Nothing here knows of the screen.
import type { Condition, Defaults, Field, Impossible, Mapping, Rule, Source, Suggestion, Transform, Value } from "@/api/generated";

export const ruleOf = (mapping: Mapping, target: string): Rule | undefined => mapping.rules.find((rule) => rule.target === target);

/** A rule as the engine makes one: to the destination, always, empty values change nothing. */
export const newRule = (target: string, source: Source, transforms: readonly Transform[] = []): Rule => ({
  target,
  source,
  transforms: [...transforms],
  overwrite: "always",
  blank_overwrites: false,
  direction: "to_destination",
  when: null,
});

/** Puts the rule in the place of the one with its target, or at the end. */
export function withRule(mapping: Mapping, rule: Rule): Mapping {
  const known = mapping.rules.some(({ target }) => target === rule.target);
  const rules = known ? mapping.rules.map((each) => (each.target === rule.target ? rule : each)) : [...mapping.rules, rule];
  return { ...mapping, rules };
}

export function changeRule(mapping: Mapping, target: string, change: Partial<Omit<Rule, "target">>): Mapping {
  const rule = ruleOf(mapping, target);
  return rule ? withRule(mapping, { ...rule, ...change }) : mapping;
}

/** Gives a target another source. What was decided about overwriting, direction and condition stays; the steps belonged to the old source. */
export function setSource(mapping: Mapping, target: string, source: Source, transforms: readonly Transform[] = []): Mapping {
  const before = ruleOf(mapping, target) ?? newRule(target, source);
  return withRule(mapping, { ...before, source, transforms: [...transforms] });
}

export type Placement = { possible: true; steps: readonly Transform[] } | { possible: false; why: string };

/** Whether a source field may fill a target, and with which steps. */
export function placement(target: Field, source: string, impossible: readonly Impossible[], ownFieldWhy: string): Placement {
  const known = impossible.find((pair) => pair.source === source && pair.target === target.name);
  if (known) return known.with === null ? { possible: false, why: known.why } : { possible: true, steps: known.with };
  return target.read_only ? { possible: false, why: ownFieldWhy } : { possible: true, steps: [] };
}

/** Fills a target from a source field: the end of a drag, of two clicks, and of Enter. */
export const place = (mapping: Mapping, target: string, source: string, steps: readonly Transform[] = []): Mapping =>
  setSource(mapping, target, { from: "field", name: source }, steps);

export const fix = (mapping: Mapping, target: string, value: Value): Mapping => setSource(mapping, target, { from: "fixed", value });

export function clear(mapping: Mapping, targets: readonly string[]): Mapping {
  return { ...mapping, rules: mapping.rules.filter(({ target }) => !targets.includes(target)) };
}

/** Takes suggestions as they stand. A target that got a rule meanwhile keeps it. */
export function accept(mapping: Mapping, suggestions: readonly Suggestion[]): Mapping {
  return suggestions.reduce(
    (all, { target, source, transforms }) => (ruleOf(all, target) ? all : withRule(all, newRule(target, source, transforms))),
    mapping,
  );
}

/** Moves a step; beyond either end it stays where it is. */
export function moveStep(mapping: Mapping, target: string, from: number, by: -1 | 1): Mapping {
  const steps = [...(ruleOf(mapping, target)?.transforms ?? [])];
  const [step] = steps.splice(from, 1);
  const to = from + by;
  if (step === undefined || to < 0 || to > steps.length) return mapping;
  steps.splice(to, 0, step);
  return changeRule(mapping, target, { transforms: steps });
}

export function addSteps(mapping: Mapping, target: string, steps: readonly Transform[]): Mapping {
  const rule = ruleOf(mapping, target);
  return rule ? changeRule(mapping, target, { transforms: [...rule.transforms, ...steps] }) : mapping;
}

export function setStep(mapping: Mapping, target: string, at: number, step: Transform | undefined): Mapping {
  const before = ruleOf(mapping, target)?.transforms ?? [];
  const transforms = step === undefined ? before.filter((_, index) => index !== at) : before.map((each, index) => (index === at ? step : each));
  return changeRule(mapping, target, { transforms });
}

/** Sends a rule to another field: what the drift banner offers. A rule the other field had gives way. */
export function retarget(mapping: Mapping, from: string, to: string): Mapping {
  const rule = ruleOf(mapping, from);
  if (!rule) return mapping;
  const rest = clear(mapping, [to]);
  return { ...rest, rules: rest.rules.map((each) => (each.target === from ? { ...rule, target: to } : each)) };
}

export const setDefaults = (mapping: Mapping, defaults: Partial<Defaults>): Mapping => ({ ...mapping, defaults: { ...mapping.defaults, ...defaults } });

/** Every source field a rule's source reads, as far as it can be told without the engine's parser. */
export function sourceNames(source: Source | null): string[] {
  if (source === null) return [];
  switch (source.from) {
    case "field":
      return [source.name];
    case "first_of":
    case "join":
      return source.names;
    case "when":
      return [...new Set([...conditionNames(source.condition), ...sourceNames(source.then), ...sourceNames(source.otherwise)])];
    case "fixed":
    case "formula":
      return [];
  }
}

function conditionNames(condition: Condition): string[] {
  return "of" in condition ? condition.of.flatMap(conditionNames) : [condition.field];
}
