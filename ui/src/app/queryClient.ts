import { QueryClient } from "@tanstack/react-query";

/** The engine is on this computer and says what changed: nothing is refetched by time, by focus, or again after an error. */
export function newQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { staleTime: Number.POSITIVE_INFINITY, retry: false, refetchOnWindowFocus: false, refetchOnReconnect: false, networkMode: "always" },
      mutations: { retry: false, networkMode: "always" },
    },
  });
}
