import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { ask, useWrite } from "@/api/client";
import type { Error as HostError, FixPreview, GroupFix, Selection as Picked } from "@/api/generated";
import { usePlatform } from "@/platform/context";
import { watchRun } from "@/screens/shared/watchedRun";
import { text } from "@/text/en";

/** Long enough that typing a word asks once. */
const SETTLED_AFTER = 250;

/** What a fix would do, asked again whenever it is changed, and the applying of exactly what was previewed. */
export function useFix(picked: Picked, fix: GroupFix | undefined, onApplied: () => void) {
  const platform = usePlatform();
  const settled = useSettled(fix);
  const preview = useQuery<FixPreview, HostError>({
    queryKey: ["preview_fix", picked, settled],
    queryFn: () => ask(platform, "preview_fix", { selection: picked, fix: settled ?? never() }),
    enabled: settled !== undefined,
    // Leads come and go meanwhile: a preview is only as good as its moment.
    gcTime: 0,
  });
  const apply = useWrite("apply_fix");
  const current = fix !== undefined && JSON.stringify(fix) === JSON.stringify(settled);
  return {
    preview: current ? preview.data : undefined,
    error: current ? preview.error : null,
    checking: fix !== undefined && (!current || preview.isFetching),
    applying: apply.isPending,
    apply: () => {
      if (settled === undefined || preview.data === undefined) return;
      const { other } = preview.data;
      apply.mutate(
        { selection: picked, fix: settled },
        {
          onSuccess: ({ count, run }) => {
            if (run !== null) watchRun({ id: run, label: text.errors.run.retrying(count), others: other });
            onApplied();
          },
        },
      );
    },
  };
}

function useSettled(fix: GroupFix | undefined): GroupFix | undefined {
  const [settled, setSettled] = useState(fix);
  const wanted = fix && JSON.stringify(fix);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(wanted === undefined ? undefined : (JSON.parse(wanted) as GroupFix)), SETTLED_AFTER);
    return () => clearTimeout(timer);
  }, [wanted]);
  return settled;
}

function never(): never {
  throw new Error("BUG: a preview was asked for without a fix");
}
