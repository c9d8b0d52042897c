import { useState, type SyntheticEvent } from "react";
import type { Startup } from "@/api/generated";
import { Button } from "@/components/controls/Button";
import { Banner } from "@/components/feedback/Banner";
import { TextField } from "@/components/fields/TextField";
import { usePlatform } from "@/platform/context";
import { text } from "@/text/en";
import styles from "./StartupGate.module.css";
import { wordsOf } from "./wordsOf";

interface UnlockFormProps {
  /** A new data folder: the passphrase is chosen, so it is typed twice. */
  choose?: boolean;
  why?: string;
  /** What was wrong with the last try. */
  problem: string | null;
  onOpened: () => void;
}

export function UnlockForm({ choose = false, why, problem, onOpened }: UnlockFormProps) {
  const platform = usePlatform();
  const words = text.startup;
  const [passphrase, setPassphrase] = useState("");
  const [again, setAgain] = useState("");
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState(problem);
  const different = choose && again !== "" && again !== passphrase;
  const ready = passphrase !== "" && (!choose || again === passphrase);
  const open = (event: SyntheticEvent) => {
    event.preventDefault();
    if (!ready || busy) return;
    setBusy(true);
    platform
      .call<Startup | null>("unlock", { request: { passphrase } })
      .then((now) => {
        if (now?.state === "locked") setRefused(now.problem);
        else onOpened();
      })
      .catch((thrown: unknown) => setRefused(wordsOf(thrown)))
      .finally(() => setBusy(false));
  };
  return (
    <form className={styles.form} onSubmit={open}>
      <h1>{choose ? words.choose : words.locked}</h1>
      <p className={styles.sentence}>{choose ? words.chooseSentence : words.lockedSentence}</p>
      <p className={styles.line}>{choose ? why : words.lockedLine}</p>
      <TextField
        label={words.passphrase}
        type="password"
        // The page was opened to type into.
        // eslint-disable-next-line jsx-a11y/no-autofocus
        autoFocus
        required
        value={passphrase}
        onChange={(next) => {
          setPassphrase(next);
          setRefused(null);
        }}
        error={refused ?? undefined}
      />
      {choose && <TextField label={words.again} type="password" required value={again} onChange={setAgain} error={different ? words.different : undefined} />}
      {choose && <Banner tone="warn" title={words.chooseWarning} />}
      <div className={styles.actions}>
        <Button kind="primary" type="submit" busy={busy} disabled={!ready}>{choose ? words.set : words.open}</Button>
      </div>
    </form>
  );
}
