// Speaks to screen readers. A plain module, because toasts, tables and drags all speak and none should need a provider;
// LiveAnnouncer.tsx, mounted once by the shell, is the mouth.

export type Urgency = "polite" | "assertive";
type Ear = (words: string, urgency: Urgency) => void;

const ears = new Set<Ear>();

/** Says something to people who cannot see it happen. Use assertive only for failures. */
export function announce(words: string, urgency: Urgency = "polite"): void {
  ears.forEach((hear) => hear(words, urgency));
}

export function hearAnnouncements(ear: Ear): () => void {
  ears.add(ear);
  return () => void ears.delete(ear);
}
