// The kinds of transform: how each begins, and which are worth offering first for what goes in and where it should arrive.
import type { Field, FieldKind, Transform } from "@/api/generated";

export type StepKind = Transform["step"];

/** A new step of each kind, ready to run. */
export const freshSteps: { [Kind in StepKind]: Extract<Transform, { step: Kind }> } = {
  trim: { step: "trim" },
  lower_case: { step: "lower_case" },
  upper_case: { step: "upper_case" },
  title_case: { step: "title_case" },
  name_part: { step: "name_part", part: "first" },
  join_list: { step: "join_list", separator: ", " },
  split_list: { step: "split_list", separator: "," },
  piece: { step: "piece", separator: ",", position: 1 },
  phone: { step: "phone", region: null, country_field: null },
  email: { step: "email" },
  read_date: { step: "read_date", format: null, zone: null },
  read_date_time: { step: "read_date_time", format: null, zone: null },
  write_date: { step: "write_date", pattern: "%Y-%m-%d", zone: null },
  read_number: { step: "read_number", decimal: null },
  read_money: { step: "read_money", decimal: null, currency: null },
  read_bool: { step: "read_bool", yes: [], no: [] },
  translate: { step: "translate", table: [], rest: { rule: "hold" } },
  default_if_blank: { step: "default_if_blank", value: { type: "text", value: "" } },
  truncate: { step: "truncate", length: 255 },
  replace: { step: "replace", find: "", with: "" },
};

export const stepKinds = Object.keys(freshSteps) as StepKind[];

const anyText: readonly StepKind[] = ["trim", "lower_case", "upper_case", "title_case", "replace", "default_if_blank"];
const fitting: Record<FieldKind, readonly StepKind[]> = {
  text: ["trim", "title_case", "name_part", "piece", "lower_case", "upper_case", "replace", "truncate", "write_date", "join_list", "default_if_blank"],
  long_text: ["trim", "replace", "truncate", "join_list", "default_if_blank"],
  email: ["email", "trim", "lower_case"],
  phone: ["phone"],
  url: anyText,
  number: ["read_number", "default_if_blank"],
  money: ["read_money", "default_if_blank"],
  bool: ["read_bool", "default_if_blank"],
  date: ["read_date", "default_if_blank"],
  date_time: ["read_date_time", "default_if_blank"],
  choice: ["translate", "trim", "default_if_blank"],
  multi_choice: ["split_list", "translate", "default_if_blank"],
  owner: ["translate", "trim", "default_if_blank"],
  other: [],
};

/** The steps that lead to this kind of field, best first, then all others. */
export function offeredSteps(field: Field): { first: readonly StepKind[]; others: readonly StepKind[] } {
  const first = fitting[field.kind];
  return { first, others: stepKinds.filter((kind) => !first.includes(kind)) };
}

/** Such a length is only known to the destination. */
export function freshStep(kind: StepKind, field: Field): Transform {
  if (kind === "truncate" && field.max_length !== null) return { step: "truncate", length: field.max_length };
  return structuredClone(freshSteps[kind]);
}
