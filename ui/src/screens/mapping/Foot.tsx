import { useKeysOf } from "@/app/shortcuts/registry";
import { Button } from "@/components/controls/Button";
import { IconButton } from "@/components/controls/IconButton";
import { ChevronLeftIcon, ChevronRightIcon, RedoIcon, SyncedIcon, UndoIcon, WarningIcon } from "@/components/icons";
import { text } from "@/text/en";
import styles from "./Mapper.module.css";
import { useMapper } from "./mapper";
import type { Draft } from "./useDraft";

const words = text.mapping;

interface FootProps {
  draft: Draft;
  undo: () => void;
  redo: () => void;
  sample: number;
  onSample: (sample: number) => void;
  waiting: number;
  checking: boolean;
}

/** Below the fields: the sample lead, undo, what needs the person, and whether the draft is kept. */
export function Foot({ draft, undo, redo, sample, onSample, waiting, checking }: FootProps) {
  const { view, open, check } = useMapper();
  const undoKeys = useKeysOf("mapping.undo");
  const redoKeys = useKeysOf("mapping.redo");
  const samples = view.sample_count;
  return (
    <div className={styles.foot}>
      <span className={styles.stepper}>
        <IconButton icon={ChevronLeftIcon} label={words.previousSample} disabled={sample <= 0} onPress={() => onSample(sample - 1)} />
        <span>{samples === 0 ? words.noSamples : words.sample(sample + 1, samples)}</span>
        <IconButton icon={ChevronRightIcon} label={words.nextSample} disabled={sample + 1 >= samples} onPress={() => onSample(sample + 1)} />
      </span>
      <IconButton icon={UndoIcon} label={words.undo} keys={undoKeys} disabled={!draft.canUndo} onPress={undo} />
      <IconButton icon={RedoIcon} label={words.redo} keys={redoKeys} disabled={!draft.canRedo} onPress={redo} />
      <Button kind="quiet" icon={waiting > 0 ? WarningIcon : SyncedIcon} onPress={() => open({ about: "problems" })}>
        {check === undefined ? words.noValueYet : waiting === 0 ? words.noProblems : words.problems(waiting)}
      </Button>
      <span className={styles.spacer} />
      <span className={styles.keys}>{words.keysHint}</span>
      {draft.saving.is === "failed" ? (
        <span className={styles.failed} role="alert">
          {words.unsaved}: {draft.saving.why}
          <Button kind="quiet" onPress={() => void draft.flush().catch(() => undefined)}>
            {words.saveAgain}
          </Button>
        </span>
      ) : (
        <span className={styles.quiet} aria-live="polite" data-busy={checking || undefined}>
          {draft.saving.is === "saving" ? words.saving : words.saved}
        </span>
      )}
    </div>
  );
}
