import { useQueryClient } from "@tanstack/react-query";
import { useRead, useWrite } from "@/api/client";
import type { WizardState } from "@/api/generated";

export const steps = ["source", "destination", "match", "rehearse", "live"] as const;
export type StepId = (typeof steps)[number];

const closed: WizardState = { step: "source", source: null, destination: null, object: null, sync: null, file: null, open: false };

export interface Wizard {
  state: WizardState;
  step: StepId;
  /** Keeps what changed, in the engine: the same step is there after a restart. */
  save: (part: Partial<WizardState>) => void;
  startOver: () => void;
}

export interface WizardRead {
  wizard: Wizard | undefined;
  error: string | undefined;
  retry: () => void;
}

/** Where the set-up stands. One that is not open begins anew. */
export function useWizard(): WizardRead {
  const client = useQueryClient();
  const { data, error, refetch } = useRead("wizard", {});
  const write = useWrite("save_wizard");
  const put = (next: WizardState) => {
    client.setQueryData(["wizard", {}], next);
    write.mutate(next);
  };
  const read = { error: error?.message, retry: () => void refetch() };
  if (!data) return { ...read, wizard: undefined };
  const state = data.open ? data : closed;
  return {
    ...read,
    wizard: {
      state,
      step: steps.find((step) => step === state.step) ?? "source",
      save: (part) => put({ ...state, open: true, ...part }),
      startOver: () => put(closed),
    },
  };
}
