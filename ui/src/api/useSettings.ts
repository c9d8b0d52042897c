// Settings change one at a time and are saved whole: every change starts from the newest known settings.
import { useQueryClient } from "@tanstack/react-query";
import { useRead, useWrite } from "./client";
import type { Settings } from "./generated";

export interface SettingsHandle {
  settings: Settings | undefined;
  /** Cause and next step, when they could not be read. */
  problem: string | undefined;
  /** Saves at once. What is on screen follows immediately and goes back if the engine refuses. */
  change: (part: Partial<Settings>) => void;
}

export function useSettings(): SettingsHandle {
  const client = useQueryClient();
  const { data: settings, error } = useRead("settings", {});
  const save = useWrite("save_settings");
  return {
    settings,
    problem: error?.message,
    change: (part) => {
      const before = client.getQueryData<Settings>(["settings", {}]);
      if (!before) return;
      const next = { ...before, ...part };
      client.setQueryData(["settings", {}], next);
      save.mutate(next, { onError: () => client.setQueryData(["settings", {}], before) });
    },
  };
}
