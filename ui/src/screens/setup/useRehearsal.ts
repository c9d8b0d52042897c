import { useQuery, type UseQueryResult } from "@tanstack/react-query";
import { ask } from "@/api/client";
import type { DryRun, Error as HostError } from "@/api/generated";
import { usePlatform } from "@/platform/context";

export const REHEARSAL = "rehearsal";

/** What going live would do. Kept between the last two steps, so that the button says what was shown. */
export function useRehearsal(sync: string, enabled = true): UseQueryResult<DryRun, HostError> {
  const platform = usePlatform();
  return useQuery<DryRun, HostError>({ queryKey: [REHEARSAL, sync], queryFn: () => ask(platform, "dry_run", { id: sync }), enabled });
}
