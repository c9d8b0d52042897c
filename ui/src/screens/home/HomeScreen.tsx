import { useRead } from "@/api/client";
import type { Home } from "@/api/generated";
import { floating } from "@/app/floating";
import { go } from "@/app/router";
import { useCommands, type Command } from "@/app/shortcuts/commands";
import { Button } from "@/components/controls/Button";
import { useNow } from "@/components/data/now";
import { Skeleton } from "@/components/feedback/Skeleton";
import { ErrorsIcon, PauseIcon, PlayIcon, PlusIcon, SearchIcon, SyncIcon } from "@/components/icons";
import { Card } from "@/components/page/Card";
import { Page } from "@/components/page/Page";
import { PageHeader } from "@/components/page/PageHeader";
import { formatClock, formatRelative } from "@/lib/format";
import { ReadFailed } from "@/screens/shared/ReadFailed";
import { text } from "@/text/en";
import { FirstLead } from "./FirstLead";
import styles from "./Home.module.css";
import { LaneBanner } from "./LaneBanner";
import { PauseMenu } from "./PauseMenu";
import { SyncRowCard } from "./SyncRowCard";
import { useSyncing, type Syncing } from "./useSyncing";

const words = text.home;

export default function HomeScreen() {
  const { data: home, error, refetch } = useRead("home", {});
  const now = useNow();
  const syncing = useSyncing();
  useCommands(home ? homeCommands(home, syncing) : []);
  if (!home) {
    return (
      <Page>
        <PageHeader title={text.sections.home} />
        {error ? <ReadFailed title={words.unreadable} message={error.message} onRetry={() => void refetch()} /> : <Card><Skeleton label={text.app.loading} lines={4} /></Card>}
      </Page>
    );
  }
  if (home.syncs.length === 0) return <FirstLead />;
  const someOn = home.syncs.some(({ state }) => state === "on");
  return (
    <Page>
      <PageHeader
        title={text.sections.home}
        sentence={`${home.sentence.text} ${since(home.sentence, now)}`}
        tone={home.sentence.mood === "needs_you" ? "needsYou" : "calm"}
        line={secondLine(home)}
        actions={
          <>
            <Button icon={SearchIcon} onPress={() => floating.open("palette")}>{words.whereIsMyLead}</Button>
            {someOn ? (
              <PauseMenu label={words.pauseAll} words={words.pause} onPause={(length) => syncing.pause(null, length)} />
            ) : (
              <Button icon={PlayIcon} onPress={() => syncing.resume(null)}>{words.resumeAll}</Button>
            )}
            <Button kind="primary" icon={SyncIcon} busy={syncing.starting === "all"} onPress={() => syncing.start(null)}>{words.syncAll}</Button>
          </>
        }
      />
      {home.lanes.map((lane) => <LaneBanner key={lane.connection.id} lane={lane} />)}
      <section aria-label={words.syncs} className={styles.syncs}>
        {home.syncs.map((row) => <SyncRowCard key={row.id} row={row} syncing={syncing} />)}
      </section>
      <div>
        <Button kind="quiet" icon={PlusIcon} onPress={() => go("setup")}>{words.newSync}</Button>
      </div>
    </Page>
  );
}

/** The time that belongs to the sentence: since when something waits, or when the last lead arrived. */
function since({ mood, at }: Home["sentence"], now: Date): string {
  if (at === null) return "";
  const time = new Date(at);
  if (mood === "needs_you") return words.waitsSince(formatClock(time, now));
  return mood === "offline" ? words.offlineSince(formatClock(time, now)) : words.lastArrived(formatRelative(time, now));
}

function secondLine({ sorting_themselves: sorting, waiting }: Home): string | undefined {
  if (sorting > 0) return words.secondLine(sorting, waiting);
  return waiting > 0 ? words.waitingOnly(waiting) : undefined;
}

function homeCommands(home: Home, syncing: Syncing): Command[] {
  const group = text.sections.home;
  if (home.syncs.length === 0) return [];
  return [
    { id: "home.syncAll", label: text.commands.syncAll, group, icon: SyncIcon, shortcut: "sync.all", run: () => syncing.start(null) },
    { id: "home.find", label: words.whereIsMyLead, group, icon: SearchIcon, run: () => floating.open("palette") },
    { id: "home.pauseAll", label: words.pauseAll, group, icon: PauseIcon, run: () => syncing.pause(null, "resumed") },
    { id: "home.resumeAll", label: words.resumeAll, group, icon: PlayIcon, run: () => syncing.resume(null) },
    { id: "home.new", label: words.newSync, group, icon: PlusIcon, alsoCalled: "set-up wizard add", run: () => go("setup") },
    { id: "home.errors", label: words.showErrors, group, icon: ErrorsIcon, run: () => go("errors") },
    ...home.syncs.flatMap(({ id, name, state }): Command[] => [
      { id: `home.sync.${id}`, label: words.syncNowOf(name), group, icon: SyncIcon, ...(home.syncs.length === 1 && { shortcut: "sync.now" }), run: () => syncing.start(id) },
      state === "paused"
        ? { id: `home.resume.${id}`, label: words.resumeOf(name), group, icon: PlayIcon, run: () => syncing.resume(id) }
        : { id: `home.pause.${id}`, label: words.pauseOf(name), group, icon: PauseIcon, run: () => syncing.pause(id, "resumed") },
      { id: `home.open.${id}`, label: words.details(name), group, run: () => go("sync", { sync: id }) },
    ]),
  ];
}
