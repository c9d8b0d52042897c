import { useState } from "react";
import type { Startup } from "@/api/generated";
import { Button } from "@/components/controls/Button";
import { toasts } from "@/components/feedback/toasts";
import { TextField } from "@/components/fields/TextField";
import { Dialog } from "@/components/overlays/Dialog";
import { usePlatform } from "@/platform/context";
import { text } from "@/text/en";
import styles from "./StartupGate.module.css";
import { wordsOf } from "./wordsOf";

/** Backups a person made have a passphrase of their own; the ledger's daily copies have none. */
const hasPassphrase = (path: string) => !path.endsWith(".db");
const nameOf = (path: string) => path.split(/[\\/]/).at(-1) ?? path;

/** Restores: the newest good copy at once, another backup after it was chosen and confirmed. */
export function useRestore(onRestored: () => void) {
  const platform = usePlatform();
  const words = text.startup;
  const [chosen, setChosen] = useState<string>();
  const [busy, setBusy] = useState(false);
  const restore = async (request: { path: string | null; passphrase: string | null }) => {
    setBusy(true);
    try {
      await platform.call<Startup>("restore", { request });
      setChosen(undefined);
      toasts.show({ words: words.restored });
      onRestored();
    } finally {
      setBusy(false);
    }
  };
  const choose = () =>
    void platform.pickFile([{ name: words.backups, extensions: ["lfbackup", "db"] }]).then((path) => {
      if (path !== undefined) setChosen(path);
    });
  const restoreNewest = () =>
    void restore({ path: null, passphrase: null }).catch((thrown: unknown) => toasts.show({ words: wordsOf(thrown), tone: "bad" }));
  const dialog = chosen !== undefined && (
    <RestoreDialog
      key={chosen}
      path={chosen}
      busy={busy}
      onCancel={() => setChosen(undefined)}
      onRestore={(passphrase) => restore({ path: chosen, passphrase })}
    />
  );
  return { choose, restoreNewest, busy, dialog };
}

interface RestoreDialogProps {
  path: string;
  busy: boolean;
  onCancel: () => void;
  /** Rejects with why it was not restored. */
  onRestore: (passphrase: string | null) => Promise<void>;
}

function RestoreDialog({ path, busy, onCancel, onRestore }: RestoreDialogProps) {
  const words = text.startup;
  const asks = hasPassphrase(path);
  const [passphrase, setPassphrase] = useState("");
  const [refused, setRefused] = useState<string>();
  const ready = !asks || passphrase !== "";
  const run = () => {
    if (!ready || busy) return;
    onRestore(asks ? passphrase : null).catch((thrown: unknown) => setRefused(wordsOf(thrown)));
  };
  return (
    <Dialog
      open
      size="small"
      onClose={onCancel}
      title={words.restoreTitle}
      footer={
        <>
          <Button onPress={onCancel}>{text.common.cancel}</Button>
          <Button kind="primary" busy={busy} disabled={!ready} onPress={run}>{words.restoreAction}</Button>
        </>
      }
    >
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          run();
        }}
      >
        <p>{words.restoreSentence(nameOf(path))}</p>
        <p className={styles.line}>{words.restoreLine}</p>
        {asks && (
          <TextField
            label={words.restorePassphrase}
            type="password"
            // The dialog was opened to type into.
            // eslint-disable-next-line jsx-a11y/no-autofocus
            autoFocus
            required
            value={passphrase}
            onChange={(next) => {
              setPassphrase(next);
              setRefused(undefined);
            }}
            error={refused}
          />
        )}
        {!asks && refused !== undefined && <p role="alert">{refused}</p>}
      </form>
    </Dialog>
  );
}
