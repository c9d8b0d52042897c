// Keeps the draft at the engine: a little after the last change, one save at a time, the newest mapping always last.
import type { Mapping } from "@/api/generated";

export type SaveState = { is: "saved" } | { is: "saving" } | { is: "failed"; why: string };

/** Long enough to gather a burst of typing, short enough to be called at once. */
const PAUSE = 500;

export class DraftSaver {
  #wanted: string;
  #kept: string;
  #next: Mapping | undefined;
  #running: Promise<void> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Every draft this window held or was given: the engine's answers to them are no news. */
  readonly #known = new Set<string>();
  readonly #save: (mapping: Mapping) => Promise<Mapping>;
  readonly #tell: (state: SaveState) => void;

  constructor(kept: Mapping, save: (mapping: Mapping) => Promise<Mapping>, tell: (state: SaveState) => void) {
    this.#kept = this.#wanted = canonical(kept);
    this.#known.add(this.#kept);
    this.#save = save;
    this.#tell = tell;
  }

  /** The mapping as it stands now. */
  want(mapping: Mapping): void {
    const wanted = canonical(mapping);
    if (wanted === this.#wanted) return;
    this.#wanted = wanted;
    this.#known.add(wanted);
    this.#next = mapping;
    clearTimeout(this.#timer);
    this.#tell({ is: "saving" });
    this.#timer = setTimeout(() => void this.flush().catch(() => undefined), PAUSE);
  }

  /** Takes what the engine holds as the newest, such as after a restore. */
  take(mapping: Mapping): void {
    clearTimeout(this.#timer);
    this.#next = undefined;
    this.#kept = this.#wanted = canonical(mapping);
    this.#known.add(this.#kept);
    this.#tell({ is: "saved" });
  }

  knows(mapping: Mapping): boolean {
    return this.#known.has(canonical(mapping));
  }

  /** Saves at once; resolves when the newest mapping is kept. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    while (this.#running) await this.#running.catch(() => undefined);
    const mapping = this.#next;
    if (mapping === undefined) return;
    this.#running = this.#keep(mapping);
    try {
      await this.#running;
    } finally {
      this.#running = undefined;
    }
    if (this.#next !== undefined) await this.flush();
  }

  async #keep(mapping: Mapping): Promise<void> {
    const sent = canonical(mapping);
    try {
      const answer = await this.#save(mapping);
      this.#known.add(canonical(answer));
      this.#kept = sent;
      if (this.#next === mapping) this.#next = undefined;
      if (this.#wanted === this.#kept) this.#tell({ is: "saved" });
    } catch (error) {
      this.#tell({ is: "failed", why: (error as { message?: string }).message ?? String(error) });
      throw error;
    }
  }
}

/** JSON with its keys in one order: the engine may write them in another. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) =>
    typeof each === "object" && each !== null && !Array.isArray(each) ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1))) : each,
  );
}
