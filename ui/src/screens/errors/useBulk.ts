import { useState } from "react";
import { useWrite } from "@/api/client";
import type { BrokenRowView, GroupView, Selection as Picked } from "@/api/generated";
import { toasts } from "@/components/feedback/toasts";
import { usePlatform } from "@/platform/context";
import { text } from "@/text/en";
import { watchRun } from "@/screens/shared/watchedRun";
import { pinned } from "./selections";

const HOUR = 3_600_000;
const MORNING = 9;
export const csv = [{ name: text.errors.csv, extensions: ["csv"] }];

export type Snooze = "hour" | "tomorrow" | "change";

/** Until when a snooze lasts; nothing is until it changes. */
export function snoozeEnd(snooze: Snooze, now: Date): string | null {
  if (snooze === "change") return null;
  if (snooze === "hour") return new Date(now.getTime() + HOUR).toISOString();
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1, MORNING).toISOString();
}

/** What can be done with many deliveries at once, each with its words afterwards. */
export function useBulk() {
  const platform = usePlatform();
  const retry = useWrite("retry");
  const skip = useWrite("skip");
  const unskip = useWrite("unskip");
  const setGroup = useWrite("set_group");
  const exporting = useWrite("export_deliveries");
  const importing = useWrite("import_corrections");
  const [unusable, setUnusable] = useState<readonly BrokenRowView[]>([]);
  const words = text.errors.toasts;

  const follow = ({ count, run }: { count: number; run: number | null }) => {
    if (run !== null) watchRun({ id: run, label: text.errors.run.retrying(count), others: [] });
    else if (count === 0) toasts.show({ words: words.nothingSelected, tone: "info" });
  };
  const place = (group: GroupView, state: "open" | "snoozed" | "ignored", said: string, until: string | null = null, reason: string | null = null) =>
    setGroup.mutate(
      { sync: group.sync.id, key: group.key, state, until, reason },
      {
        onSuccess: () =>
          toasts.show({
            words: said,
            ...(state !== "open" && { undo: () => setGroup.mutate({ sync: group.sync.id, key: group.key, state: "open", until: null, reason: null }) }),
          }),
      },
    );

  return {
    busy: retry.isPending || skip.isPending,
    retry: (picked: Picked) => retry.mutate(picked, { onSuccess: follow }),
    /** At once; the way back is in the toast. */
    skip: (picked: Picked, reason: string = text.errors.skipReason) => {
      const run = async () => {
        const selection = await pinned(platform, picked);
        const { count } = await skip.mutateAsync({ selection, reason });
        const back = async () => {
          const undone = await unskip.mutateAsync(selection);
          toasts.show({ words: words.unskipped(undone.count) });
        };
        toasts.show({ words: words.skipped(count), undo: () => back().catch(alreadySaid) });
      };
      return run().catch(alreadySaid);
    },
    snooze: (group: GroupView, snooze: Snooze, now: Date) => place(group, "snoozed", words.snoozed, snoozeEnd(snooze, now)),
    ignore: (group: GroupView, reason: string) => place(group, "ignored", words.ignored, null, reason),
    reopen: (group: GroupView) => place(group, "open", words.reopened),
    export: async (picked: Picked) => {
      const path = await platform.pickSaveFile(text.errors.exportName, csv);
      if (path !== undefined) exporting.mutate({ selection: picked, path }, { onSuccess: ({ count }) => toasts.show({ words: words.exported(count) }) });
    },
    /** Lines of the last corrections that could not be used. */
    unusable,
    closeUnusable: () => setUnusable([]),
    importCorrections: async () => {
      const path = await platform.pickFile(csv);
      if (path === undefined) return;
      importing.mutate(
        { path },
        {
          onSuccess: (result) => {
            toasts.show({ words: words.corrected(result.count), tone: result.errors.length > 0 ? "warn" : "ok" });
            setUnusable(result.errors);
            if (result.count > 0) follow(result);
          },
        },
      );
    },
    /** For one delivery at its own page. */
    unskip: (picked: Picked) => unskip.mutate(picked, { onSuccess: ({ count }) => toasts.show({ words: words.unskipped(count) }) }),
  };
}

/** useWrite has shown the engine's words as a toast. */
const alreadySaid = () => undefined;
