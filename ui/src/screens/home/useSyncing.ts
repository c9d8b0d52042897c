import { useWrite } from "@/api/client";
import { toasts } from "@/components/feedback/toasts";
import { go } from "@/app/router";
import { text } from "@/text/en";
import { pauseEnds, type PauseLength } from "./pauses";

export interface Syncing {
  /** Which sync is being started: its id, or "all". */
  starting: string | undefined;
  start: (id: string | null) => void;
  pause: (id: string | null, length: PauseLength) => void;
  resume: (id: string | null) => void;
}

/** Sync now, pause and resume, for one sync or for all, each with its word back and its Undo. */
export function useSyncing(): Syncing {
  const words = text.home;
  const now = useWrite("sync_now");
  const pause = useWrite("pause_sync");
  const resume = useWrite("resume_sync");
  const resumeNow = (id: string | null) =>
    resume.mutate({ id, until: null }, { onSuccess: ({ count }) => toasts.show({ words: words.resumed(count) }) });
  return {
    starting: now.isPending ? (now.variables.id ?? "all") : undefined,
    start: (id) =>
      now.mutate(
        { id, leads: [] },
        {
          onSuccess: ({ runs, waiting }) => {
            const [run] = runs;
            toasts.show({ words: words.started(waiting), tone: "info", ...(run !== undefined && { action: { label: words.seeProgress, run: () => go("run", { run: String(run) }) } }) });
          },
        },
      ),
    pause: (id, length) =>
      pause.mutate(
        { id, until: pauseEnds(length, new Date())?.toISOString() ?? null },
        { onSuccess: ({ count }) => toasts.show({ words: words.paused(count), tone: "info", undo: () => resumeNow(id) }) },
      ),
    resume: resumeNow,
  };
}
