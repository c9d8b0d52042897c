import { useRead, useWrite } from "@/api/client";
import { Button } from "@/components/controls/Button";
import { Banner } from "@/components/feedback/Banner";
import { Skeleton } from "@/components/feedback/Skeleton";
import { toasts } from "@/components/feedback/toasts";
import { Dialog } from "@/components/overlays/Dialog";
import { text } from "@/text/en";
import { useMapper } from "../mapper";
import styles from "./Publish.module.css";

const words = text.mapping;

/** What publishing changes, in words, and what it sets free. */
export function PublishDialog({ onClose, onTest }: { onClose: () => void; onTest: () => void }) {
  const { view, check } = useMapper();
  const { data: diff, error, isFetching } = useRead("mapping_diff", { id: view.sync });
  const publish = useWrite("publish_mapping", { quiet: true });
  const blocking = check?.problems.filter(({ severity }) => severity === "error").length ?? 0;
  const nothing = diff?.changes.length === 0 && view.live_version !== null;
  return (
    <Dialog
      open
      onClose={onClose}
      title={words.publishTitle}
      footer={
        <>
          <Button onPress={onTest}>{words.testFirst}</Button>
          <Button
            kind="primary"
            disabled={!diff || isFetching || nothing}
            busy={publish.isPending}
            onPress={() =>
              publish.mutate({ id: view.sync }, {
                onSuccess: (published) => {
                  onClose();
                  toasts.show({ words: words.publishedNow(published.live_version) });
                },
              })
            }
          >
            {words.publishAction(diff?.releases ?? 0)}
          </Button>
        </>
      }
    >
      <div className={styles.body}>
        {error && <Banner tone="bad" title={words.loadTitle} line={error.message} />}
        {publish.error && <Banner tone="bad" title={publish.error.message} />}
        {!diff && !error && <Skeleton label={words.loading} lines={3} />}
        {nothing && <p>{words.publishNothing}</p>}
        {diff && view.live_version === null && <p>{words.publishFirst}</p>}
        {diff && (
          <ul className={styles.changes}>
            {diff.changes.map((change) => (
              <li key={change}>{change}</li>
            ))}
          </ul>
        )}
        {blocking > 0 && <Banner tone="warn" title={words.publishBlocked(blocking)} />}
        {diff && !nothing && <p className={styles.releases}>{words.releases(diff.releases)}</p>}
      </div>
    </Dialog>
  );
}
