import { useQuery } from "@tanstack/react-query";
import { ask } from "@/api/client";
import type { Error as HostError, RetryPlan, Selection as Picked } from "@/api/generated";
import { Button } from "@/components/controls/Button";
import { Skeleton } from "@/components/feedback/Skeleton";
import { Dialog } from "@/components/overlays/Dialog";
import { formatCount, formatDuration, formatShare } from "@/lib/format";
import { usePlatform } from "@/platform/context";
import { text } from "@/text/en";
import styles from "./RetrySheet.module.css";

interface RetrySheetProps {
  picked: Picked | undefined;
  count: number;
  onRetry: (picked: Picked) => void;
  onClose: () => void;
}

/** What a retry takes, before it starts: leads, time as a range, calls and their share of the day. */
export function RetrySheet({ picked, count, onRetry, onClose }: RetrySheetProps) {
  const platform = usePlatform();
  const plan = useQuery<RetryPlan, HostError>({
    queryKey: ["plan_retry", picked],
    queryFn: () => ask(platform, "plan_retry", picked ?? { pick: "ids", ids: [] }),
    enabled: picked !== undefined,
    // Quota and queue move on; a plan is worked out each time it is looked at.
    gcTime: 0,
  });
  const leads = plan.data?.leads ?? count;
  return (
    <Dialog
      open={picked !== undefined}
      onClose={onClose}
      title={text.errors.plan.title(leads)}
      size="small"
      footer={
        <>
          <Button onPress={onClose}>{text.common.cancel}</Button>
          {/* The plan was asked for in order to go on; nothing is lost by it. */}
          {/* eslint-disable-next-line jsx-a11y/no-autofocus */}
          <Button kind="primary" autoFocus disabled={leads === 0} onPress={() => picked && onRetry(picked)}>{text.errors.actions.retryAll(leads)}</Button>
        </>
      }
    >
      {plan.error ? <p>{plan.error.message}</p> : plan.data ? <Facts plan={plan.data} /> : <Skeleton label={text.errors.plan.reading} lines={3} />}
    </Dialog>
  );
}

function Facts({ plan }: { plan: RetryPlan }) {
  const words = text.errors.plan;
  const quota = plan.quota_share === null ? words.noQuota : words.quota(formatShare(plan.quota_share));
  return (
    <>
      <dl className={styles.facts}>
        <dt>{words.leads}</dt>
        <dd>{formatCount(plan.leads)}</dd>
        <dt>{words.duration}</dt>
        <dd>{words.time(formatDuration(plan.seconds_min), formatDuration(plan.seconds_max))}</dd>
        <dt>{words.cost}</dt>
        <dd>{words.calls(plan.calls)}, {quota}</dd>
      </dl>
      <p className={styles.line}>{words.duplicates}</p>
    </>
  );
}
