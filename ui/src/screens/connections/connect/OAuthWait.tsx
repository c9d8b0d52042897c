import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useEffectEvent, useState } from "react";
import { useRead, useWrite } from "@/api/client";
import type { ConnectionView, OAuthState, OAuthStatus } from "@/api/generated";
import { useCommands } from "@/app/shortcuts/commands";
import { Button } from "@/components/controls/Button";
import { Spinner } from "@/components/controls/Spinner";
import { Banner } from "@/components/feedback/Banner";
import { toasts } from "@/components/feedback/toasts";
import { TextField } from "@/components/fields/TextField";
import { CopyIcon, ExternalIcon } from "@/components/icons";
import { usePlatform } from "@/platform/context";
import { text } from "@/text/en";
import styles from "../Connections.module.css";
import { useClock } from "./useClock";

const words = text.connections.connect;
const LOOK_AGAIN = 1_000;

interface OAuthWaitProps {
  flow: OAuthStatus;
  name: string;
  onConnected: (connection: ConnectionView) => void;
  /** Begins again. */
  onRetry: () => void;
  onCancel: () => void;
  /** Offered where the vendor gives tokens too. */
  onUseToken?: (() => void) | undefined;
}

/** A sign-in under way in the browser: waiting, finishing, connected, or ended with the reason. */
export function OAuthWait({ flow, name, onConnected, onRetry, onCancel, onUseToken }: OAuthWaitProps) {
  const client = useQueryClient();
  const [pasted, setPasted] = useState<OAuthState>();
  const latest = pasted ?? client.getQueryData<OAuthStatus>(["oauth_status", { id: flow.flow }])?.state ?? flow.state;
  const { data, error } = useRead("oauth_status", { id: flow.flow }, { every: isUnderWay(latest) ? LOOK_AGAIN : false });
  const state = pasted ?? data?.state ?? flow.state;
  const finished = useEffectEvent(() => {
    if (state.state === "connected") onConnected(state.connection);
  });
  useEffect(() => finished(), [state.state]);
  if (error) return <Banner tone="bad" title={error.message} actions={<Button kind="primary" onPress={onRetry}>{words.ended.retry}</Button>} />;
  switch (state.state) {
    case "waiting":
      return <Waiting flow={flow} name={name} onPasted={setPasted} onCancel={onCancel} />;
    case "exchanging":
    case "connected":
      return <p className={styles.actions} role="status"><Spinner label={words.exchanging} />{words.exchanging}</p>;
    case "ended":
      return (
        <Banner
          tone="bad"
          title={state.problem.title}
          line={state.problem.meaning}
          actions={
            <>
              {onUseToken && <Button onPress={onUseToken}>{words.ended.token}</Button>}
              <Button kind="primary" onPress={onRetry}>{words.ended.retry}</Button>
            </>
          }
        />
      );
  }
}

const isUnderWay = (state: OAuthState) => state.state === "waiting" || state.state === "exchanging";

interface WaitingProps {
  flow: OAuthStatus;
  name: string;
  onPasted: (state: OAuthState) => void;
  onCancel: () => void;
}

function Waiting({ flow, name, onPasted, onCancel }: WaitingProps) {
  const platform = usePlatform();
  const clock = useClock(flow.expires_at);
  const open = useWrite("open_oauth");
  const cancel = useWrite("cancel_oauth");
  const paste = useWrite("paste_oauth", { quiet: true });
  const [address, setAddress] = useState("");
  const say = words.waiting;
  const again = () => open.mutate({ id: flow.flow });
  const copy = () => void platform.copyText(flow.url).then(() => toasts.show({ words: say.copied, tone: "info" }));
  const stop = () => {
    cancel.mutate({ id: flow.flow });
    onCancel();
  };
  useCommands([
    { id: "oauth.again", label: say.openAgain, group: say.title, icon: ExternalIcon, run: again },
    { id: "oauth.copy", label: say.copyLink, group: say.title, icon: CopyIcon, run: copy },
    { id: "oauth.cancel", label: say.cancel, group: say.title, run: stop },
  ]);
  return (
    <section className={styles.waiting} aria-label={say.title}>
      <div className={styles.strong}>
        <Spinner label={say.title} /> {say.title} <span className={styles.clock} role="timer">{say.left(clock)}</span>
      </div>
      <p className={styles.muted}>{say.line(name)}</p>
      <div className={styles.actions}>
        <Button icon={ExternalIcon} onPress={again}>{say.openAgain}</Button>
        <Button icon={CopyIcon} onPress={copy}>{say.copyLink}</Button>
        <Button kind="quiet" onPress={stop}>{say.cancel}</Button>
      </div>
      <details className={styles.details}>
        <summary>{say.paste}</summary>
        <div className={styles.rename}>
          <TextField label={say.pasteLabel} help={say.pasteHelp} value={address} onChange={setAddress} error={paste.error?.message} />
          <Button disabled={address === ""} busy={paste.isPending} onPress={() => paste.mutate({ flow: flow.flow, url: address.trim() }, { onSuccess: ({ state }) => onPasted(state) })}>{say.pasteButton}</Button>
        </div>
      </details>
    </section>
  );
}
