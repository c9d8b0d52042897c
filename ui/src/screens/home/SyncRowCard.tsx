import type { SyncRow } from "@/api/generated";
import { go, href } from "@/app/router";
import { Badge } from "@/components/data/Badge";
import { Button } from "@/components/controls/Button";
import { useNow } from "@/components/data/now";
import { ArrowRightIcon, PlayIcon, SyncIcon } from "@/components/icons";
import { formatClock } from "@/lib/format";
import { ConnectorLogo } from "@/screens/shared/ConnectorLogo";
import { text } from "@/text/en";
import styles from "./Home.module.css";
import { PauseMenu } from "./PauseMenu";
import { SyncFigures } from "./SyncFigures";
import type { Syncing } from "./useSyncing";

const words = text.home;

/** One sync on Home: both ends, how it stands, and what can be done about it. */
export function SyncRowCard({ row, syncing }: { row: SyncRow; syncing: Syncing }) {
  const { id, name, source, destination, state } = row;
  // The name a sync is born with says the same as its two ends.
  const named = name !== words.bornWith(source.connection.name, destination.connection.name);
  return (
    <article className={styles.sync} aria-label={name}>
      <header className={styles.top}>
        <a href={href("sync", { sync: id })} className={styles.ends} title={words.details(name)}>
          <ConnectorLogo connector={source.connector} size="small" />
          <span className={styles.end} title={source.connection.name}>{source.connection.name}</span>
          <ArrowRightIcon size={14} />
          <ConnectorLogo connector={destination.connector} size="small" />
          <span className={styles.end} title={destination.connection.name}>{destination.connection.name}</span>
        </a>
        <SyncState row={row} />
        <span className={styles.buttons}>
          {state === "draft" && <Button onPress={() => go("setup")}>{words.finishSetUp}</Button>}
          {state === "paused" && <Button icon={PlayIcon} aria-label={words.resumeOf(name)} onPress={() => syncing.resume(id)}>{words.resume}</Button>}
          {state === "on" && <PauseMenu label={words.pauseOf(name)} words={words.pause} onPause={(length) => syncing.pause(id, length)} />}
          {state !== "draft" && (
            <Button icon={SyncIcon} aria-label={words.syncNowOf(name)} busy={syncing.starting === id} onPress={() => syncing.start(id)}>{words.syncNow}</Button>
          )}
        </span>
      </header>
      {(named || row.has_draft) && (
        <p className={styles.name}>
          {named && <span>{name}</span>}
          {row.has_draft && <a href={href("mapper", { sync: id })} className={styles.quietLink}>{words.draftWaits}</a>}
        </p>
      )}
      <SyncFigures row={row} />
    </article>
  );
}

/** On, paused until when, or still a draft; and how it is started. */
export function SyncState({ row }: { row: SyncRow }) {
  const now = useNow();
  const { state, paused_until: until, mode } = row;
  if (state === "draft") return <Badge tone="info">{words.state.draft}</Badge>;
  if (state === "paused") return <Badge tone="warn">{until === null ? words.pausedUntilResumed : words.pausedUntil(formatClock(new Date(until), now))}</Badge>;
  return <Badge>{words.mode[mode.kind]}</Badge>;
}
