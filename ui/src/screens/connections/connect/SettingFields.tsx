import type { SettingView } from "@/api/generated";
import { RadioGroup } from "@/components/controls/RadioGroup";
import { Switch } from "@/components/controls/Switch";
import { Select } from "@/components/fields/Select";
import { TextField } from "@/components/fields/TextField";
import { PairsField } from "./PairsField";

interface SettingFieldsProps {
  settings: readonly SettingView[];
  values: Record<string, string>;
  onChange: (values: Record<string, string>) => void;
}

const FEW = 5;

/** What a connector's spec asks for, each by its kind. */
export function SettingFields({ settings, values, onChange }: SettingFieldsProps) {
  return settings.map((setting) => (
    <SettingField key={setting.name} setting={setting} value={values[setting.name] ?? ""} onChange={(value) => onChange({ ...values, [setting.name]: value })} />
  ));
}

function SettingField({ setting, value, onChange }: { setting: SettingView; value: string; onChange: (value: string) => void }) {
  const { label, help, kind, choices, required } = setting;
  const options = choices.map((choice) => ({ value: choice.id, label: choice.name }));
  switch (kind) {
    case "switch":
      return <Switch on={value === "true"} help={help} onChange={(on) => onChange(String(on))}>{label}</Switch>;
    case "choice":
      return options.length <= FEW ? (
        <RadioGroup label={label} value={value === "" ? (options[0]?.value ?? "") : value} onChange={onChange} choices={options} />
      ) : (
        <Select label={label} help={help} required={required} value={value === "" ? undefined : value} onChange={onChange} options={options} />
      );
    case "pairs":
      return <PairsField label={label} help={help} value={value} onChange={onChange} />;
    default:
      return <TextField label={label} help={help} required={required} value={value} onChange={onChange} type={kind === "secret" ? "password" : kind === "url" ? "url" : "text"} />;
  }
}
