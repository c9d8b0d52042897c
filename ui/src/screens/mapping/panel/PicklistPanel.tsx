import { useRead } from "@/api/client";
import type { Field, Rest } from "@/api/generated";
import { Button } from "@/components/controls/Button";
import { RadioGroup } from "@/components/controls/RadioGroup";
import { Skeleton } from "@/components/feedback/Skeleton";
import { ComboBox } from "@/components/fields/ComboBox";
import { CheckIcon, MinusIcon } from "@/components/icons";
import { SidePanel } from "@/components/overlays/SidePanel";
import { text } from "@/text/en";
import { useMapper } from "../mapper";
import { changeRule, ruleOf, sourceNames } from "../model/edit";
import { pairings, translateStep, withTranslation } from "../model/picklist";
import styles from "./Panel.module.css";

const words = text.mapping;

/** Both sides of a choice: what leads bring, how often, and which option each becomes; one rule for the rest. */
export function PicklistPanel({ field }: { field: Field }) {
  const { view, mapping, edit, open } = useMapper();
  const rule = ruleOf(mapping, field.name);
  const source = rule && sourceNames(rule.source)[0];
  const { data, error } = useRead("picklist_values", { sync: view.sync, field: source ?? "" }, { enabled: source !== undefined });
  const step = translateStep(rule);
  const rest: Rest = step?.rest ?? { rule: "hold" };
  const options = field.options.filter(({ hidden }) => !hidden).map(({ value, label }) => ({ value, label, ...(value === label ? {} : { detail: value }) }));
  const values = data?.values.map(({ reason, count }) => ({ value: reason, count })) ?? [];
  const pairs = pairings(values, field, step?.table ?? []);
  const change = (pair: { from: string; to: string | undefined } | undefined, next: Rest) => {
    if (rule) edit((now) => changeRule(now, field.name, { transforms: withTranslation(ruleOf(now, field.name) ?? rule, field, values.map(({ value }) => value), pair, next) }));
  };
  const chosen = (kind: Rest["rule"]): Rest => (kind === "default" ? { rule: kind, value: options[0]?.value ?? "" } : { rule: kind });
  return (
    <SidePanel
      title={words.picklistTitle(field.label)}
      onClose={() => open(undefined)}
      footer={<Button onPress={() => open({ about: "rule", target: field.name })}>{words.backToRule}</Button>}
    >
      {source === undefined && <p className={styles.quiet}>{words.picklistNeedsField}</p>}
      {error && <p className={styles.warning}>{error.message}</p>}
      {source !== undefined && !data && !error && <Skeleton label={words.loading} lines={4} />}
      {data && (
        <>
          <p className={styles.quiet}>
            {words.picklistLine(data.leads)} {words.picklistDone(pairs.filter(({ to }) => to !== undefined).length, pairs.length)}.
          </p>
          {pairs.length === 0 && <p className={styles.quiet}>{words.noValues}</p>}
          <ul className={styles.pairs}>
            {pairs.map(({ from, count, to, byItself }) => (
              <li key={from} className={styles.pair}>
                <span className={to === undefined ? styles.open : styles.done}>
                  {to === undefined ? <MinusIcon size={14} /> : <CheckIcon size={14} />}
                  <span className={styles.hidden}>{to === undefined ? words.unticked : words.ticked}</span>
                </span>
                <span className={styles.from}>
                  <strong>{from}</strong>
                  <span className={styles.quiet}>
                    {words.leadsWith(count)}
                    {byItself && `, ${words.byItself}`}
                  </span>
                </span>
                <ComboBox label={words.translateOne(from)} value={to} placeholder={words.leftToRest} onChange={(next) => change({ from, to: next }, rest)} options={options} />
              </li>
            ))}
          </ul>
        </>
      )}
      {rule && (
        <div className={styles.section}>
          <RadioGroup<Rest["rule"]> label={words.restLabel} value={rest.rule} onChange={(kind) => change(undefined, chosen(kind))} choices={Object.entries(words.rests).map(([value, label]) => ({ value: value as Rest["rule"], label }))} />
          {rest.rule === "default" && <ComboBox label={words.restOption} value={rest.value} onChange={(value) => change(undefined, { rule: "default", value: value ?? "" })} options={options} />}
        </div>
      )}
    </SidePanel>
  );
}
