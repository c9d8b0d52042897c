import type { ConnectorView } from "@/api/generated";
import { Checkbox } from "@/components/controls/Checkbox";
import { TextField } from "@/components/fields/TextField";
import { text } from "@/text/en";
import styles from "../Connections.module.css";
import type { ConnectForm } from "./form";

const words = text.connections.connect;

interface AddressFieldsProps {
  spec: ConnectorView;
  form: ConnectForm;
  onChange: (form: ConnectForm) => void;
}

/** Where requests go: asked for where everybody has their own address, hidden under Advanced where there is one for all. */
export function AddressFields({ spec, form, onChange }: AddressFieldsProps) {
  const fields = (
    <div className={styles.group}>
      <TextField
        label={words.baseUrl}
        type="url"
        required={spec.base_url_entered}
        help={spec.base_url_entered ? words.baseUrlEntered : words.baseUrlHelp(spec.base_url ?? spec.name)}
        value={form.baseUrl}
        onChange={(baseUrl) => onChange({ ...form, baseUrl })}
      />
      <Checkbox checked={form.allowPrivate} help={words.privateHelp} onChange={(allowPrivate) => onChange({ ...form, allowPrivate })}>{words.private}</Checkbox>
    </div>
  );
  if (spec.base_url_entered) return fields;
  return (
    <details className={styles.details}>
      <summary>{words.advanced}</summary>
      {fields}
    </details>
  );
}
