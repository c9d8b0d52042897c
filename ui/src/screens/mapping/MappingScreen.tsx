import { useEffect } from "react";
import { useRead } from "@/api/client";
import type { ScreenProps } from "@/app/screens";
import { go, href } from "@/app/router";
import { useCommands } from "@/app/shortcuts/commands";
import { Button } from "@/components/controls/Button";
import { Badge } from "@/components/data/Badge";
import { Banner } from "@/components/feedback/Banner";
import { EmptyState } from "@/components/feedback/EmptyState";
import { Skeleton } from "@/components/feedback/Skeleton";
import { MappingIcon } from "@/components/icons";
import { Card } from "@/components/page/Card";
import { Page } from "@/components/page/Page";
import { PageHeader } from "@/components/page/PageHeader";
import type { SyncRow } from "@/api/generated";
import { text } from "@/text/en";
import styles from "./MappingScreen.module.css";

const words = text.mapping;

/** Every sync with the state of its mapping. With one sync there is nothing to choose: its editor opens. */
export default function MappingScreen({ query }: ScreenProps) {
  const { data: home, error, isFetching, refetch } = useRead("home", {});
  const syncs = home?.syncs ?? [];
  const only = syncs.length === 1 && !query.has("all") ? syncs[0]?.id : undefined;
  useEffect(() => {
    if (only !== undefined) window.location.replace(href("mapper", { sync: only }));
  }, [only]);
  useCommands(syncs.map(({ id, name }) => ({ id: `mapping.open.${id}`, label: words.open(name), group: words.title, icon: MappingIcon, run: () => go("mapper", { sync: id }) })));
  return (
    <Page>
      <PageHeader title={words.title} {...(syncs.length > 0 && { sentence: words.listSentence(syncs.length), line: words.listLine })} />
      {error && <Banner tone="bad" title={words.loadTitle} line={error.message} actions={<Button busy={isFetching} onPress={() => void refetch()}>{words.reload}</Button>} />}
      {!home && !error && <Skeleton label={words.loading} lines={4} />}
      {home && syncs.length === 0 && (
        <EmptyState icon={MappingIcon} {...text.empty.mapping} action={<Button kind="primary" onPress={() => go("setup")}>{words.connect}</Button>} />
      )}
      {syncs.length > 0 && (
        <Card flush>
          <ul>
            {syncs.map((sync) => (
              <SyncItem key={sync.id} sync={sync} />
            ))}
          </ul>
        </Card>
      )}
    </Page>
  );
}

function SyncItem({ sync }: { sync: SyncRow }) {
  const state = sync.state === "draft" ? (["wait", words.neverSent] as const) : sync.has_draft ? (["warn", words.unpublished] as const) : (["ok", words.published] as const);
  return (
    <li className={styles.item}>
      <a className={styles.link} href={href("mapper", { sync: sync.id })}>
        <strong>{sync.name}</strong>
        <span>
          {sync.source.connection.name} → {sync.destination.connection.name}
          {sync.destination.object !== null && `, ${sync.destination.object}`}
        </span>
      </a>
      <Badge tone={state[0]}>{state[1]}</Badge>
    </li>
  );
}
