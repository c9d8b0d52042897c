import { useState } from "react";
import { useRead, useWrite } from "@/api/client";
import type { DeliveryView, Selection as Picked, TimelineEntry } from "@/api/generated";
import { go, href } from "@/app/router";
import type { ScreenProps } from "@/app/screens";
import { useCommands, type Command } from "@/app/shortcuts/commands";
import { Button } from "@/components/controls/Button";
import { StateMark } from "@/components/data/StateMark";
import { toasts } from "@/components/feedback/toasts";
import { Banner } from "@/components/feedback/Banner";
import { Skeleton } from "@/components/feedback/Skeleton";
import { ExternalIcon, PersonIcon, SkipIcon, SyncIcon, UndoIcon } from "@/components/icons";
import { Card } from "@/components/page/Card";
import { Page } from "@/components/page/Page";
import { PageHeader } from "@/components/page/PageHeader";
import { usePlatform } from "@/platform/context";
import { BackLink } from "@/screens/shared/BackLink";
import { ReadFailed } from "@/screens/shared/ReadFailed";
import { Timeline } from "@/screens/shared/Timeline";
import { text } from "@/text/en";
import { ExchangePanel } from "./ExchangePanel";
import { useBulk } from "./useBulk";
import { ValuesCard } from "./ValuesCard";
import styles from "./DeliveryScreen.module.css";

const words = text.errors.delivery;

/** One lead on its way to one destination: everything that happened, and what is sent. */
export default function DeliveryScreen({ params }: ScreenProps) {
  const read = useRead("delivery", { id: Number(params.delivery) }, { keep: true });
  const [opened, setOpened] = useState<TimelineEntry>();
  const view = read.data;
  const back =
    view?.group != null ? <BackLink href={href("group", { sync: view.sync.id, key: view.group })}>{words.openGroup}</BackLink> : <BackLink href={href("errors")}>{text.errors.back}</BackLink>;
  if (read.error) {
    return (
      <Page>
        <PageHeader title={words.title} back={back} />
        <ReadFailed message={read.error.message} onRetry={() => void read.refetch()} />
      </Page>
    );
  }
  return (
    <Page panel={opened && <ExchangePanel entry={opened} onClose={() => setOpened(undefined)} />}>
      <PageHeader
        title={words.title}
        back={back}
        sentence={view ? words.sentence[view.row.state](view.row.name, view.destination.name) : <Skeleton label={text.shared.loading} width="24rem" />}
        line={view && <span className={styles.facts}><StateMark state={view.row.state} pill /> {view.row.contact}</span>}
        actions={view && <Actions view={view} />}
      />
      {view ? <Body view={view} onDetails={setOpened} /> : <Skeleton label="" lines={6} />}
    </Page>
  );
}

function Actions({ view }: { view: DeliveryView }) {
  const platform = usePlatform();
  const bulk = useBulk();
  const retry = useWrite("retry");
  const { row } = view;
  const picked: Picked = { pick: "ids", ids: [row.id] };
  const actions: (Command & { primary?: boolean })[] = [
    ...(row.record_url !== null ? [{ id: "delivery.open", label: words.openRecord, icon: ExternalIcon, shortcut: "errors.open" as const, run: () => void platform.openExternal(row.record_url ?? "") }] : []),
    { id: "delivery.lead", label: words.openLead, icon: PersonIcon, run: () => go("lead", { lead: row.lead }) },
    ...(row.state === "failed" || row.state === "retrying"
      ? [
          { id: "delivery.skip", label: words.skip, icon: SkipIcon, shortcut: "errors.skip" as const, run: () => void bulk.skip(picked) },
          // One lead costs one call: no plan is needed.
          { id: "delivery.retry", label: words.retry, icon: SyncIcon, shortcut: "errors.retry" as const, primary: true, run: () => retry.mutate(picked, { onSuccess: () => toasts.show({ words: words.retried }) }) },
        ]
      : []),
    ...(row.state === "skipped" ? [{ id: "delivery.unskip", label: words.unskip, icon: UndoIcon, run: () => bulk.unskip(picked) }] : []),
  ].map((action) => ({ ...action, group: words.title }));
  useCommands(actions);
  return actions.map(({ id, label, icon, run, primary }) => (
    <Button key={id} kind={primary ? "primary" : "secondary"} onPress={run} {...(icon && { icon })}>
      {label}
    </Button>
  ));
}

function Body({ view, onDetails }: { view: DeliveryView; onDetails: (entry: TimelineEntry) => void }) {
  return (
    <>
      {view.explained && <Banner tone="bad" title={view.explained.title} line={view.explained.meaning} {...(view.group !== null && { actions: <Button onPress={() => go("group", { sync: view.sync.id, key: view.group ?? "" })}>{words.openGroup}</Button> })} />}
      <div className={styles.columns}>
        <Card title={words.timeline}>
          <Timeline label={words.timeline} entries={view.timeline} onDetails={onDetails} />
        </Card>
        <div className={styles.side}>
          <ValuesCard key={view.row.id} view={view} />
          {view.warnings.length > 0 && (
            <Card title={words.warnings}>
              <ul>
                {view.warnings.map((warning) => (
                  <li key={warning}>{warning}</li>
                ))}
              </ul>
            </Card>
          )}
        </div>
      </div>
    </>
  );
}
