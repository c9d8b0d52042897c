import type { ReactNode } from "react";
import type { Quota, SyncRow } from "@/api/generated";
import { href } from "@/app/router";
import { Count } from "@/components/data/Count";
import { useNow } from "@/components/data/now";
import { RelativeTime } from "@/components/data/RelativeTime";
import { Sparkline } from "@/components/data/Sparkline";
import type { Tone } from "@/components/data/states";
import { cx } from "@/lib/cx";
import { formatRelative, formatShare } from "@/lib/format";
import { text } from "@/text/en";
import styles from "./Home.module.css";
import { latencyWords } from "./latency";

const words = text.home;

/** Everything Home says of a sync in numbers, in one strip. */
export function SyncFigures({ row }: { row: SyncRow }) {
  const { counts, excluded } = row;
  const leftOut = excluded.reduce((sum, { count }) => sum + count, 0);
  return (
    <div className={styles.figures}>
     <dl className={styles.facts}>
      <Figure label={words.lastSync}>
        {row.last_synced_at === null ? words.never : <RelativeTime inTable time={new Date(row.last_synced_at)} />}
      </Figure>
      {row.next_run_at !== null && <Figure label={words.nextRun}><RelativeTime inTable promised time={new Date(row.next_run_at)} /></Figure>}
      <Figure label={words.counts.today}><Count of={counts.synced_today} short /></Figure>
      <Figure label={words.counts.pending}><Count of={counts.pending + counts.sending} short /></Figure>
      <Figure label={words.counts.retrying} tone={counts.retrying > 0 ? "warn" : undefined}><Count of={counts.retrying} short /></Figure>
      <Figure label={words.counts.failed} tone={counts.failed > 0 ? "bad" : undefined}>
        {counts.failed > 0 ? <a href={href("errors", undefined, { sync: row.id })} className={styles.failed}><Count of={counts.failed} short /></a> : <Count of={0} />}
      </Figure>
      <Figure label={words.time}>
        {row.p50_ms === null || row.p95_ms === null ? (
          <span className={styles.quiet}>{words.measuring}</span>
        ) : (
          <>
            {latencyWords(row.p50_ms)}
            <span className={styles.reasons}>{words.slowest(latencyWords(row.p95_ms))}</span>
          </>
        )}
      </Figure>
      <QuotaFigure all={row.quota} />
      {leftOut > 0 && (
        <Figure label={words.counts.excluded} wide>
          <Count of={leftOut} short />
          <span className={styles.reasons}>{excluded.map(({ reason, count }) => words.excludedBecause(count, reason)).join(", ")}</span>
        </Figure>
      )}
     </dl>
      <div className={styles.spark}>
        <Sparkline values={row.series} label={words.series(Math.max(0, ...row.series), row.series.at(-1) ?? 0)} />
        {row.success_rate !== null && <span className={styles.reasons}>{words.success(formatShare(row.success_rate))}</span>}
      </div>
    </div>
  );
}

function Figure({ label, tone, wide = false, children }: { label: string; tone?: Tone | undefined; wide?: boolean; children: ReactNode }) {
  return (
    <div className={cx(styles.figure, wide && styles.wide)}>
      <dt>{label}</dt>
      <dd data-tone={tone}>{children}</dd>
    </div>
  );
}

/** The largest allowance, which is the day's; the short-lived ones are for whoever looks closer. */
function QuotaFigure({ all }: { all: readonly Quota[] }) {
  const now = useNow();
  const [largest] = [...all].sort((one, other) => other.limit - one.limit);
  if (!largest) return null;
  const { left, limit } = largest;
  const share = limit === 0 ? 0 : left / limit;
  const lines = all.map((quota) => {
    const known = words.quotaOther(quota.bucket, words.quotaOf(quota.left, quota.limit));
    return quota.resets_at === null ? known : `${known}, ${words.quotaFull(formatRelative(new Date(quota.resets_at), now, true))}`;
  });
  return (
    <Figure label={words.quota}>
      <span className={styles.quota} title={lines.join("\n")}>
        <span className={styles.small}>{words.quotaShort(left, limit)}</span>
        <span className={styles.bar} data-low={share < 0.1 || undefined}>
          <span style={{ inlineSize: `${share * 100}%` }} />
        </span>
      </span>
    </Figure>
  );
}
