import { useState } from "react";
import { useWrite } from "@/api/client";
import type { ConnectionView } from "@/api/generated";
import { useCommands } from "@/app/shortcuts/commands";
import { Button } from "@/components/controls/Button";
import { toasts } from "@/components/feedback/toasts";
import { ConfirmDialog } from "@/components/overlays/ConfirmDialog";
import { text } from "@/text/en";
import styles from "./Connections.module.css";

const words = text.connections;

/** Gives access back. Says first which syncs will wait. */
export function Disconnect({ connection: { id, name, syncs } }: { connection: ConnectionView }) {
  const [asking, setAsking] = useState(false);
  const disconnect = useWrite("disconnect");
  useCommands([{ id: "connection.disconnect", label: words.disconnect, group: name, run: () => setAsking(true) }]);
  const confirm = () =>
    disconnect.mutate({ id }, {
      onSuccess: ({ message }) => {
        setAsking(false);
        toasts.show({ words: message, tone: "info" });
      },
    });
  return (
    <div className={styles.danger}>
      <span className={styles.muted}>{words.disconnectLine}</span>
      <Button kind="danger" onPress={() => setAsking(true)}>{words.disconnect}</Button>
      <ConfirmDialog open={asking} title={words.disconnectTitle(name)} action={words.disconnect} danger busy={disconnect.isPending} onConfirm={confirm} onCancel={() => setAsking(false)}>
        <p>{syncs.length > 0 ? words.disconnectSyncs(syncs.length) : words.disconnectNone}</p>
        <p>{words.disconnectStays}</p>
      </ConfirmDialog>
    </div>
  );
}
