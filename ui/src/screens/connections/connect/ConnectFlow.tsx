import { useState } from "react";
import { useWrite } from "@/api/client";
import type { AuthView, ConnectionView, ConnectorView, OAuthStatus } from "@/api/generated";
import { useCommands } from "@/app/shortcuts/commands";
import { Button } from "@/components/controls/Button";
import { RadioGroup } from "@/components/controls/RadioGroup";
import { Banner } from "@/components/feedback/Banner";
import { ConnectorLogo } from "@/screens/shared/ConnectorLogo";
import { text } from "@/text/en";
import styles from "../Connections.module.css";
import { AddressFields } from "./AddressFields";
import { CredentialFields } from "./CredentialFields";
import { appAccess, common, credentials, emptyForm, formOf, inWay, isComplete, secrets } from "./form";
import { OAuthWait } from "./OAuthWait";
import { SettingFields } from "./SettingFields";

const words = text.connections.connect;
const NOTHING: AuthView = { kind: "none" };

interface ConnectFlowProps {
  spec: ConnectorView;
  /** Which end of a sync it becomes. */
  end: "source" | "destination";
  /** Signs in again for this connection. */
  reconnect?: ConnectionView | undefined;
  onConnected: (connection: ConnectionView) => void;
  /** Leaves for another CRM. */
  onBack: () => void;
}

/** Everything between choosing a system and holding a connection to it. */
export function ConnectFlow({ spec, end, reconnect, onConnected, onBack }: ConnectFlowProps) {
  const [form, setForm] = useState(() => (reconnect ? formOf(reconnect, spec) : emptyForm));
  const [flow, setFlow] = useState<OAuthStatus>();
  const start = useWrite("start_oauth", { quiet: true });
  const connect = useWrite("connect", { quiet: true });
  const auth = spec.auth[form.way] ?? NOTHING;
  const tokenWay = spec.auth.findIndex(({ kind }) => kind === "token");
  const who = { connector: spec.id, role: end, reconnect: reconnect?.id ?? null };
  const toToken = tokenWay < 0 || tokenWay === form.way ? undefined : () => {
    setFlow(undefined);
    start.reset();
    setForm(inWay(form, tokenWay));
  };
  const submit = () => {
    if (!isComplete(form, spec, auth)) return;
    if (auth.kind === "o_auth") start.mutate({ ...who, ...common(form, auth), ...secrets(form), open_browser: true }, { onSuccess: setFlow });
    else connect.mutate({ ...who, name: null, ...common(form, auth), ...credentials(form, auth), app: appAccess(form, auth) }, { onSuccess: onConnected });
  };
  const label = auth.kind === "o_auth" ? words.signIn(spec.name) : auth.kind === "token" ? words.check : words.connectNow;
  useCommands(flow ? [] : [{ id: "connect.submit", label, group: words.title, run: submit }]);
  if (flow) {
    return (
      <OAuthWait
        flow={flow}
        name={spec.name}
        onConnected={onConnected}
        onCancel={() => setFlow(undefined)}
        onRetry={() => {
          setFlow(undefined);
          submit();
        }}
        onUseToken={toToken}
      />
    );
  }
  const problem = start.error ?? connect.error;
  return (
    <form
      className={styles.form}
      aria-label={words.signIn(spec.name)}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <div className={styles.account}>
        <ConnectorLogo connector={spec.id} />
        <div>
          <p className={styles.strong}>{spec.name}</p>
          <p className={styles.muted}>{spec.tagline}</p>
        </div>
      </div>
      {spec.hands_over && end === "destination" && <p className={styles.muted}>{words.handsOver(spec.name)}</p>}
      {spec.auth.length > 1 && (
        <RadioGroup
          label={words.how}
          value={String(form.way)}
          onChange={(way) => setForm(inWay(form, Number(way)))}
          choices={spec.auth.map(({ kind }, at) => ({ value: String(at), label: words.ways[kind] }))}
        />
      )}
      <CredentialFields spec={spec} auth={auth} form={form} onChange={setForm} />
      <SettingFields settings={spec.settings} values={form.settings} onChange={(settings) => setForm({ ...form, settings })} />
      <AddressFields spec={spec} form={form} onChange={setForm} />
      {problem && (
        <Banner
          tone="bad"
          title={auth.kind === "o_auth" ? words.blocked : problem.message}
          line={auth.kind === "o_auth" ? problem.message : undefined}
          actions={auth.kind === "o_auth" && toToken ? <Button onPress={toToken}>{words.ended.token}</Button> : undefined}
        />
      )}
      <div className={styles.actions}>
        <Button kind="primary" type="submit" busy={start.isPending || connect.isPending} disabled={!isComplete(form, spec, auth)}>{label}</Button>
        <Button kind="quiet" onPress={onBack}>{reconnect ? text.common.cancel : words.chooseOther}</Button>
      </div>
    </form>
  );
}
