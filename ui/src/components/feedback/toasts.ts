// The notices at the edge of the window, as a small store: anything may show one, ToastRegion.tsx draws them.
import { announce } from "./announcer";

export type ToastTone = "ok" | "info" | "warn" | "bad";

export interface Toast {
  /** What happened, as a sentence. */
  words: string;
  tone?: ToastTone;
  /** Takes it back. Offered for ten seconds. */
  undo?: () => void | Promise<void>;
  /** A way onwards, when there is nothing to undo. */
  action?: { label: string; run: () => void };
}

export interface ShownToast extends Toast {
  id: number;
  tone: ToastTone;
}

/** ux.md, rule 5: do, then offer Undo for 10 s. */
export const TOAST_MILLISECONDS = 10_000;

let shown: readonly ShownToast[] = [];
let lastId = 0;
const watchers = new Set<() => void>();

function replace(next: readonly ShownToast[]): void {
  shown = next;
  watchers.forEach((changed) => changed());
}

export const toasts = {
  /** Shows a notice and speaks it; returns what takes it away early. */
  show(toast: Toast): () => void {
    const id = ++lastId;
    const tone = toast.tone ?? "ok";
    // Three at once is the most a person reads; the oldest gives way.
    replace([...shown.slice(-2), { ...toast, id, tone }]);
    announce(toast.words, tone === "bad" ? "assertive" : "polite");
    return () => toasts.dismiss(id);
  },
  dismiss(id: number): void {
    replace(shown.filter((toast) => toast.id !== id));
  },
  dismissAll(): void {
    replace([]);
  },
  watch: (changed: () => void): (() => void) => {
    watchers.add(changed);
    return () => void watchers.delete(changed);
  },
  current: (): readonly ShownToast[] => shown,
};
