import { ask, useWrite } from "@/api/client";
import type { RunRow } from "@/api/generated";
import { usePagedRows } from "@/api/usePagedRows";
import { go } from "@/app/router";
import { Button } from "@/components/controls/Button";
import { DataGrid, type Column } from "@/components/data/DataGrid";
import { RelativeTime } from "@/components/data/RelativeTime";
import { EmptyState } from "@/components/feedback/EmptyState";
import { ActivityIcon } from "@/components/icons";
import { formatDuration } from "@/lib/format";
import { usePlatform } from "@/platform/context";
import { isGoing, progressOf } from "@/screens/shared/useRun";
import { text } from "@/text/en";
import styles from "./ActivityScreen.module.css";
import { RunState } from "./RunState";

const words = text.activity;

export const runName = ({ kind, label }: RunRow): string => [words.kinds[kind] ?? kind, label].filter(Boolean).join(": ");

function counts(row: RunRow): string {
  const { done, total, open } = progressOf(row);
  return isGoing(row) ? text.progress.of(done, total) : text.shared.counts(row.counts.synced, row.counts.failed, open);
}

const MILLISECONDS = 1_000;

/** Every run, the newest first. */
export function RunsTab() {
  const platform = usePlatform();
  const cancel = useWrite("cancel_run");
  const runs = usePagedRows(["runs", {}], (offset, limit) => ask(platform, "runs", { sync: null, page: { offset, limit } }));
  const columns: Column<RunRow>[] = [
    { id: "run", header: words.table.run, namesRow: true, width: "minmax(8rem, 1.4fr)", cell: (row) => runName(row) },
    { id: "sync", header: words.table.sync, width: "minmax(7rem, 1.4fr)", cell: (row) => row.sync.name },
    { id: "state", header: words.table.state, width: "9.5rem", cell: (row) => <RunState state={row.state} /> },
    { id: "counts", header: words.table.counts, width: "minmax(8rem, 1.4fr)", cell: (row) => <span title={counts(row)}>{counts(row)}</span> },
    { id: "started", header: words.table.started, width: "7.5rem", cell: (row) => <RelativeTime time={new Date(row.started_at)} inTable /> },
    {
      id: "took",
      header: words.table.took,
      width: "8.5rem",
      cell: (row) =>
        row.cancellable ? (
          <Button kind="quiet" busy={cancel.isPending && cancel.variables.id === row.id} onPress={() => cancel.mutate({ id: row.id })} aria-label={words.cancelRun(runName(row))}>{words.cancel}</Button>
        ) : (
          row.ended_at !== null && formatDuration((Date.parse(row.ended_at) - Date.parse(row.started_at)) / MILLISECONDS)
        ),
    },
  ];
  return (
    <div className={styles.grid}>
      <DataGrid
        label={words.table.label}
        columns={columns}
        total={runs.total}
        rowAt={runs.rowAt}
        rowKey={(row) => String(row.id)}
        rowName={runName}
        onRange={runs.onRange}
        onOpen={(row) => go("run", { run: String(row.id) })}
        empty={<EmptyState icon={ActivityIcon} title={words.noRuns.title} line={words.noRuns.line} action={<Button onPress={() => go("home")}>{words.empty.action}</Button>} />}
      />
    </div>
  );
}
