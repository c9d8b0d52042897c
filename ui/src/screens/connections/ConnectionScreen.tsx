import { BackLink } from "@/screens/shared/BackLink";
import { useState } from "react";
import { useRead, useWrite } from "@/api/client";
import type { ConnectionView } from "@/api/generated";
import { go, href } from "@/app/router";
import type { ScreenProps } from "@/app/screens";
import { useCommands } from "@/app/shortcuts/commands";
import { Button } from "@/components/controls/Button";
import { Code } from "@/components/data/Code";
import { RelativeTime } from "@/components/data/RelativeTime";
import { EmptyState } from "@/components/feedback/EmptyState";
import { Skeleton } from "@/components/feedback/Skeleton";
import { toasts } from "@/components/feedback/toasts";
import { FormRow } from "@/components/fields/FormRow";
import { LinkIcon, SyncIcon } from "@/components/icons";
import { Card } from "@/components/page/Card";
import { Page } from "@/components/page/Page";
import { PageHeader } from "@/components/page/PageHeader";
import { ReadFailed } from "@/screens/shared/ReadFailed";
import { text } from "@/text/en";
import { AccountPanel } from "./AccountPanel";
import { ConnectFlow } from "./connect/ConnectFlow";
import { ConnectionStateBadge } from "./ConnectionMark";
import styles from "./Connections.module.css";
import { Disconnect } from "./Disconnect";
import { HooksRow } from "./HooksRow";
import { QuotaLines } from "./QuotaLines";
import { ReceiverPanel } from "./ReceiverPanel";
import { RenameForm } from "./RenameForm";

const words = text.connections;

export default function ConnectionScreen({ params, query }: ScreenProps) {
  const { data, error, refetch } = useRead("connections", {});
  const connection = data?.find(({ id }) => id === params.connection);
  if (connection) return <Details connection={connection} reconnecting={query.get("reconnect") === "1"} />;
  return (
    <Page>
      <PageHeader title={words.title} back={<BackLink href={href("connections")}>{words.back}</BackLink>} />
      {error && <ReadFailed title={words.unreadable} message={error.message} onRetry={() => void refetch()} />}
      {!error && !data && <Card><Skeleton label={text.app.loading} lines={4} /></Card>}
      {data && <EmptyState title={words.gone.title} line={words.gone.line} action={<Button onPress={() => go("connections")}>{words.gone.action}</Button>} />}
    </Page>
  );
}

function Details({ connection, reconnecting }: { connection: ConnectionView; reconnecting: boolean }) {
  const { id, name, connector, state, problem, syncs } = connection;
  const { data: connectors } = useRead("connectors", {});
  const { data: receivers } = useRead("receivers", {});
  const spec = connectors?.find((one) => one.id === connector);
  const receiver = receivers?.find((one) => one.id === id);
  const check = useWrite("check_connection");
  const [signingIn, setSigningIn] = useState(reconnecting);
  const checkNow = () => check.mutate({ id }, { onSuccess: (checked) => { if (checked.problem === null) toasts.show({ words: words.checkedFine(name) }); } });
  const group = name;
  useCommands([
    ...(spec ? [{ id: "connection.check", label: words.check, group, icon: SyncIcon, run: checkNow }, { id: "connection.signIn", label: words.reconnect, group, icon: LinkIcon, run: () => setSigningIn(true) }] : []),
  ]);
  return (
    <Page>
      <PageHeader
        title={name}
        back={<BackLink href={href("connections")}>{words.back}</BackLink>}
        sentence={problem?.title ?? `${connection.connector_name}: ${words.state[state]}`}
        tone={problem === null ? "calm" : "needsYou"}
        line={problem?.meaning}
        actions={
          spec && (
            <>
              <Button icon={SyncIcon} busy={check.isPending} onPress={checkNow}>{words.check}</Button>
              <Button {...(state !== "connected" && { kind: "primary" as const })} icon={LinkIcon} onPress={() => setSigningIn(true)}>{words.reconnect}</Button>
            </>
          )
        }
      />
      {signingIn && spec && (
        <Card title={words.reconnect}>
          <ConnectFlow
            spec={spec}
            end={connection.role === "source" ? "source" : "destination"}
            reconnect={connection}
            onBack={() => setSigningIn(false)}
            onConnected={() => {
              setSigningIn(false);
              toasts.show({ words: words.connect.connected(name) });
            }}
          />
        </Card>
      )}
      {connection.account !== null && (
        <Card title={words.account} actions={<ConnectionStateBadge state={connection.state} />}>
          <AccountPanel connection={connection} />
        </Card>
      )}
      {receiver && <ReceiverPanel receiver={receiver} />}
      <Card>
        <FormRow title={words.syncs}>
          {syncs.length === 0 ? <p className={styles.muted}>{words.noSyncs}</p> : <ul className={styles.syncs}>{syncs.map((sync) => <li key={sync.id}><a href={href("sync", { sync: sync.id })}>{sync.name}</a></li>)}</ul>}
        </FormRow>
        <QuotaLines connection={id} />
        {connection.hooks !== null && state !== "disconnected" && <HooksRow system={connection.connector_name} hooks={connection.hooks} />}
        {connection.checked_at !== null && <FormRow title={words.checked}><span><RelativeTime time={new Date(connection.checked_at)} /></span></FormRow>}
        {connection.base_url !== null && <FormRow title={words.address}><span className={styles.copyLine}><code>{connection.base_url}</code></span></FormRow>}
        <FormRow title={words.name}><RenameForm key={name} id={id} name={name} /></FormRow>
      </Card>
      {problem !== null && problem.technical !== "" && (
        <details className={styles.details}>
          <summary>{words.technical}</summary>
          <Code label={words.technicalText} code={problem.technical} />
        </details>
      )}
      {state !== "disconnected" && <Card><Disconnect connection={connection} /></Card>}
    </Page>
  );
}
