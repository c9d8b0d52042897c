// The one surface between the window and its host. Grows only when a screen needs something new from the host.

/** Ends a subscription. May be called more than once. */
export type Stop = () => void;

export interface FileFilter {
  /** What the person reads in the file dialog, such as "CSV files". */
  name: string;
  /** Without the dot. */
  extensions: string[];
}

export type FileDrop =
  | { kind: "over" }
  | { kind: "left" }
  | { kind: "dropped"; paths: string[] };

export interface Platform {
  /** Whose keyboard it is: decides between the Mac's and everybody else's shortcuts. */
  readonly keyboard: "mac" | "other";
  /** Calls a command of the host. Rejects with the host's own error value. */
  call<Result>(command: string, args?: Record<string, unknown>): Promise<Result>;
  /** Hears an event of the host until stopped. What happened before `begun` is called went unheard. */
  // The payload's type is the caller's knowledge, as it is for `call`.
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters
  listen<Payload>(event: string, heard: (payload: Payload) => void, begun?: () => void): Stop;
  /** Opens a page in the person's own browser. */
  openExternal(url: string): Promise<void>;
  /** The chosen file's path, or `undefined` when the person cancelled. */
  pickFile(filters: FileFilter[]): Promise<string | undefined>;
  /** Where to save, or `undefined` when the person cancelled. */
  pickSaveFile(suggestedName: string, filters: FileFilter[]): Promise<string | undefined>;
  /** Hears files dragged over and dropped on the window. */
  onFileDrop(heard: (drop: FileDrop) => void): Stop;
  copyText(words: string): Promise<void>;
  /** 1 is actual size. */
  setZoom(factor: number): Promise<void>;
}
