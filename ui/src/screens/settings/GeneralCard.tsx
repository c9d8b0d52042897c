import { Switch } from "@/components/controls/Switch";
import { ComboBox } from "@/components/fields/ComboBox";
import { FormRow } from "@/components/fields/FormRow";
import { text } from "@/text/en";
import type { CardProps } from "./cards";
import { regions } from "./regions";
import styles from "./Settings.module.css";

const words = text.settings.general;

export function GeneralCard({ settings, change }: CardProps) {
  return (
    <>
      <div className={styles.switches}>
        <Switch on={settings.start_at_login} help={words.loginLine} onChange={(on) => change({ start_at_login: on })}>{words.login}</Switch>
        <Switch on={settings.keep_working} help={words.keepLine} onChange={(on) => change({ keep_working: on })}>{words.keep}</Switch>
      </div>
      <FormRow title={words.region} line={words.regionLine}>
        <ComboBox label={words.region} value={settings.region ?? undefined} placeholder={words.noRegion} options={regions} onChange={(region) => change({ region: region ?? null })} />
      </FormRow>
    </>
  );
}
