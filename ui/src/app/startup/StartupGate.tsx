import { useCallback, useEffect, useState, type ReactNode } from "react";
import type { Startup } from "@/api/generated";
import { Button } from "@/components/controls/Button";
import { Skeleton } from "@/components/feedback/Skeleton";
import { toasts } from "@/components/feedback/toasts";
import { usePlatform } from "@/platform/context";
import { text } from "@/text/en";
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
  useEffect(() => {
    look();
    return platform.listen("startup", look);
  }, [platform, look]);
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
      return <UnlockForm problem={state.problem} onOpened={look} />;
    case "choose_passphrase":
      return <UnlockForm choose why={state.why} problem={null} onOpened={look} />;
    case "problem":
      return <Problem message={state.error.message} code={state.error.code} onRetry={look} />;
  }
}

function Problem({ message, code, onRetry }: { message: string; code: string; onRetry: () => void }) {
  const platform = usePlatform();
  const words = text.startup;
  const copy = () => void platform.copyText(`${words.problem}\n${code}: ${message}`).then(() => toasts.show({ words: words.copied }));
  return (
    <>
      <h1>{words.problem}</h1>
      <p className={styles.sentence} role="alert">{message}</p>
      <p className={styles.line}>{words.problemSentence}</p>
      <div className={styles.actions}>
        <Button onPress={copy}>{words.copy}</Button>
        <Button kind="primary" onPress={onRetry}>{words.retry}</Button>
      </div>
    </>
  );
}
