import { useState } from "react";
import { useRead, useWrite } from "@/api/client";
import type { LeadView, TimelineEntry } from "@/api/generated";
import { go, href } from "@/app/router";
import type { ScreenProps } from "@/app/screens";
import { useCommands } from "@/app/shortcuts/commands";
import { Button } from "@/components/controls/Button";
import { RelativeTime } from "@/components/data/RelativeTime";
import { StateMark } from "@/components/data/StateMark";
import { Skeleton } from "@/components/feedback/Skeleton";
import { toasts } from "@/components/feedback/toasts";
import { DeleteIcon, ExportIcon, ExternalIcon, SyncIcon } from "@/components/icons";
import { ConfirmDialog } from "@/components/overlays/ConfirmDialog";
import { Card } from "@/components/page/Card";
import { Page } from "@/components/page/Page";
import { PageHeader } from "@/components/page/PageHeader";
import { usePlatform } from "@/platform/context";
import { ExchangePanel } from "@/screens/errors/ExchangePanel";
import { BackLink } from "@/screens/shared/BackLink";
import { ReadFailed } from "@/screens/shared/ReadFailed";
import { Timeline } from "@/screens/shared/Timeline";
import { watchRun } from "@/screens/shared/watchedRun";
import { RunStrip } from "@/screens/shared/RunStrip";
import { text } from "@/text/en";
import styles from "./LeadScreen.module.css";

const words = text.leads.lead;

/** One person's life-line: what was captured, where it went, everything that happened. */
export default function LeadScreen({ params }: ScreenProps) {
  const read = useRead("lead", { id: params.lead ?? "" }, { keep: true });
  const [opened, setOpened] = useState<TimelineEntry>();
  const back = <BackLink href={href("leads")}>{text.leads.back}</BackLink>;
  if (read.error) {
    return (
      <Page>
        <PageHeader title={text.sections.leads} back={back} />
        <ReadFailed message={read.error.message} onRetry={() => void read.refetch()} />
      </Page>
    );
  }
  const view = read.data;
  return (
    <Page panel={opened && <ExchangePanel entry={opened} onClose={() => setOpened(undefined)} />}>
      <PageHeader
        title={text.sections.leads}
        back={back}
        sentence={view ? words.state[view.row.state ?? "none"](view.row.name) : <Skeleton label={text.shared.loading} width="20rem" />}
        line={view && <>{words.captured(view.row.source.name)} <RelativeTime time={new Date(view.row.captured_at)} /></>}
        actions={view && <Actions view={view} />}
      />
      <RunStrip />
      {view ? <Body view={view} onDetails={setOpened} /> : <Skeleton label="" lines={6} />}
    </Page>
  );
}

function Actions({ view }: { view: LeadView }) {
  const platform = usePlatform();
  const [erasing, setErasing] = useState(false);
  const syncNow = useWrite("sync_now");
  const exportPerson = useWrite("export_person");
  const erase = useWrite("erase_person");
  const { id, name } = view.row;
  const sync = () =>
    syncNow.mutate(
      { id: null, leads: [id] },
      {
        onSuccess: ({ runs, waiting }) => {
          toasts.show({ words: words.started(waiting), tone: waiting > 0 ? "ok" : "info" });
          if (waiting > 0 && runs[0] !== undefined) watchRun({ id: runs[0], label: words.started(waiting), others: [] });
        },
      },
    );
  const save = async () => {
    const path = await platform.pickSaveFile(words.exportName(name), [{ name: words.jsonFile, extensions: ["json"] }]);
    if (path !== undefined) exportPerson.mutate({ id, path }, { onSuccess: () => toasts.show({ words: words.exported }) });
  };
  const section = text.sections.leads;
  useCommands([
    { id: "lead.sync", label: words.syncNow, group: section, icon: SyncIcon, run: sync },
    { id: "lead.export", label: words.export, group: section, icon: ExportIcon, run: () => void save() },
    { id: "lead.erase", label: words.erase, group: section, icon: DeleteIcon, run: () => setErasing(true) },
  ]);
  return (
    <>
      <Button icon={DeleteIcon} onPress={() => setErasing(true)}>{words.erase}</Button>
      <Button icon={ExportIcon} onPress={() => void save()}>{words.export}</Button>
      <Button kind="primary" icon={SyncIcon} busy={syncNow.isPending} onPress={sync}>{words.syncNow}</Button>
      <ConfirmDialog
        open={erasing}
        danger
        title={words.eraseTitle(name)}
        action={words.eraseAction}
        busy={erase.isPending}
        onCancel={() => setErasing(false)}
        onConfirm={() =>
          erase.mutate(
            { id },
            {
              onSuccess: ({ text: said, stays }) => {
                setErasing(false);
                // The page goes with the person: the notice is the last way to the record that stays.
                const url = stays.find((link) => link.url !== null)?.url;
                toasts.show({ words: said, ...(typeof url === "string" && { action: { label: words.open, run: () => void platform.openExternal(url) } }) });
                go("leads");
              },
            },
          )
        }
      >
        <p>{words.eraseLine(view.deliveries.length)}</p>
        {view.links.length > 0 && <p>{words.eraseCrm}</p>}
      </ConfirmDialog>
    </>
  );
}

function Body({ view, onDetails }: { view: LeadView; onDetails: (entry: TimelineEntry) => void }) {
  const platform = usePlatform();
  return (
    <div className={styles.columns}>
      <Card title={words.life}>
        <Timeline label={words.life} entries={view.timeline} onDetails={onDetails} />
      </Card>
      <div className={styles.side}>
        <Card title={words.links}>
          {view.links.length === 0 && <p className={styles.quiet}>{words.noLinks}</p>}
          <ul className={styles.list}>
            {view.links.map(({ connection, record, url, matched_by, linked_at }) => (
              <li key={`${connection.id} ${record}`} className={styles.row}>
                <span className={styles.words}>
                  {connection.name} · {words.record(record)}
                  <span className={styles.quiet}> {matched_by}, <RelativeTime time={new Date(linked_at)} inTable /></span>
                </span>
                {url !== null && <Button kind="quiet" icon={ExternalIcon} onPress={() => void platform.openExternal(url)}>{words.open}</Button>}
              </li>
            ))}
          </ul>
        </Card>
        <Card title={words.deliveries}>
          {view.deliveries.length === 0 && <p className={styles.quiet}>{words.noDeliveries}</p>}
          <ul className={styles.list}>
            {view.deliveries.map((row) => (
              <li key={row.id} className={styles.row}>
                <StateMark state={row.state} />
                <span className={styles.words}>
                  <a href={href("delivery", { delivery: String(row.id) })}>{row.destination}</a>
                  {row.problem !== null && <span className={styles.quiet}> {row.problem}</span>}
                </span>
                <RelativeTime time={new Date(row.changed_at)} inTable />
              </li>
            ))}
          </ul>
        </Card>
        <Card title={words.fields}>
          <dl className={styles.fields}>
            {view.fields.map(({ name, value }) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value === "" ? text.errors.delivery.noValue : value}</dd>
              </div>
            ))}
          </dl>
        </Card>
      </div>
    </div>
  );
}
