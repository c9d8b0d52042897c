// Reads and writes, typed by the generated contract. A read says by its tags what it is made of, a write what it makes stale;
// the engine's own `changed` events carry the same tags. Nothing else decides when a screen refreshes.
import { keepPreviousData, useMutation, useQuery, useQueryClient, type UseMutationResult, type UseQueryResult } from "@tanstack/react-query";
import { useCallback, useEffect } from "react";
import { toasts } from "@/components/feedback/toasts";
import { usePlatform } from "@/platform/context";
import type { Platform } from "@/platform/types";
import { commands, type Commands, type Error as HostError, type Tag } from "./generated";

export type CommandName = keyof Commands;
type Kind<Name extends CommandName> = (typeof commands)[Name]["kind"];
export type ReadName = { [Name in CommandName]: Kind<Name> extends "read" ? Name : never }[CommandName];
export type WriteName = { [Name in CommandName]: Kind<Name> extends "write" ? Name : never }[CommandName];
export type RequestOf<Name extends CommandName> = Commands[Name]["request"];
export type ResponseOf<Name extends CommandName> = Commands[Name]["response"];

/** Calls a command of the engine. */
export function ask<Name extends CommandName>(platform: Platform, command: Name, request: RequestOf<Name>): Promise<ResponseOf<Name>> {
  return platform.call<ResponseOf<Name>>("call", { command, request });
}

export interface ReadOptions {
  /** Nothing is asked while false. */
  enabled?: boolean;
  /** Shows the former answer while the next one loads: for pages and filters. */
  keep?: boolean;
  /** Asks again by itself, in milliseconds: only for what changes without an event, such as a running import. */
  every?: number | false;
}

/** What a read answers now, kept fresh by tags. */
export function useRead<Name extends ReadName>(command: Name, request: RequestOf<Name>, options: ReadOptions = {}): UseQueryResult<ResponseOf<Name>, HostError> {
  const platform = usePlatform();
  return useQuery<ResponseOf<Name>, HostError>({
    queryKey: [command, request],
    queryFn: () => ask(platform, command, request),
    enabled: options.enabled ?? true,
    refetchInterval: options.every ?? false,
    ...(options.keep ? { placeholderData: keepPreviousData } : {}),
  });
}

export interface WriteOptions {
  /** Shows a failure in the screen itself instead of as a toast. */
  quiet?: boolean;
}

/** A write. What it makes stale is read again; a failure is said in the engine's own words, unless `quiet`. */
export function useWrite<Name extends WriteName>(command: Name, options: WriteOptions = {}): UseMutationResult<ResponseOf<Name>, HostError, RequestOf<Name>> {
  const platform = usePlatform();
  const refresh = useRefresh();
  return useMutation<ResponseOf<Name>, HostError, RequestOf<Name>>({
    mutationFn: (request) => ask(platform, command, request),
    onSuccess: () => refresh(commands[command].tags),
    onError: (error) => {
      if (!options.quiet) toasts.show({ words: error.message, tone: "bad" });
    },
  });
}

/** Reads again whatever is made of one of these tags. */
function useRefresh(): (tags: readonly Tag[]) => void {
  const client = useQueryClient();
  return useCallback(
    (tags) => {
      if (tags.length === 0) return;
      void client.invalidateQueries({
        predicate: ({ queryKey: [command] }) =>
          typeof command === "string" && command in commands && commands[command as CommandName].tags.some((tag: Tag) => tags.includes(tag)),
      });
    },
    [client],
  );
}

/** Listens to the engine for as long as the window lives. Used once, by the app. */
export function useEngineEvents(): void {
  const platform = usePlatform();
  const refresh = useRefresh();
  // Once for all: between one listening and the next, a change would go unheard and the window would show what was.
  useEffect(() => platform.listen<Tag[]>("changed", refresh), [platform, refresh]);
}
