import type { Condition } from "@/api/generated";
import { Button } from "@/components/controls/Button";
import { IconButton } from "@/components/controls/IconButton";
import { Select } from "@/components/fields/Select";
import { TextField } from "@/components/fields/TextField";
import { CloseIcon } from "@/components/icons";
import { text } from "@/text/en";
import styles from "./Panel.module.css";
import { FieldChoice } from "./SourceEditor";

const words = text.mapping;
type Test = Condition["test"];
type Single = Exclude<Test, "all" | "any">;
const singles: readonly Single[] = ["is", "is_not", "contains", "contains_not", "is_filled", "is_empty", "greater", "less"];

export const freshCondition = (field: string): Condition => ({ test: "is_filled", field });

/** The same field asked otherwise; a value is kept where the new test has one. */
function asked(test: Single, field: string, value: string): Condition {
  return test === "is_empty" || test === "is_filled" ? { test, field } : { test, field, value };
}

interface ConditionEditorProps {
  condition: Condition;
  onChange: (condition: Condition, topic?: string) => void;
}

/** One test, or several of which all or any must hold. */
export function ConditionEditor({ condition, onChange }: ConditionEditorProps) {
  if (!("of" in condition)) {
    return (
      <div className={styles.stack}>
        <Single condition={condition} onChange={onChange} />
        <Button kind="quiet" onPress={() => onChange({ test: "all", of: [condition, freshCondition(condition.field)] })}>
          {words.addPart}
        </Button>
      </div>
    );
  }
  const { test, of } = condition;
  const first = of.find((part): part is Exclude<Condition, { of: unknown }> => !("of" in part))?.field ?? "";
  const without = (at: number) => {
    const left = of.filter((_, index) => index !== at);
    onChange(left.length === 1 && left[0] ? left[0] : { test, of: left });
  };
  return (
    <div className={styles.stack}>
      <Select<"all" | "any"> label={words.allOrAny} value={test} onChange={(next) => onChange({ test: next, of })} options={[{ value: "all", label: words.tests.all }, { value: "any", label: words.tests.any }]} />
      {of.map((part, at) => (
        <div key={at} className={styles.part}>
          <ConditionOrSingle condition={part} onChange={(next, topic) => onChange({ test, of: of.map((each, index) => (index === at ? next : each)) }, topic && `${at} ${topic}`)} />
          <IconButton icon={CloseIcon} label={words.removeCondition} onPress={() => without(at)} />
        </div>
      ))}
      <Button kind="quiet" onPress={() => onChange({ test, of: [...of, freshCondition(first)] })}>
        {words.addPart}
      </Button>
    </div>
  );
}

function ConditionOrSingle({ condition, onChange }: ConditionEditorProps) {
  return "of" in condition ? <ConditionEditor condition={condition} onChange={onChange} /> : <Single condition={condition} onChange={onChange} />;
}

function Single({ condition, onChange }: { condition: Exclude<Condition, { of: unknown }>; onChange: ConditionEditorProps["onChange"] }) {
  const value = "value" in condition ? condition.value : "";
  return (
    <div className={styles.test}>
      <FieldChoice label={words.conditionField} value={condition.field} onChange={(field) => onChange({ ...condition, field })} />
      <Select<Single> label={words.conditionTest} value={condition.test} onChange={(test) => onChange(asked(test, condition.field, value))} options={singles.map((test) => ({ value: test, label: words.tests[test] }))} />
      {"value" in condition && <TextField label={words.conditionValue} value={value} onChange={(next) => onChange({ ...condition, value: next }, "value")} />}
    </div>
  );
}
