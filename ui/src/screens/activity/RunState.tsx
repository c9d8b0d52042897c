import type { RunRow } from "@/api/generated";
import { CheckIcon, FailedIcon, PausedIcon, PendingIcon, SendingIcon, WarningIcon, type Icon } from "@/components/icons";
import { text } from "@/text/en";
import styles from "./RunState.module.css";

const looks: Record<string, { icon: Icon; tone: string }> = {
  working: { icon: SendingIcon, tone: "busy" },
  waiting: { icon: PendingIcon, tone: "wait" },
  done: { icon: CheckIcon, tone: "ok" },
  some_failed: { icon: WarningIcon, tone: "warn" },
  failed: { icon: FailedIcon, tone: "bad" },
  cancelled: { icon: PausedIcon, tone: "wait" },
};
const unknown = { icon: PendingIcon, tone: "wait" };

/** A run's state as icon, word and colour together. */
export function RunState({ state }: Pick<RunRow, "state">) {
  const { icon: Mark, tone } = looks[state] ?? unknown;
  return (
    <span className={styles.state} data-tone={tone}>
      <Mark />
      {text.activity.states[state] ?? state}
    </span>
  );
}
