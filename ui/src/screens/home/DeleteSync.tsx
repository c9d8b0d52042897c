import { useState } from "react";
import { useWrite } from "@/api/client";
import type { SyncRow } from "@/api/generated";
import { go } from "@/app/router";
import { useCommands } from "@/app/shortcuts/commands";
import { Button } from "@/components/controls/Button";
import { toasts } from "@/components/feedback/toasts";
import { DeleteIcon } from "@/components/icons";
import { ConfirmDialog } from "@/components/overlays/ConfirmDialog";
import { text } from "@/text/en";
import styles from "./Home.module.css";

const words = text.sync;

/** Deleting says first, in numbers, what will not be sent and what stays. */
export function DeleteSync({ row: { id, name, counts } }: { row: SyncRow }) {
  const [asking, setAsking] = useState(false);
  const remove = useWrite("delete_sync");
  const undelivered = counts.pending + counts.sending + counts.retrying + counts.failed;
  useCommands([{ id: "sync.delete", label: words.delete, group: name, icon: DeleteIcon, run: () => setAsking(true) }]);
  const confirm = () =>
    remove.mutate({ id }, {
      onSuccess: () => {
        toasts.show({ words: words.deleted(name), tone: "info" });
        go("home");
      },
    });
  return (
    <div className={styles.danger}>
      <span className={styles.muted}>{words.deleteLine}</span>
      <Button kind="danger" icon={DeleteIcon} onPress={() => setAsking(true)}>{words.delete}</Button>
      <ConfirmDialog open={asking} title={words.deleteTitle(name)} action={words.delete} danger busy={remove.isPending} onConfirm={confirm} onCancel={() => setAsking(false)}>
        {undelivered > 0 && <p>{words.deleteWaiting(undelivered)}</p>}
        <p>{words.deleteSynced(counts.synced)}</p>
        <p>{words.deleteMapping}</p>
      </ConfirmDialog>
    </div>
  );
}
