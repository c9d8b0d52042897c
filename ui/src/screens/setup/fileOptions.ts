// How a chosen file is read, kept on this computer until its import is done: the engine's wizard keeps the path only.
import type { FileOptions } from "@/api/generated";

const KEY = "leadferry.setupFile";

export const noOptions: FileOptions = { encoding: null, delimiter: null };

export function keepOptions(path: string, options: FileOptions): void {
  localStorage.setItem(KEY, JSON.stringify({ path, options }));
}

/** The options kept for this file; the guess for any other. */
export function optionsFor(path: string): FileOptions {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "null") as { path: string; options: FileOptions } | null;
    return kept?.path === path ? { ...noOptions, ...kept.options } : noOptions;
  } catch {
    return noOptions;
  }
}
