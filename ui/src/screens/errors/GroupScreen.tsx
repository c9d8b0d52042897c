import { useState } from "react";
import { useRead } from "@/api/client";
import type { GroupView, Selection as Picked } from "@/api/generated";
import { go, href } from "@/app/router";
import type { ScreenProps } from "@/app/screens";
import { useCommands } from "@/app/shortcuts/commands";
import { Button } from "@/components/controls/Button";
import { IconButton } from "@/components/controls/IconButton";
import { Code } from "@/components/data/Code";
import { useNow } from "@/components/data/now";
import { RelativeTime } from "@/components/data/RelativeTime";
import { Sparkline } from "@/components/data/Sparkline";
import { EmptyState } from "@/components/feedback/EmptyState";
import { Skeleton } from "@/components/feedback/Skeleton";
import { CodeIcon, MoreIcon, PhoneIcon, SyncedIcon } from "@/components/icons";
import { Menu } from "@/components/overlays/Menu";
import { Page } from "@/components/page/Page";
import { PageHeader } from "@/components/page/PageHeader";
import { SidePanel } from "@/components/overlays/SidePanel";
import { formatClock } from "@/lib/format";
import { BackLink } from "@/screens/shared/BackLink";
import { ReadFailed } from "@/screens/shared/ReadFailed";
import { RunStrip } from "@/screens/shared/RunStrip";
import { text } from "@/text/en";
import { offersOf, type PanelName } from "./actions";
import { FixPanel, isPanel } from "./fixes/FixPanel";
import { PeopleTable } from "./PeopleTable";
import { useField } from "./useField";
import { useGroupDesk, wholeGroup, type GroupDesk } from "./useGroupDesk";
import styles from "./GroupScreen.module.css";

const words = text.errors;

/** One cause: what happened, what it means, what to do, what that would do, to whom, and the raw words last. */
export default function GroupScreen({ params, query }: ScreenProps) {
  const at = { sync: params.sync ?? "", key: params.key ?? "" };
  const read = useRead("failure_group", at, { keep: true });
  const desk = useGroupDesk();
  const [technical, setTechnical] = useState(false);
  const back = <BackLink href={href("errors")}>{words.back}</BackLink>;

  if (read.error) {
    return (
      <Page>
        <PageHeader title={text.sections.errors} back={back} />
        <RunStrip />
        {read.error.code === "not_found" ? (
          <EmptyState icon={SyncedIcon} title={words.gone.title} line={words.gone.line} action={<Button kind="primary" onPress={() => go("errors")}>{words.gone.action}</Button>} />
        ) : (
          <ReadFailed message={read.error.message} onRetry={() => void read.refetch()} />
        )}
      </Page>
    );
  }
  const group = read.data;
  return (
    <Page
      width="full"
      panel={
        technical && group ? (
          <SidePanel title={words.technical} onClose={() => setTechnical(false)}>
            <Code label={words.technical} code={group.explained.technical} />
          </SidePanel>
        ) : undefined
      }
    >
      <PageHeader title={text.sections.errors} back={back} sentence={group ? group.explained.title : <Skeleton label={text.shared.loading} width="28rem" />} line={group && <Facts group={group} />} />
      <RunStrip />
      {group ? <Body group={group} desk={desk} query={query} onTechnical={() => setTechnical(true)} /> : <Skeleton label="" lines={6} />}
      {desk.dialogs}
    </Page>
  );
}

function Facts({ group }: { group: GroupView }) {
  return (
    <span className={styles.facts}>
      <strong>{words.leads(group.leads)}</strong>
      <span>
        {words.since} <RelativeTime time={new Date(group.first_at)} inTable />, {words.last} <RelativeTime time={new Date(group.last_at)} inTable />
      </span>
      <a href={href("sync", { sync: group.sync.id })}>{group.sync.name}</a>
      <Sparkline values={group.series} width={72} height={18} label={words.trend(group.series.reduce((sum, count) => sum + count, 0))} />
    </span>
  );
}

interface BodyProps {
  group: GroupView;
  desk: GroupDesk;
  query: URLSearchParams;
  onTechnical: () => void;
}

function Body({ group, desk, query, onTechnical }: BodyProps) {
  const now = useNow();
  /** A fix for some of them; the one of the address is for all. */
  const [some, setSome] = useState<{ panel: PanelName; picked: Picked; count: number }>();
  const asked = query.get("fix");
  const field = query.get("field") ?? "";
  const { primary, others } = offersOf(group);
  const faulty = primary.way.to === "panel" ? primary.way.field : "";
  const isPhone = useField(group, faulty).field?.kind === "phone";
  const at = { sync: group.sync.id, key: group.key };
  const show = (panel: PanelName, about: string) => {
    setSome(undefined);
    go("group", at, { fix: panel, field: about });
  };
  const close = () => {
    setSome(undefined);
    go("group", at);
  };
  useCommands([
    ...[primary, ...others].map((offer) => ({ id: `group.${offer.id}`, label: offer.label, group: text.sections.errors, icon: offer.icon, run: () => desk.act(group, offer) })),
    ...(isPhone ? [{ id: "group.region", label: words.actions.region, group: text.sections.errors, icon: PhoneIcon, run: () => show("region", faulty) }] : []),
    { id: "group.snooze", label: words.menu.snoozeHour, group: text.sections.errors, shortcut: "errors.snooze" as const, run: () => desk.snooze(group) },
    { id: "group.technical", label: words.showTechnical, group: text.sections.errors, icon: CodeIcon, run: onTechnical },
  ]);
  const panel = some?.panel ?? (isPanel(asked) ? asked : undefined);
  return (
    <>
      <div className={styles.story}>
        <section aria-labelledby="means">
          <h2 id="means" className={styles.label}>{words.means}</h2>
          <p>{group.explained.meaning}</p>
        </section>
        <section aria-labelledby="next">
          <h2 id="next" className={styles.label}>{words.next}</h2>
          <p>
            {group.next} {group.next_try_at !== null && `${words.nextTry}: ${formatClock(new Date(group.next_try_at), now)}.`}
          </p>
        </section>
      </div>
      <section aria-labelledby="todo">
        <h2 id="todo" className={styles.label}>{words.todo}</h2>
        <div className={styles.buttons}>
          <Button kind={panel === undefined ? "primary" : "secondary"} icon={primary.icon} onPress={() => desk.act(group, primary)}>{primary.label}</Button>
          {others.map((offer) => (
            <Button key={offer.id} icon={offer.icon} onPress={() => desk.act(group, offer)}>{offer.label}</Button>
          ))}
          {isPhone && <Button icon={PhoneIcon} onPress={() => show("region", faulty)}>{words.actions.region}</Button>}
          <Menu label={words.menu.label(group.explained.title)} trigger={<IconButton icon={MoreIcon} label={words.menu.label(group.explained.title)} />} groups={desk.menu(group)} />
        </div>
      </section>
      {panel && (
        <div className={styles.panel}>
          <FixPanel
            key={`${panel} ${field} ${some ? "some" : "all"}`}
            panel={panel}
            group={group}
            field={some ? "" : field}
            picked={some?.picked ?? wholeGroup(group)}
            selected={some?.count}
            onClose={close}
          />
        </div>
      )}
      <PeopleTable group={group} desk={desk} onFix={(chosen, picked, count) => setSome({ panel: chosen, picked, count })} />
      <div>
        <Button kind="quiet" icon={CodeIcon} onPress={onTechnical}>{words.showTechnical}</Button>
      </div>
    </>
  );
}
