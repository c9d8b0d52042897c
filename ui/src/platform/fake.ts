// A host made of a map of handlers: for tests, and for running the window in a plain browser.
import { keyboardOf } from "./keyboard";
import type { FileDrop, Platform, Stop } from "./types";

export type Handlers = Record<string, (args: Record<string, unknown>) => unknown>;

export interface FakePlatform extends Platform {
  /** Sends an event as the host would. */
  emit(event: string, payload: unknown): void;
  /** Drags or drops files as a person would. */
  drop(drop: FileDrop): void;
  /** Replaces or adds handlers while running. */
  handle(handlers: Handlers): void;
  /** What the next file dialogs answer; empty means cancelled. */
  readonly nextFiles: string[];
  /** Every call made, oldest first. */
  readonly calls: { command: string; args: Record<string, unknown> }[];
  readonly opened: string[];
  readonly copied: string[];
}

export interface FakeOptions {
  keyboard?: "mac" | "other";
}

export function fakePlatform(handlers: Handlers = {}, options: FakeOptions = {}): FakePlatform {
  const known: Handlers = { ...handlers };
  const ears = new Map<string, Set<(payload: unknown) => void>>();
  const dropEars = new Set<(drop: FileDrop) => void>();
  const fake: FakePlatform = {
    keyboard: options.keyboard ?? keyboardOf(navigator.userAgent),
    calls: [],
    opened: [],
    copied: [],
    nextFiles: [],
    async call<Result>(command: string, args: Record<string, unknown> = {}): Promise<Result> {
      fake.calls.push({ command, args });
      const handler = known[command];
      if (!handler) throw new Error(`BUG: the fake platform has no handler for the command "${command}"`);
      return (await handler(args)) as Result;
    },
    // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- as in types.ts
    listen<Payload>(event: string, heard: (payload: Payload) => void, begun?: () => void): Stop {
      const ear = heard as (payload: unknown) => void;
      const listeners = ears.get(event) ?? new Set();
      // As with the real host, hearing begins a moment later.
      let stopped = false;
      queueMicrotask(() => {
        if (stopped) return;
        ears.set(event, listeners.add(ear));
        begun?.();
      });
      return () => {
        stopped = true;
        listeners.delete(ear);
      };
    },
    async openExternal(url) {
      fake.opened.push(url);
      return Promise.resolve();
    },
    pickFile: () => Promise.resolve(fake.nextFiles.shift()),
    pickSaveFile: () => Promise.resolve(fake.nextFiles.shift()),
    onFileDrop(heard) {
      dropEars.add(heard);
      return () => void dropEars.delete(heard);
    },
    copyText(words) {
      fake.copied.push(words);
      return Promise.resolve();
    },
    setZoom(factor) {
      document.documentElement.style.zoom = String(factor);
      return Promise.resolve();
    },
    emit(event, payload) {
      ears.get(event)?.forEach((heard) => heard(payload));
    },
    drop(drop) {
      dropEars.forEach((heard) => heard(drop));
    },
    handle(more) {
      Object.assign(known, more);
    },
  };
  return fake;
}
