// Typed values as the engine keeps them. What a person types becomes the kind its field holds, else it stays text.
import type { Field, Value } from "@/api/generated";
import { valueWords } from "./words";

export const emptyValue = (field: Field): Value => (field.kind === "bool" ? { type: "bool", value: true } : { type: "text", value: "" });

const NUMBER = /^-?\d+(\.\d+)?$/;
const DAY = /^\d{4}-\d\d-\d\d$/;

export function typedValue(typed: string, field: Field): Value {
  const words = typed.trim();
  switch (field.kind) {
    case "number":
      return NUMBER.test(words) ? { type: "number", value: words } : { type: "text", value: typed };
    case "money":
      return NUMBER.test(words) ? { type: "money", value: { amount: words, currency: null } } : { type: "text", value: typed };
    case "date":
      return DAY.test(words) ? { type: "date", value: words } : { type: "text", value: typed };
    case "multi_choice":
      return { type: "list", value: words === "" ? [] : words.split(",").map((item) => item.trim()) };
    default:
      return { type: "text", value: typed };
  }
}

/** What stands in the field while it is typed. */
export const typedWords = (value: Value): string => (value.type === "blank" ? "" : valueWords(value));
