import { useRead, useWrite } from "@/api/client";
import type { HooksView } from "@/api/generated";
import { RelativeTime } from "@/components/data/RelativeTime";
import { FormRow } from "@/components/fields/FormRow";
import { PublicAddress } from "@/screens/shared/PublicAddress";
import { text } from "@/text/en";
import styles from "./Connections.module.css";

const words = text.connections.hooks;

/** Whether a CRM says when something changes, and the address it needs for that. Without it changes are looked for at intervals. */
export function HooksRow({ system, hooks }: { system: string; hooks: HooksView }) {
  const { data: settings } = useRead("settings", {});
  const save = useWrite("save_settings");
  const { state, line, last_at: last } = hooks;
  const offered = state !== "not_offered";
  return (
    <FormRow title={words.title} {...(offered && { line: words.line })}>
      <p>{words.state[state](system)}</p>
      {line !== null && <p className={styles.muted}>{line}</p>}
      {last !== null && <p className={styles.muted}>{words.last} <RelativeTime time={new Date(last)} /></p>}
      {offered && settings && (
        <PublicAddress
          key={settings.receiver_public_url}
          url={settings.receiver_public_url}
          onSave={(receiver_public_url) => save.mutate({ ...settings, receiver_public_url })}
        />
      )}
    </FormRow>
  );
}
