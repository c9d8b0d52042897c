import { useEffect, useState } from "react";
import { ask } from "@/api/client";
import type { Error as HostError, Mapping, MappingCheck } from "@/api/generated";
import { usePlatform } from "@/platform/context";

/** While somebody types, the engine is not asked for every letter. */
const PAUSE = 120;

export interface Checked {
  /** The newest answer; of the mapping before while the next is on its way. */
  check: MappingCheck | undefined;
  checking: boolean;
  error: HostError | undefined;
}

interface Answer {
  of: object;
  check: MappingCheck | undefined;
  error: HostError | undefined;
}

/** What the engine says about the mapping as it stands on screen. Late answers to older questions are dropped. */
export function useCheck(sync: string, mapping: Mapping, sample: number, schemaReadAt: string): Checked {
  const platform = usePlatform();
  const [answer, setAnswer] = useState<Answer>();
  const first = answer === undefined;
  useEffect(() => {
    let late = false;
    const timer = setTimeout(
      () =>
        void ask(platform, "check_mapping", { sync, mapping, sample }).then(
          (check) => {
            if (!late) setAnswer({ of: mapping, check, error: undefined });
          },
          (error: unknown) => {
            if (!late) setAnswer((before) => ({ of: mapping, check: before?.check, error: error as HostError }));
          },
        ),
      first ? 0 : PAUSE,
    );
    return () => {
      late = true;
      clearTimeout(timer);
    };
    // The pause is only about the first question.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [platform, sync, mapping, sample, schemaReadAt]);
  return { check: answer?.check, checking: answer?.of !== mapping, error: answer?.error };
}
