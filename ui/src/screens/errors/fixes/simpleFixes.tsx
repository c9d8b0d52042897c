// Fixes with one question or none.
import { useState } from "react";
import { Button } from "@/components/controls/Button";
import { ComboBox } from "@/components/fields/ComboBox";
import { NumberField } from "@/components/fields/NumberField";
import { Card } from "@/components/page/Card";
import { text } from "@/text/en";
import { useField } from "../useField";
import { FixFrame } from "./FixFrame";
import type { FixProps } from "./FixPanel";
import { countries } from "./countries";
import { ValueInput } from "./ValueInput";
import styles from "./FixFrame.module.css";

const words = text.errors.fix;

export function DefaultFix({ group, field: name, picked, selected, onClose }: FixProps) {
  const [value, setValue] = useState("");
  const { field, label } = useField(group, name);
  return (
    <FixFrame title={`${text.errors.actions.set_default}: ${label}`} help={words.defaultHelp} picked={picked} selected={selected} onClose={onClose} fix={value.trim() === "" ? undefined : { fix: "default", field: name, value: value.trim() }}>
      <ValueInput label={words.value(label)} field={field} value={value} onChange={setValue} />
    </FixFrame>
  );
}

export function EditFix({ group, field: asked, picked, selected, onClose }: FixProps) {
  const [chosen, setChosen] = useState(asked);
  const [value, setValue] = useState("");
  const { field, label, fields } = useField(group, chosen);
  return (
    <FixFrame title={text.errors.actions.edit_value} help={words.editHelp} picked={picked} selected={selected} onClose={onClose} fix={chosen === "" || value.trim() === "" ? undefined : { fix: "set_value", field: chosen, value: value.trim() }}>
      <FieldChoice chosen={chosen} onChoose={setChosen} fields={fields} />
      {chosen !== "" && <ValueInput label={words.value(label)} field={field} value={value} onChange={setValue} />}
    </FixFrame>
  );
}

export function LeaveOutFix({ group, field: asked, picked, selected, onClose }: FixProps) {
  const [chosen, setChosen] = useState(asked);
  const { label, fields } = useField(group, chosen);
  return (
    <FixFrame title={text.errors.actions.leave_out} help={words.leaveOutHelp(label)} picked={picked} selected={selected} onClose={onClose} fix={chosen === "" ? undefined : { fix: "leave_out", field: chosen }}>
      {asked === "" && <FieldChoice chosen={chosen} onChoose={setChosen} fields={fields} />}
    </FixFrame>
  );
}

function FieldChoice({ chosen, onChoose, fields }: { chosen: string; onChoose: (field: string) => void; fields: ReturnType<typeof useField>["fields"] }) {
  return (
    <ComboBox
      label={text.errors.field}
      value={chosen === "" ? undefined : chosen}
      onChange={(next) => onChoose(next ?? "")}
      options={fields.filter(({ read_only }) => !read_only).map(({ name, label }) => ({ value: name, label, detail: name }))}
    />
  );
}

/** Where the destination did not say how long a text may be. */
const COMMON_LIMIT = 255;

export function ShortenFix({ group, field: name, picked, selected, onClose }: FixProps) {
  const { field, label } = useField(group, name);
  const action = group.explained.action;
  const known = (action?.do === "shorten" ? action.limit : null) ?? field?.max_length ?? null;
  const [typed, setTyped] = useState<number | undefined>(COMMON_LIMIT);
  const limit = known ?? typed;
  return (
    <FixFrame title={`${text.errors.actions.shorten}: ${label}`} help={words.shortenHelp(limit ?? COMMON_LIMIT)} picked={picked} selected={selected} onClose={onClose} fix={limit === undefined ? undefined : { fix: "shorten", field: name, limit }}>
      {known === null && <NumberField label={words.limit} value={typed} onChange={setTyped} min={1} />}
    </FixFrame>
  );
}

export function RegionFix({ picked, selected, onClose }: FixProps) {
  const [region, setRegion] = useState<string>();
  return (
    <FixFrame title={text.errors.actions.region} help={words.regionHelp} picked={picked} selected={selected} onClose={onClose} fix={region === undefined ? undefined : { fix: "region", region }}>
      <ComboBox label={words.region} value={region} onChange={setRegion} options={countries()} />
    </FixFrame>
  );
}

/** Nothing to apply: the decision is made in the CRM, where both records can be seen. */
export function ChooseRecordFix({ onClose }: FixProps) {
  return (
    <Card title={text.errors.actions.choose_record}>
      <div className={styles.form}>
        <p className={styles.help}>{words.chooseRecordHelp}</p>
        <div className={styles.buttons}>
          <Button onPress={onClose}>{text.common.close}</Button>
        </div>
      </div>
    </Card>
  );
}
