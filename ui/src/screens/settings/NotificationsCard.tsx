import type { Settings } from "@/api/generated";
import { Switch } from "@/components/controls/Switch";
import { text } from "@/text/en";
import type { CardProps } from "./cards";
import styles from "./Settings.module.css";

const words = text.settings.notify;

type Notice = { [Name in keyof Settings]: Settings[Name] extends boolean ? Name : never }[keyof Settings];

const notices: readonly { setting: Notice; label: string; help: string }[] = [
  { setting: "notify_access", label: words.access, help: words.accessLine },
  { setting: "notify_failures", label: words.failures, help: words.failuresLine },
  { setting: "notify_down", label: words.down, help: words.downLine },
  { setting: "notify_recovery", label: words.recovery, help: words.recoveryLine },
  { setting: "personal_data_in_notifications", label: words.personal, help: words.personalLine },
];

export function NotificationsCard({ settings, change }: CardProps) {
  return (
    <div className={styles.switches}>
      {notices.map(({ setting, label, help }) => (
        <Switch key={setting} on={settings[setting]} help={help} onChange={(on) => change({ [setting]: on })}>{label}</Switch>
      ))}
    </div>
  );
}
