import { useState } from "react";
import { useRead } from "@/api/client";
import type { ConnectionView } from "@/api/generated";
import { go, href } from "@/app/router";
import { useCommands } from "@/app/shortcuts/commands";
import { Button } from "@/components/controls/Button";
import { EmptyState } from "@/components/feedback/EmptyState";
import { Skeleton } from "@/components/feedback/Skeleton";
import { ConnectionsIcon, PlusIcon } from "@/components/icons";
import { Dialog } from "@/components/overlays/Dialog";
import { Card } from "@/components/page/Card";
import { Page } from "@/components/page/Page";
import { PageHeader } from "@/components/page/PageHeader";
import { ConnectorLogo } from "@/screens/shared/ConnectorLogo";
import { ReadFailed } from "@/screens/shared/ReadFailed";
import { text } from "@/text/en";
import styles from "./Connections.module.css";
import { ConnectionMark } from "./ConnectionMark";
import { accountLine } from "./accountWords";
import { MakeReceiver } from "./MakeReceiver";
import { PracticePanel } from "./PracticePanel";

const words = text.connections;

export default function ConnectionsScreen() {
  const { data, error, refetch } = useRead("connections", {});
  const [making, setMaking] = useState(false);
  const add = () => go("connect");
  useCommands([
    { id: "connections.add", label: words.add, group: words.title, icon: PlusIcon, run: add },
    { id: "connections.receiver", label: words.addReceiver, group: words.title, icon: PlusIcon, alsoCalled: "webhook", run: () => setMaking(true) },
  ]);
  const needing = data?.filter(({ state }) => state === "needs_access").length ?? 0;
  const working = data?.filter(({ state }) => state === "connected").length ?? 0;
  return (
    <Page>
      <PageHeader
        title={words.title}
        {...(data && { sentence: needing > 0 ? words.needSentence(needing) : words.sentence(working) })}
        tone={needing > 0 ? "needsYou" : "calm"}
        actions={
          <>
            <Button icon={PlusIcon} onPress={() => setMaking(true)}>{words.addReceiver}</Button>
            <Button kind="primary" icon={PlusIcon} onPress={add}>{words.add}</Button>
          </>
        }
      />
      {!data && (error ? <ReadFailed title={words.unreadable} message={error.message} onRetry={() => void refetch()} /> : <Card><Skeleton label={text.app.loading} lines={4} /></Card>)}
      {data?.length === 0 && <EmptyState icon={ConnectionsIcon} {...words.empty} action={<Button kind="primary" onPress={add}>{words.empty.action}</Button>} />}
      {data && <Group title={words.destinations} connections={data.filter(({ role }) => role === "destination")} />}
      {data && <Group title={words.sources} connections={data.filter(({ role }) => role === "source")} />}
      <PracticePanel />
      <Dialog open={making} onClose={() => setMaking(false)} title={words.receiver.dialog}>
        <MakeReceiver onMade={({ id }) => go("connection", { connection: id })} />
      </Dialog>
    </Page>
  );
}

function Group({ title, connections }: { title: string; connections: ConnectionView[] }) {
  if (connections.length === 0) return null;
  return (
    <Card title={title} flush>
      <ul className={styles.rows}>
        {connections.map((connection) => <li key={connection.id}><Row connection={connection} /></li>)}
      </ul>
    </Card>
  );
}

function Row({ connection }: { connection: ConnectionView }) {
  const { id, connector, connector_name: vendor, name, account, syncs } = connection;
  return (
    <a className={styles.row} href={href("connection", { connection: id })}>
      <ConnectorLogo connector={connector} />
      <span className={styles.names}>
        <span className={styles.name}>{name}</span>
        <span className={styles.muted}>{account === null || accountLine(account) === name ? vendor : `${vendor} · ${accountLine(account)}`}</span>
      </span>
      <ConnectionMark connection={connection} />
      <span className={styles.used}>{syncs.length === 0 ? words.unused : words.usedBy(syncs.length)}</span>
    </a>
  );
}
