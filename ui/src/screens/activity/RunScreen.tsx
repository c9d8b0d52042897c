import { useState } from "react";
import { useWrite } from "@/api/client";
import type { BrokenRowView, RunView } from "@/api/generated";
import { go, href } from "@/app/router";
import type { ScreenProps } from "@/app/screens";
import { useCommands } from "@/app/shortcuts/commands";
import { Checkbox } from "@/components/controls/Checkbox";
import { DataGrid } from "@/components/data/DataGrid";
import { Stat, StatRow } from "@/components/data/Stat";
import { EmptyState } from "@/components/feedback/EmptyState";
import { ProgressStrip } from "@/components/feedback/ProgressStrip";
import { Skeleton } from "@/components/feedback/Skeleton";
import { Card } from "@/components/page/Card";
import { Page } from "@/components/page/Page";
import { PageHeader } from "@/components/page/PageHeader";
import { BackLink } from "@/screens/shared/BackLink";
import { deliveryColumns } from "@/screens/shared/deliveryColumns";
import { ReadFailed } from "@/screens/shared/ReadFailed";
import { useDeliveries } from "@/screens/shared/useDeliveries";
import { isGoing, progressOf, useRun } from "@/screens/shared/useRun";
import { text } from "@/text/en";
import { RunState } from "./RunState";
import { runName } from "./RunsTab";
import styles from "./RunScreen.module.css";

const words = text.activity.run;

/** One execution: how far it is, what it counted, what it could not read, and its deliveries. */
export default function RunScreen({ params }: ScreenProps) {
  const read = useRun(Number(params.run));
  const back = <BackLink href={href("activity")}>{text.activity.back}</BackLink>;
  if (read.error) {
    return (
      <Page>
        <PageHeader title={text.sections.activity} back={back} />
        <ReadFailed message={read.error.message} onRetry={() => void read.refetch()} />
      </Page>
    );
  }
  const view = read.data;
  return (
    <Page>
      <PageHeader
        title={view ? runName(view.row) : text.sections.activity}
        back={back}
        sentence={view ? view.row.text : <Skeleton label={text.shared.loading} width="20rem" />}
        line={view && <span className={styles.facts}><RunState state={view.row.state} /> {view.row.sync.name}</span>}
      />
      {view ? <Body view={view} /> : <Skeleton label="" lines={6} />}
    </Page>
  );
}

function Body({ view }: { view: RunView }) {
  const { row, broken } = view;
  const cancel = useWrite("cancel_run");
  const { done, total, open } = progressOf(row);
  const stop = () => cancel.mutate({ id: row.id });
  useCommands(row.cancellable ? [{ id: "run.cancel", label: text.activity.cancelRun(runName(row)), group: text.sections.activity, run: stop }] : []);
  const shown: [string, number, boolean][] = [
    [words.captured, row.captured, row.kind === "import"],
    [words.repeated, row.repeated, row.repeated > 0],
    [words.merged, row.merged, row.merged > 0],
    [words.broken, row.broken, row.broken > 0],
    [words.synced, row.counts.synced, true],
    [words.failed, row.counts.failed, true],
    [words.waiting, open, open > 0],
  ];
  return (
    <>
      {isGoing(row) && (
        <ProgressStrip
          label={runName(row)}
          done={done}
          total={total}
          rate={row.per_second ?? undefined}
          left={row.seconds_left ? { from: row.seconds_left[0], to: row.seconds_left[1] } : undefined}
          {...(row.cancellable && { onCancel: stop })}
          cancelling={cancel.isPending}
        />
      )}
      <StatRow>
        {shown.filter(([, , wanted]) => wanted).map(([label, value]) => (
          <Stat key={label} label={label} value={value} />
        ))}
      </StatRow>
      {broken.length > 0 && <BrokenRows rows={broken} total={row.broken} />}
      <Deliveries run={row.id} failed={row.counts.failed} />
    </>
  );
}

function BrokenRows({ rows, total }: { rows: readonly BrokenRowView[]; total: number }) {
  return (
    <Card title={words.brokenTitle}>
      <p className={styles.quiet}>{words.brokenLine(total)}</p>
      <ul className={styles.broken}>
        {rows.map(({ line, reason, raw }) => (
          <li key={line}>
            <strong>{words.line(line)}</strong> {reason}
            <code className={styles.raw}>{raw}</code>
          </li>
        ))}
      </ul>
    </Card>
  );
}

const columns = deliveryColumns("name", "contact", "problem", "state", "changed");

function Deliveries({ run, failed }: { run: number; failed: number }) {
  const [onlyFailed, setOnlyFailed] = useState(false);
  const people = useDeliveries({ sync: null, group: null, states: onlyFailed ? ["failed"] : [], run, text: null });
  return (
    <section aria-label={words.deliveries} className={styles.deliveries}>
      <header className={styles.header}>
        <h2>{words.deliveries}</h2>
        {failed > 0 && <Checkbox checked={onlyFailed} onChange={setOnlyFailed}>{words.filterFailed}</Checkbox>}
      </header>
      <div className={styles.grid}>
        <DataGrid
          label={words.deliveries}
          columns={columns}
          total={people.total}
          rowAt={people.rowAt}
          rowKey={(row) => String(row.id)}
          rowName={(row) => row.name}
          onRange={people.onRange}
          onOpen={(row) => go("delivery", { delivery: String(row.id) })}
          density="compact"
          empty={<EmptyState title={words.none} line={text.activity.noRuns.line} />}
        />
      </div>
    </section>
  );
}
