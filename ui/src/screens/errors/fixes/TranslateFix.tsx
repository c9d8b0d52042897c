import { useState } from "react";
import { useRead } from "@/api/client";
import type { Pair } from "@/api/generated";
import { ArrowRightIcon } from "@/components/icons";
import { ComboBox } from "@/components/fields/ComboBox";
import { TextField } from "@/components/fields/TextField";
import { text } from "@/text/en";
import { groupFilter } from "../selections";
import { useField } from "../useField";
import { FixFrame } from "./FixFrame";
import type { FixProps } from "./FixPanel";
import styles from "./FixFrame.module.css";

const LOOKED_AT = 500;

/** Their values at the left, the destination's options at the right; every unknown value of this field at once. */
export function TranslateFix({ group, field: name, picked, selected, onClose }: FixProps) {
  const [chosen, setChosen] = useState<Record<string, string>>({});
  const { field, label } = useField(group, name);
  const rows = useRead("deliveries", { filter: groupFilter(group.sync.id, group.key), page: { offset: 0, limit: LOOKED_AT } });
  const desk = useRead("error_desk", { sync: group.sync.id, destination: null, cause: null, since: null, text: null, all: true });
  const counts = new Map<string, number>();
  const action = group.explained.action;
  if (action?.do === "translate_value") counts.set(action.value, 0);
  for (const { value } of rows.data?.rows ?? []) if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1);
  // Each unknown value is a group of its own; those of the same field are translated in one go.
  for (const other of desk.data?.needs_you ?? []) {
    const wanted = other.explained.action;
    if (wanted?.do === "translate_value" && wanted.field === name && other.key !== group.key) counts.set(wanted.value, other.leads);
  }
  const table: Pair[] = Object.entries(chosen).filter(([, value]) => value !== "").map(([from, value]) => ({ name: from, value }));
  const options = (field?.options ?? []).filter(({ hidden }) => !hidden).map(({ value, label: shown }) => ({ value, label: shown, ...(value !== shown && { detail: value }) }));
  const choose = (from: string) => (value: string | undefined) => setChosen({ ...chosen, [from]: value ?? "" });
  return (
    <FixFrame
      title={`${text.errors.actions.translate_value}: ${label}`}
      help={text.errors.fix.translateHelp(group.destination.name)}
      picked={picked}
      selected={selected}
      fix={table.length === 0 ? undefined : { fix: "translate", field: name, table }}
      onClose={onClose}
    >
      {[...counts].map(([from, count]) => (
        <div key={from} className={styles.pair}>
          <p>{text.errors.fix.from(from, rows.data && rows.data.total > LOOKED_AT && from === (action?.do === "translate_value" ? action.value : "") ? group.leads : count)}</p>
          <ArrowRightIcon />
          {options.length > 0 ? (
            <ComboBox label={`${label}: “${from}”`} value={chosen[from] === "" ? undefined : chosen[from]} onChange={choose(from)} options={options} placeholder={text.errors.fix.choose} />
          ) : (
            <TextField label={`${label}: “${from}”`} value={chosen[from] ?? ""} onChange={choose(from)} />
          )}
        </div>
      ))}
    </FixFrame>
  );
}
