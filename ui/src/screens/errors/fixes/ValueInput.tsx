import type { Field } from "@/api/generated";
import { ComboBox } from "@/components/fields/ComboBox";
import { TextArea } from "@/components/fields/TextArea";
import { TextField } from "@/components/fields/TextField";

interface ValueInputProps {
  label: string;
  /** Unknown while the schema is read: plain text is always possible. */
  field: Field | undefined;
  value: string;
  onChange: (value: string) => void;
  error?: string | undefined;
}

const types: Partial<Record<Field["kind"], "email" | "tel" | "url">> = { email: "email", phone: "tel", url: "url" };

/** The control that fits what a field holds: its options, one line, or many. */
export function ValueInput({ label, field, value, onChange, error }: ValueInputProps) {
  const options = (field?.options ?? []).filter(({ hidden }) => !hidden);
  if (options.length > 0) {
    return <ComboBox label={label} error={error} value={value === "" ? undefined : value} onChange={(next) => onChange(next ?? "")} options={options.map((option) => ({ value: option.value, label: option.label }))} />;
  }
  if (field?.kind === "long_text") return <TextArea label={label} error={error} value={value} onChange={onChange} rows={3} />;
  return <TextField label={label} error={error} value={value} onChange={onChange} type={types[field?.kind ?? "text"] ?? "text"} {...(field?.max_length != null && { maxLength: field.max_length })} />;
}
