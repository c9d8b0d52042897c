import { useCallback, useEffect, useState, type ReactNode } from "react";
import type { BackupView, Startup } from "@/api/generated";
import { Button } from "@/components/controls/Button";
import { Skeleton } from "@/components/feedback/Skeleton";
import { toasts } from "@/components/feedback/toasts";
import { formatExact } from "@/lib/format";
import { usePlatform } from "@/platform/context";
import { text } from "@/text/en";
import { useRestore } from "./RestoreDialog";
import styles from "./StartupGate.module.css";
import { UnlockForm } from "./UnlockForm";
import { wordsOf } from "./wordsOf";

/** Nothing of the window asks the engine before the engine runs: until then this stands in its place. */
export function StartupGate({ children }: { children: ReactNode }) {
  const [state, look] = useStartup();
  if (state?.state === "ready") return children;
  return (
    <main className={styles.gate}>
      <div className={styles.page}>
        <StartupPage state={state ?? { state: "opening" }} look={look} />
      </div>
    </main>
  );
}

function useStartup(): [Startup | undefined, () => void] {
  const platform = usePlatform();
  const [state, setState] = useState<Startup>();
  const look = useCallback(() => {
    platform.call<Startup>("startup").then(setState, (thrown: unknown) =>
      setState({ state: "problem", error: { code: "unexpected", message: wordsOf(thrown) } }),
    );
  }, [platform]);
  // Looked at once hearing has begun: looked at earlier, the engine could open in between, unseen and unheard.
  useEffect(() => platform.listen("startup", look, look), [platform, look]);
  return [state, look];
}

function StartupPage({ state, look }: { state: Startup; look: () => void }) {
  const words = text.startup;
  switch (state.state) {
    case "opening":
    case "ready":
      return (
        <>
          <h1>{words.opening}</h1>
          <p className={styles.line}>{words.openingLine}</p>
          <Skeleton label={words.opening} lines={3} />
        </>
      );
    case "locked":
      return <WithBackup onRestored={look}><UnlockForm problem={state.problem} onOpened={look} /></WithBackup>;
    case "choose_passphrase":
      return <WithBackup onRestored={look}><UnlockForm choose why={state.why} problem={null} onOpened={look} /></WithBackup>;
    case "damaged":
      return <Damaged message={state.message} backup={state.backup} look={look} />;
    case "problem":
      return <Problem message={state.error.message} code={state.error.code} look={look} />;
  }
}

/** Somebody who moved here from another computer has a backup instead of a passphrase. */
function WithBackup({ children, onRestored }: { children: ReactNode; onRestored: () => void }) {
  const { choose, dialog } = useRestore(onRestored);
  return (
    <>
      {children}
      <div className={styles.instead}><Button kind="quiet" onPress={choose}>{text.startup.restoreInstead}</Button></div>
      {dialog}
    </>
  );
}

function useCopyDetails(details: string) {
  const platform = usePlatform();
  const words = text.startup;
  return () => void platform.copyText(details).then(() => toasts.show({ words: words.copied }));
}

function Damaged({ message, backup, look }: { message: string; backup: BackupView | null; look: () => void }) {
  const words = text.startup;
  const copy = useCopyDetails(`${words.damaged}\n${message}`);
  const { choose, restoreNewest, busy, dialog } = useRestore(look);
  const made = backup?.made_at == null ? undefined : formatExact(new Date(backup.made_at));
  return (
    <>
      <h1>{words.damaged}</h1>
      <p className={styles.sentence} role="alert">{message}</p>
      <p className={styles.line}>{backup === null ? words.damagedNothing : words.damagedLine(made)}</p>
      <div className={styles.actions}>
        <Button onPress={copy}>{words.copy}</Button>
        <Button onPress={choose}>{backup === null ? words.restore : words.restoreOther}</Button>
        {backup !== null && <Button kind="primary" busy={busy} onPress={restoreNewest}>{words.restoreNewest}</Button>}
      </div>
      {dialog}
    </>
  );
}

function Problem({ message, code, look }: { message: string; code: string; look: () => void }) {
  const platform = usePlatform();
  const words = text.startup;
  const [busy, setBusy] = useState(false);
  const copy = useCopyDetails(`${words.problem}\n${code}: ${message}`);
  const { choose, dialog } = useRestore(look);
  const retry = () => {
    setBusy(true);
    void platform.call<Startup>("reopen").then(look, look).finally(() => setBusy(false));
  };
  return (
    <>
      <h1>{words.problem}</h1>
      <p className={styles.sentence} role="alert">{message}</p>
      <p className={styles.line}>{words.problemSentence}</p>
      <div className={styles.actions}>
        <Button onPress={copy}>{words.copy}</Button>
        <Button onPress={choose}>{words.restore}</Button>
        <Button kind="primary" busy={busy} onPress={retry}>{words.retry}</Button>
      </div>
      {dialog}
    </>
  );
}
