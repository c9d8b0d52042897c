import { useState, type SyntheticEvent } from "react";
import { Button } from "@/components/controls/Button";
import { Banner } from "@/components/feedback/Banner";
import { TextField } from "@/components/fields/TextField";
import { Dialog } from "@/components/overlays/Dialog";
import { text } from "@/text/en";
import styles from "./Settings.module.css";

const words = text.settings.data;
const FORM = "backup";

interface BackupDialogProps {
  busy: boolean;
  onCancel: () => void;
  /** The passphrase is chosen; where the file goes is asked next. */
  onChosen: (passphrase: string) => void;
}

/** A backup opens on any computer, so it has a passphrase of its own. */
export function BackupDialog({ busy, onCancel, onChosen }: BackupDialogProps) {
  const [passphrase, setPassphrase] = useState("");
  const [again, setAgain] = useState("");
  const different = again !== "" && again !== passphrase;
  const ready = passphrase !== "" && again === passphrase;
  const choose = (event: SyntheticEvent) => {
    event.preventDefault();
    if (ready && !busy) onChosen(passphrase);
  };
  return (
    <Dialog
      open
      size="small"
      onClose={onCancel}
      title={words.backupTitle}
      footer={
        <>
          <Button onPress={onCancel}>{text.common.cancel}</Button>
          <Button kind="primary" type="submit" form={FORM} busy={busy} disabled={!ready}>{words.backupChoose}</Button>
        </>
      }
    >
      <form id={FORM} className={styles.dialogForm} onSubmit={choose}>
        <p>{words.backupSentence}</p>
        {/* The dialog was opened to type into. */}
        {/* eslint-disable-next-line jsx-a11y/no-autofocus */}
        <TextField label={words.backupPassphrase} type="password" autoFocus required value={passphrase} onChange={setPassphrase} />
        <TextField label={words.backupAgain} type="password" required value={again} onChange={setAgain} error={different ? words.backupDifferent : undefined} />
        <Banner tone="warn" title={words.backupWarning} />
      </form>
    </Dialog>
  );
}
