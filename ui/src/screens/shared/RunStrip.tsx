import { useWrite } from "@/api/client";
import { go } from "@/app/router";
import { Button } from "@/components/controls/Button";
import { Banner } from "@/components/feedback/Banner";
import { ProgressStrip } from "@/components/feedback/ProgressStrip";
import { text } from "@/text/en";
import { isGoing, progressOf, useRun } from "./useRun";
import { useWatchedRun, watchRun, type WatchedRun } from "./watchedRun";

/** Progress of the run a person started, not modal; then what came of it, until dismissed. */
export function RunStrip() {
  const watched = useWatchedRun();
  return watched ? <Watching key={watched.id} watched={watched} /> : null;
}

function Watching({ watched }: { watched: WatchedRun }) {
  const run = useRun(watched.id);
  const cancel = useWrite("cancel_run");
  const row = run.data?.row;
  if (!row) return null;
  const words = text.errors.run;
  const { done, total } = progressOf(row);
  if (isGoing(row)) {
    return (
      <ProgressStrip
        label={watched.label}
        done={done}
        total={total}
        rate={row.per_second ?? undefined}
        left={row.seconds_left ? { from: row.seconds_left[0], to: row.seconds_left[1] } : undefined}
        detail={`${words.synced(row.counts.synced)} · ${words.again(row.counts.failed)}`}
        {...(row.cancellable && { onCancel: () => cancel.mutate({ id: row.id }) })}
        cancelling={cancel.isPending}
      />
    );
  }
  const cancelled = row.state === "cancelled";
  // Engine words tell what a stop did; what a fix did is known from its preview.
  const others = !cancelled && row.counts.failed > 0 ? (watched.others.length > 0 ? watched.others.map(({ title, count }) => words.moved(title, count)) : [words.again(row.counts.failed)]) : [];
  return (
    <Banner
      tone={cancelled ? "wait" : row.counts.failed > 0 ? "warn" : "ok"}
      title={cancelled ? row.text : [words.synced(row.counts.synced), ...others].join(", ") + "."}
      actions={<Button onPress={() => go("run", { run: String(row.id) })}>{words.details}</Button>}
      onDismiss={() => watchRun(undefined)}
    />
  );
}
