import type { DateFormat, DecimalStyle, Field, NamePart, Transform } from "@/api/generated";
import { NumberField } from "@/components/fields/NumberField";
import { Select } from "@/components/fields/Select";
import { TextField } from "@/components/fields/TextField";
import { text } from "@/text/en";
import styles from "./Panel.module.css";
import { FieldChoice } from "./SourceEditor";
import { ValueField } from "./ValueField";

const words = text.mapping;
const forms = words.forms;

interface StepFormProps {
  step: Transform;
  field: Field;
  /** With a topic while somebody types, so that a word is one step to undo. */
  onChange: (step: Transform, topic?: string) => void;
}

/** The few settings a step has. Most have none. */
export function StepForm({ step, field, onChange }: StepFormProps) {
  switch (step.step) {
    case "name_part":
      return <Select<NamePart> label={forms.part} value={step.part} onChange={(part) => onChange({ ...step, part })} options={Object.entries(words.parts).map(([value, label]) => ({ value: value as NamePart, label }))} />;
    case "join_list":
    case "split_list":
      return <TextField label={words.separator} value={step.separator} onChange={(separator) => onChange({ ...step, separator }, "separator")} />;
    case "piece":
      return (
        <div className={styles.two}>
          <TextField label={words.separator} value={step.separator} onChange={(separator) => onChange({ ...step, separator }, "separator")} />
          <NumberField label={forms.position} help={forms.positionHelp} value={step.position} onChange={(position) => onChange({ ...step, position: position ?? 1 }, "position")} step={1} />
        </div>
      );
    case "phone":
      return (
        <div className={styles.two}>
          <Optional label={forms.region} value={step.region} onChange={(region) => onChange({ ...step, region: region?.toUpperCase() ?? null }, "region")} />
          <FieldChoice label={forms.countryField} value={step.country_field ?? undefined} onChange={(country_field) => onChange({ ...step, country_field })} />
        </div>
      );
    case "read_date":
    case "read_date_time":
      return (
        <div className={styles.stack}>
          <Format value={step.format} onChange={(format, topic) => onChange({ ...step, format }, topic)} />
          <Optional label={forms.zone} value={step.zone} onChange={(zone) => onChange({ ...step, zone }, "zone")} />
        </div>
      );
    case "write_date":
      return (
        <div className={styles.two}>
          <TextField label={forms.pattern} help={forms.patternHelp} value={step.pattern} onChange={(pattern) => onChange({ ...step, pattern }, "pattern")} />
          <Optional label={forms.zone} value={step.zone} onChange={(zone) => onChange({ ...step, zone }, "zone")} />
        </div>
      );
    case "read_number":
      return <Decimal value={step.decimal} onChange={(decimal) => onChange({ ...step, decimal })} />;
    case "read_money":
      return (
        <div className={styles.two}>
          <Decimal value={step.decimal} onChange={(decimal) => onChange({ ...step, decimal })} />
          <Optional label={forms.currency} value={step.currency} onChange={(currency) => onChange({ ...step, currency: currency?.toUpperCase() ?? null }, "currency")} />
        </div>
      );
    case "read_bool":
      return (
        <div className={styles.two}>
          <Words label={forms.yes} words={step.yes} onChange={(yes) => onChange({ ...step, yes }, "yes")} />
          <Words label={forms.no} words={step.no} onChange={(no) => onChange({ ...step, no }, "no")} />
        </div>
      );
    case "translate":
      return <p className={styles.quiet}>{words.chipTranslated(step.table.length, step.table.length)}</p>;
    case "default_if_blank":
      return <ValueField label={forms.value} field={field} value={step.value} onChange={(value) => onChange({ ...step, value }, "value")} />;
    case "truncate":
      return <NumberField label={forms.length} min={1} step={1} value={step.length} onChange={(length) => onChange({ ...step, length: length ?? 1 }, "length")} />;
    case "replace":
      return (
        <div className={styles.two}>
          <TextField label={forms.find} value={step.find} onChange={(find) => onChange({ ...step, find }, "find")} />
          <TextField label={forms.with} value={step.with} onChange={(next) => onChange({ ...step, with: next }, "with")} />
        </div>
      );
    case "trim":
    case "lower_case":
    case "upper_case":
    case "title_case":
    case "email":
      return null;
  }
}

/** Empty means: as the mapping's defaults say. */
function Optional({ label, value, onChange }: { label: string; value: string | null; onChange: (value: string | null) => void }) {
  return <TextField label={label} placeholder={forms.none} value={value ?? ""} onChange={(typed) => onChange(typed === "" ? null : typed)} />;
}

function Words({ label, words: list, onChange }: { label: string; words: readonly string[]; onChange: (words: string[]) => void }) {
  return <TextField label={label} help={forms.wordsHelp} value={list.join(",")} onChange={(typed) => onChange(typed === "" ? [] : typed.split(",").map((word) => word.trimStart()))} />;
}

function Decimal({ value, onChange }: { value: DecimalStyle | null; onChange: (value: DecimalStyle | null) => void }) {
  const options = [{ value: "none", label: forms.none }, { value: "point", label: words.decimals.point }, { value: "comma", label: words.decimals.comma }] as const;
  return <Select<"none" | DecimalStyle> label={forms.decimal} value={value ?? "none"} onChange={(next) => onChange(next === "none" ? null : next)} options={options} />;
}

type Written = DateFormat["as"] | "none";

function Format({ value, onChange }: { value: DateFormat | null; onChange: (value: DateFormat | null, topic?: string) => void }) {
  const chosen = (as: Written): DateFormat | null => (as === "none" ? null : as === "pattern" ? { as, pattern: "%d.%m.%Y" } : { as });
  return (
    <>
      <Select<Written> label={forms.format} value={value?.as ?? "none"} onChange={(as) => onChange(chosen(as))} options={Object.entries(forms.formats).map(([as, label]) => ({ value: as as Written, label }))} />
      {value?.as === "pattern" && <TextField label={forms.pattern} help={forms.patternHelp} value={value.pattern} onChange={(pattern) => onChange({ as: "pattern", pattern }, "pattern")} />}
    </>
  );
}
