import { useRead, useWrite } from "@/api/client";
import { Button } from "@/components/controls/Button";
import { useNow } from "@/components/data/now";
import { Banner } from "@/components/feedback/Banner";
import { formatClock } from "@/lib/format";
import { text } from "@/text/en";
import styles from "./App.module.css";

/** Over every page while nothing on the network answers. Pages draw none of their own. */
export function OfflineBanner() {
  const home = useRead("home", {});
  const tryLane = useWrite("try_lane");
  const now = useNow();
  const since = home.data?.offline_since;
  if (since == null) return null;
  const { title, line, action } = text.shared.offline;
  const check = () => {
    home.data?.lanes.forEach(({ connection }) => tryLane.mutate({ id: connection.id }));
    void home.refetch();
  };
  return (
    <div className={styles.banner}>
      <Banner tone="wait" title={`${title} ${formatClock(new Date(since), now)}`} line={line(home.data?.waiting ?? 0)} actions={<Button busy={home.isFetching} onPress={check}>{action}</Button>} />
    </div>
  );
}
