import type { SignInView } from "@/api/generated";
import { RadioGroup } from "@/components/controls/RadioGroup";
import { Select } from "@/components/fields/Select";
import { TextField } from "@/components/fields/TextField";
import { text } from "@/text/en";
import { OWN, type ConnectForm } from "./form";

const words = text.connections.connect;
const FEW = 6;

interface SignInFieldsProps {
  signIn: SignInView;
  form: ConnectForm;
  onChange: (form: ConnectForm) => void;
}

/** Where the account signs in: one of the vendor's hosts, or its own domain. Nothing to see where that is the same for everybody. */
export function SignInFields({ signIn, form, onChange }: SignInFieldsProps) {
  const { hosts, own } = signIn;
  const options = hosts.map((host) => ({ value: host.id, label: host.name }));
  if (own !== null && hosts.length > 0) options.push({ value: OWN, label: own.label });
  const host = form.host === "" ? (hosts[0]?.id ?? OWN) : form.host;
  const choose = (chosen: string) => onChange({ ...form, host: chosen });
  const typed = own !== null && host === OWN;
  return (
    <>
      {options.length > FEW && <Select label={words.signInAt} value={host} onChange={choose} options={options} />}
      {options.length > 0 && options.length <= FEW && <RadioGroup label={words.signInAt} value={host} onChange={choose} choices={options} />}
      {typed && <TextField label={own.label} help={own.help} required value={form.ownHost} onChange={(ownHost) => onChange({ ...form, ownHost })} />}
    </>
  );
}
