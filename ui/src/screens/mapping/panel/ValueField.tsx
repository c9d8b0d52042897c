import type { Field, Value } from "@/api/generated";
import { ComboBox } from "@/components/fields/ComboBox";
import { Select } from "@/components/fields/Select";
import { TextField } from "@/components/fields/TextField";
import { given } from "@/lib/given";
import { text } from "@/text/en";
import { isChoice } from "../model/picklist";
import { typedValue, typedWords } from "../model/values";

interface ValueFieldProps {
  label: string;
  help?: string;
  /** The field the value is for: decides what may be typed. */
  field: Field;
  value: Value;
  onChange: (value: Value) => void;
  autoFocus?: boolean;
}

/** Types a value of a field's kind: an option of a choice, yes or no, or text. */
export function ValueField({ label, help, field, value, onChange, autoFocus }: ValueFieldProps) {
  if (field.kind === "bool") {
    const now = value.type === "bool" ? String(value.value) : undefined;
    const options = [{ value: "true", label: text.mapping.yes }, { value: "false", label: text.mapping.no }];
    return <Select label={label} help={help} value={now} onChange={(next) => onChange({ type: "bool", value: next === "true" })} options={options} />;
  }
  if (isChoice(field) && field.kind !== "multi_choice") {
    const options = field.options.map((option) => ({ value: option.value, label: option.label, ...(option.label === option.value ? {} : { detail: option.value }) }));
    return <ComboBox label={label} help={help} value={typedWords(value)} onChange={(next) => onChange({ type: "text", value: next ?? "" })} options={options} />;
  }
  return <TextField label={label} help={help} value={typedWords(value)} onChange={(typed) => onChange(typedValue(typed, field))} {...given({ autoFocus })} />;
}
