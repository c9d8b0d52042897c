import { useEffect, useState } from "react";
import { useWrite } from "@/api/client";
import type { Mapping, MappingView } from "@/api/generated";
import { begin, redo, step, undo, type History } from "./model/history";
import { DraftSaver, type SaveState } from "./model/saver";

export interface Draft {
  mapping: Mapping;
  rejected: readonly string[];
  canUndo: boolean;
  canRedo: boolean;
  saving: SaveState;
  /** A step of the person's. The same `topic` twice in a row is one step to undo. */
  edit: (change: (mapping: Mapping) => Mapping, topic?: string) => void;
  reject: (keys: readonly string[]) => void;
  undo: () => void;
  redo: () => void;
  /** What the engine made of the draft (template, restored version): a step like any other. */
  take: (mapping: Mapping) => void;
  /** Saves at once; for what reads the draft at the engine. */
  flush: () => Promise<void>;
}

/** The mapping as it is edited: undo, redo, and kept at the engine as a draft. */
export function useDraft(view: MappingView): Draft {
  const { mutateAsync } = useWrite("save_mapping", { quiet: true });
  const [saving, setSaving] = useState<SaveState>({ is: "saved" });
  const [history, setHistory] = useState<History>(() => begin(view.draft));
  const [saver] = useState(() => new DraftSaver(view.draft, async (mapping) => (await mutateAsync({ sync: view.sync, mapping })).draft, setSaving));
  const { mapping, rejected } = history.now;

  // A draft this window never held came from elsewhere (a fix from the error desk): it is what counts now.
  const [seen, setSeen] = useState(view.draft);
  if (seen !== view.draft) {
    setSeen(view.draft);
    if (saving.is === "saved" && !saver.knows(view.draft)) setHistory(begin(view.draft));
  }

  useEffect(() => saver.want(mapping), [saver, mapping]);
  useEffect(() => () => void saver.flush().catch(() => undefined), [saver]);

  return {
    mapping,
    rejected,
    canUndo: history.past.length > 0,
    canRedo: history.future.length > 0,
    saving,
    edit: (change, topic) => setHistory((now) => step(now, { ...now.now, mapping: change(now.now.mapping) }, topic)),
    reject: (keys) => setHistory((now) => step(now, { ...now.now, rejected: [...now.now.rejected, ...keys] })),
    undo: () => setHistory(undo),
    redo: () => setHistory(redo),
    take: (taken) => {
      saver.take(taken);
      setHistory((now) => step(now, { ...now.now, mapping: taken }));
    },
    flush: () => saver.flush(),
  };
}
