import type { Direction, Field, Overwrite, Rule } from "@/api/generated";
import { Button } from "@/components/controls/Button";
import { Switch } from "@/components/controls/Switch";
import { Badge } from "@/components/data/Badge";
import { Select } from "@/components/fields/Select";
import { DeleteIcon, ListIcon } from "@/components/icons";
import { SidePanel } from "@/components/overlays/SidePanel";
import { text } from "@/text/en";
import { useMapper } from "../mapper";
import { changeRule, setSource, ruleOf } from "../model/edit";
import { isChoice } from "../model/picklist";
import { ConditionEditor, freshCondition } from "./ConditionEditor";
import styles from "./Panel.module.css";
import { SourceEditor } from "./SourceEditor";
import { StepsEditor } from "./StepsEditor";

const words = text.mapping;
const directions = Object.entries(words.direction).map(([value, label]) => ({ value: value as Direction, label }));
const overwrites = Object.entries(words.overwriteLong).map(([value, label]) => ({ value: value as Overwrite, label }));

/** Everything about how one destination field is filled. Each change counts at once and is one step to undo. */
export function RulePanel({ field }: { field: Field }) {
  const { mapping, open, edit, clear, view } = useMapper();
  const rule = ruleOf(mapping, field.name);
  const close = () => open(undefined);
  const change = (next: Partial<Omit<Rule, "target">>, topic?: string) => edit((now) => changeRule(now, field.name, next), topic && `${field.name} ${topic}`);
  const first = view.source_fields[0]?.name ?? "";
  return (
    <SidePanel
      title={field.label}
      onClose={close}
      footer={
        rule && (
          <Button icon={DeleteIcon} onPress={() => { clear(field.name); close(); }}>
            {words.clearRule}
          </Button>
        )
      }
    >
      <p className={styles.facts}>
        <code>{field.name}</code> <Badge>{words.kinds[field.kind]}</Badge> {field.required && <Badge tone="info">{text.common.required}</Badge>}
      </p>
      {field.help !== null && <p className={styles.quiet}>{field.help}</p>}
      <Problems target={field.name} />
      {field.read_only && !rule && <p className={styles.quiet}>{words.ownField}</p>}
      {!(field.read_only && !rule) && (
        <section className={styles.section}>
          <h3>{words.sectionSource}</h3>
          {!rule && <p className={styles.quiet}>{words.noRule}</p>}
          <SourceEditor field={field} source={rule?.source} onChange={(source, topic) => edit((now) => (ruleOf(now, field.name) ? changeRule(now, field.name, { source }) : setSource(now, field.name, source)), topic && `${field.name} ${topic}`)} />
        </section>
      )}
      {rule && (
        <>
          <section className={styles.section}>
            <h3>{words.sectionSteps}</h3>
            <StepsEditor field={field} rule={rule} />
            {isChoice(field) && (
              <Button icon={ListIcon} onPress={() => open({ about: "picklist", target: field.name })}>
                {words.translateOpen}
              </Button>
            )}
          </section>
          <section className={styles.section}>
            <h3>{words.sectionResult}</h3>
            <Result target={field.name} />
          </section>
          <section className={styles.section}>
            <h3>{words.sectionRule}</h3>
            <Select label={words.overwriteLabel} value={rule.overwrite} onChange={(overwrite) => change({ overwrite })} options={overwrites} />
            <Switch on={rule.blank_overwrites} onChange={(blank_overwrites) => change({ blank_overwrites })} help={words.blankHelp}>
              {words.blank}
            </Switch>
            <Select label={words.directionLabel} value={rule.direction} onChange={(direction) => change({ direction })} options={directions} />
          </section>
          <section className={styles.section}>
            <h3>{words.sectionWhen}</h3>
            {rule.when ? (
              <>
                <ConditionEditor condition={rule.when} onChange={(when, topic) => change({ when }, topic)} />
                <Button kind="quiet" onPress={() => change({ when: null })}>{words.removeCondition}</Button>
              </>
            ) : (
              <p className={styles.line}>
                <span className={styles.quiet}>{words.noCondition}</span>
                <Button kind="quiet" onPress={() => change({ when: freshCondition(first) })}>{words.addCondition}</Button>
              </p>
            )}
          </section>
        </>
      )}
    </SidePanel>
  );
}

function Problems({ target }: { target: string }) {
  const { check } = useMapper();
  const own = check?.problems.filter((problem) => problem.target === target) ?? [];
  if (own.length === 0) return null;
  return (
    <ul className={styles.problems} aria-live="polite">
      {own.map(({ message, severity }) => (
        <li key={message} data-severity={severity}>{message}</li>
      ))}
    </ul>
  );
}

/** What the sample lead gives through this rule, now. */
export function Result({ target }: { target: string }) {
  const { check } = useMapper();
  const result = check?.values.find((value) => value.target === target);
  return (
    <output className={styles.result} aria-live="polite">
      {result === undefined ? words.noValueYet : (result.value ?? words.notSent)}
      {result?.warning != null && <span className={styles.warning}>{result.warning}</span>}
    </output>
  );
}
