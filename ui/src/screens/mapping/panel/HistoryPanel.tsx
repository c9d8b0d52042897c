import { useRead, useWrite } from "@/api/client";
import type { Mapping } from "@/api/generated";
import { Button } from "@/components/controls/Button";
import { Badge } from "@/components/data/Badge";
import { RelativeTime } from "@/components/data/RelativeTime";
import { Skeleton } from "@/components/feedback/Skeleton";
import { toasts } from "@/components/feedback/toasts";
import { SidePanel } from "@/components/overlays/SidePanel";
import { text } from "@/text/en";
import { useMapper } from "../mapper";
import styles from "./Panel.module.css";

const words = text.mapping;

/** Published versions. Restoring makes one the draft; what is sent stays until it is published. */
export function HistoryPanel({ take }: { take: (mapping: Mapping) => void }) {
  const { view, open } = useMapper();
  const { data: versions, error } = useRead("mapping_history", { id: view.sync });
  const restore = useWrite("restore_mapping");
  return (
    <SidePanel title={words.historyTitle} onClose={() => open(undefined)}>
      {error && <p className={styles.warning}>{error.message}</p>}
      {!versions && !error && <Skeleton label={words.loading} lines={3} />}
      {versions?.length === 0 && <p className={styles.quiet}>{words.historyEmpty}</p>}
      <ul className={styles.pairs}>
        {versions?.map(({ version, published_at, note, live }) => (
          <li key={`${version} ${published_at ?? ""}`} className={styles.version}>
            <p className={styles.line}>
              <strong>{words.version(version)}</strong>
              {live && <Badge tone="ok">{words.liveBadge}</Badge>}
              {published_at === null ? <Badge tone="wait">{words.draftBadge}</Badge> : <span className={styles.quiet}><RelativeTime time={new Date(published_at)} /></span>}
            </p>
            <p>{note}</p>
            {published_at !== null && (
              <Button
                busy={restore.isPending && restore.variables.version === version}
                onPress={() =>
                  restore.mutate({ sync: view.sync, version }, {
                    onSuccess: ({ draft }) => {
                      take(draft);
                      toasts.show({ words: words.restored(version) });
                    },
                  })
                }
              >
                {words.restore(version)}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </SidePanel>
  );
}
