import type { TimelineEntry } from "@/api/generated";
import { Button } from "@/components/controls/Button";
import { RelativeTime } from "@/components/data/RelativeTime";
import { ClockIcon, EditIcon, FailedIcon, ImportIcon, LinkIcon, SendingIcon, SkippedIcon, SyncedIcon, UndoIcon, type Icon } from "@/components/icons";
import { text } from "@/text/en";
import styles from "./Timeline.module.css";

const looks: Record<string, { icon: Icon; tone: string }> = {
  captured: { icon: ImportIcon, tone: "wait" },
  matched: { icon: LinkIcon, tone: "wait" },
  attempt: { icon: SendingIcon, tone: "busy" },
  waited: { icon: ClockIcon, tone: "wait" },
  synced: { icon: SyncedIcon, tone: "ok" },
  failed: { icon: FailedIcon, tone: "bad" },
  edited: { icon: EditIcon, tone: "info" },
  skipped: { icon: SkippedIcon, tone: "wait" },
  undone: { icon: UndoIcon, tone: "wait" },
};
const unknown = { icon: ClockIcon, tone: "wait" };

interface TimelineProps {
  label: string;
  entries: readonly TimelineEntry[];
  /** Opens the exchanges of an attempt. */
  onDetails?: (entry: TimelineEntry) => void;
}

/** A life in order, oldest first. The first words name the kind of step, so that the icon never speaks alone. */
export function Timeline({ label, entries, onDetails }: TimelineProps) {
  const names: Record<string, string> = text.shared.timeline;
  return (
    <ol className={styles.list} aria-label={label}>
      {entries.map((entry, at) => {
        const { icon: Mark, tone } = looks[entry.kind] ?? unknown;
        return (
          <li key={`${entry.at}-${at}`} className={styles.entry}>
            <span className={styles.mark} data-tone={tone}>
              <Mark />
            </span>
            <div className={styles.words}>
              <p>
                <span className={styles.kind}>{names[entry.kind] ?? entry.kind}</span> {entry.text}
              </p>
              <RelativeTime time={new Date(entry.at)} inTable />
            </div>
            {onDetails && entry.exchanges.length > 0 && (
              <Button kind="quiet" onPress={() => onDetails(entry)} aria-label={`${text.errors.delivery.details}: ${entry.text}`}>
                {text.errors.delivery.details}
              </Button>
            )}
          </li>
        );
      })}
    </ol>
  );
}
