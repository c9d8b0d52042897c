import type { Field, Source } from "@/api/generated";
import { Button } from "@/components/controls/Button";
import { IconButton } from "@/components/controls/IconButton";
import { CloseIcon } from "@/components/icons";
import { ComboBox } from "@/components/fields/ComboBox";
import { Select } from "@/components/fields/Select";
import { TextField } from "@/components/fields/TextField";
import { text } from "@/text/en";
import { useMapper } from "../mapper";
import { sourceNames } from "../model/edit";
import { emptyValue } from "../model/values";
import { labelOf } from "../model/words";
import { ConditionEditor, freshCondition } from "./ConditionEditor";
import { FormulaEditor } from "./FormulaEditor";
import styles from "./Panel.module.css";
import { ValueField } from "./ValueField";

const words = text.mapping;
type Kind = Source["from"];
const kinds = Object.entries(words.sourceKinds).map(([value, label]) => ({ value: value as Kind, label }));
/** A branch holds no further branches: whoever needs more takes a formula. */
const simpleKinds = kinds.filter(({ value }) => value !== "when");

interface SourceEditorProps {
  field: Field;
  source: Source | undefined;
  onChange: (source: Source, topic?: string) => void;
  inBranch?: boolean;
}

/** A source of another kind, with as much of the former as fits. */
function converted(kind: Kind, before: Source | undefined, field: Field, first: string): Source {
  const names = before ? sourceNames(before) : [];
  const name = names[0] ?? first;
  switch (kind) {
    case "field":
      return { from: "field", name };
    case "first_of":
      return { from: "first_of", names: names.length > 0 ? names : [name] };
    case "join":
      return { from: "join", names: names.length > 0 ? names : [name], separator: " " };
    case "fixed":
      return { from: "fixed", value: emptyValue(field) };
    case "formula":
      return { from: "formula", expression: before?.from === "formula" ? before.expression : `field(${JSON.stringify(name)})` };
    case "when":
      return { from: "when", condition: freshCondition(name), then: before ?? { from: "field", name }, otherwise: null };
  }
}

export function SourceEditor({ field, source, onChange, inBranch = false }: SourceEditorProps) {
  const { view } = useMapper();
  const first = view.source_fields[0]?.name ?? "";
  return (
    <div className={styles.stack}>
      <Select label={words.sourceKind} value={source?.from} onChange={(kind) => onChange(converted(kind, source, field, first))} options={inBranch ? simpleKinds : kinds} />
      {source && <SourceForm {...{ field, source, onChange }} />}
    </div>
  );
}

function SourceForm({ field, source, onChange }: { field: Field; source: Source; onChange: SourceEditorProps["onChange"] }) {
  switch (source.from) {
    case "field":
      return <FieldChoice label={words.sourceField} value={source.name} onChange={(name) => onChange({ ...source, name })} />;
    case "first_of":
      return <Names names={source.names} onChange={(names) => onChange({ ...source, names })} />;
    case "join":
      return (
        <>
          <Names names={source.names} onChange={(names) => onChange({ ...source, names })} />
          <TextField label={words.separator} value={source.separator} onChange={(separator) => onChange({ ...source, separator }, "separator")} />
        </>
      );
    case "fixed":
      return <ValueField label={words.forms.value} field={field} value={source.value} onChange={(value) => onChange({ ...source, value }, "fixed")} />;
    case "formula":
      return <FormulaEditor target={field.name} expression={source.expression} onChange={(expression) => onChange({ ...source, expression }, "formula")} />;
    case "when":
      return (
        <>
          <ConditionEditor condition={source.condition} onChange={(condition, topic) => onChange({ ...source, condition }, topic)} />
          <fieldset className={styles.branch}>
            <legend>{words.then}</legend>
            <SourceEditor field={field} source={source.then} inBranch onChange={(then, topic) => onChange({ ...source, then }, topic && `then ${topic}`)} />
          </fieldset>
          <fieldset className={styles.branch}>
            <legend>{source.otherwise ? words.otherwise : words.noOtherwise}</legend>
            {source.otherwise && <SourceEditor field={field} source={source.otherwise} inBranch onChange={(otherwise, topic) => onChange({ ...source, otherwise }, topic && `else ${topic}`)} />}
            <Button kind="quiet" onPress={() => onChange({ ...source, otherwise: source.otherwise ? null : { from: "fixed", value: emptyValue(field) } })}>
              {source.otherwise ? words.removeOtherwise : words.addOtherwise}
            </Button>
          </fieldset>
        </>
      );
  }
}

interface FieldChoiceProps {
  label: string;
  value: string | undefined;
  onChange: (name: string) => void;
}

/** One of the source's fields. */
export function FieldChoice({ label, value, onChange }: FieldChoiceProps) {
  const { view, sampleValue } = useMapper();
  const options = view.source_fields.map((source) => ({ value: source.name, label: source.label, detail: sampleValue(source.name) ?? source.name }));
  return (
    <ComboBox
      label={label}
      value={value}
      onChange={(name) => {
        if (name !== undefined) onChange(name);
      }}
      options={options}
    />
  );
}

function Names({ names, onChange }: { names: readonly string[]; onChange: (names: string[]) => void }) {
  const { view } = useMapper();
  return (
    <div className={styles.stack}>
      <ol className={styles.names}>
        {names.map((name, at) => (
          <li key={`${name} ${at}`} className={styles.line}>
            <span>{labelOf(view.source_fields, name)}</span>
            <IconButton icon={CloseIcon} label={words.removeField(labelOf(view.source_fields, name))} disabled={names.length === 1} onPress={() => onChange(names.filter((_, index) => index !== at))} />
          </li>
        ))}
      </ol>
      <FieldChoice key={names.length} label={words.addField} value={undefined} onChange={(name) => onChange([...names, name])} />
    </div>
  );
}
