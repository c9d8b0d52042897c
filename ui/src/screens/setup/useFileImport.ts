import { useEffect, useEffectEvent, useRef, useState } from "react";
import { useRead, useWrite } from "@/api/client";
import type { ImportProgress } from "@/api/generated";
import { optionsFor } from "./fileOptions";

const LOOK_AGAIN = 500;

interface FileImport {
  progress: ImportProgress | undefined;
  problem: string | undefined;
  /** A person stopped it. */
  stopped: boolean;
  cancel: () => void;
  begin: () => void;
}

/** Brings the whole of a chosen file in, from the moment this step is open. Rows taken before count once. */
export function useFileImport(path: string | null, source: string | null, onDone: () => void): FileImport {
  const start = useWrite("import_file", { quiet: true });
  const stop = useWrite("cancel_import");
  const [stopped, setStopped] = useState(false);
  const begun = start.data;
  const { data, error } = useRead("import_progress", { id: begun?.import ?? "" }, { enabled: begun !== undefined && !stopped && path !== null, every: LOOK_AGAIN });
  const progress = data ?? begun;
  const problem = start.error?.message ?? error?.message ?? progress?.problem ?? undefined;
  const begin = () => {
    if (path === null) return;
    setStopped(false);
    start.mutate({ path, options: optionsFor(path), source, first: null });
  };
  const opened = useRef<string>(null);
  const beginOnce = useEffectEvent(() => {
    if (path === null || opened.current === path) return;
    opened.current = path;
    begin();
  });
  useEffect(() => beginOnce(), [path]);
  const done = progress?.done === true && problem === undefined;
  const finished = useEffectEvent(() => {
    if (done && path !== null) onDone();
  });
  useEffect(() => finished(), [done]);
  return {
    progress,
    problem,
    stopped,
    begin,
    cancel: () => {
      if (progress) stop.mutate({ id: progress.import });
      setStopped(true);
    },
  };
}
