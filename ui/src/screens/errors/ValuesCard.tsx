import { useState } from "react";
import { useRead, useWrite } from "@/api/client";
import type { DeliveryView, EditableValue } from "@/api/generated";
import { Button } from "@/components/controls/Button";
import { Badge } from "@/components/data/Badge";
import { toasts } from "@/components/feedback/toasts";
import { Card } from "@/components/page/Card";
import { text } from "@/text/en";
import { ValueInput } from "./fixes/ValueInput";
import styles from "./ValuesCard.module.css";

const words = text.errors.delivery;

/** What is sent, editable in place. Changed values are marked and keep their original beside them. */
export function ValuesCard({ view }: { view: DeliveryView }) {
  const [typed, setTyped] = useState<Record<string, string>>({});
  const schema = useRead("mapping", { id: view.sync.id }).data?.schema;
  const edit = useWrite("edit_delivery");
  const changes = view.values.filter(({ target, edited, mapped }) => typed[target] !== undefined && typed[target] !== (edited ?? mapped ?? ""));
  const save = (retry: boolean) =>
    edit.mutate(
      // Typing the original again takes the edit back.
      { id: view.row.id, values: changes.map(({ target, mapped }) => ({ name: target, value: typed[target] === mapped ? "" : (typed[target] ?? "") })), retry },
      {
        onSuccess: () => {
          setTyped({});
          toasts.show({ words: retry ? words.retried : words.saved });
        },
      },
    );
  const over = view.row.state === "synced" || view.row.state === "sending";
  return (
    <Card title={words.values}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (changes.length > 0) save(true);
        }}
      >
        {over ? (
          <dl className={styles.fixed}>
            {view.values.map((value) => (
              <div key={value.target}>
                <dt>{value.label}</dt>
                <dd>{value.edited ?? value.mapped ?? words.noValue}</dd>
              </div>
            ))}
          </dl>
        ) : (
          <>
            <p className={styles.help}>{words.valuesHelp}</p>
            {view.values.map((value) => (
              <div key={value.target} className={styles.value} data-changed={isChanged(value, typed) || undefined}>
                <ValueInput
                  label={value.label}
                  field={schema?.fields.find(({ name }) => name === value.target)}
                  value={typed[value.target] ?? value.edited ?? value.mapped ?? ""}
                  onChange={(next) => setTyped({ ...typed, [value.target]: next })}
                  error={typed[value.target] === undefined ? (value.problem ?? undefined) : undefined}
                />
                {(isChanged(value, typed) || value.left_out) && (
                  <p className={styles.original}>
                    <Badge tone="info">{value.left_out ? words.leftOut : words.changed}</Badge> {words.original(value.mapped ?? words.noValue)}
                  </p>
                )}
              </div>
            ))}
            <div className={styles.buttons}>
              <Button disabled={changes.length === 0} onPress={() => save(false)}>{words.saveOnly}</Button>
              <Button kind="primary" type="submit" busy={edit.isPending} disabled={changes.length === 0}>{words.save}</Button>
            </div>
          </>
        )}
      </form>
    </Card>
  );
}

function isChanged({ target, mapped, edited }: EditableValue, typed: Record<string, string>): boolean {
  return typed[target] === undefined ? edited !== null : typed[target] !== (mapped ?? "");
}
