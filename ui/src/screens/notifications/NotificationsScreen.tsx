import { useEffect, useEffectEvent, useState } from "react";
import { useRead, useWrite } from "@/api/client";
import { Button } from "@/components/controls/Button";
import { Badge } from "@/components/data/Badge";
import { RelativeTime } from "@/components/data/RelativeTime";
import { EmptyState } from "@/components/feedback/EmptyState";
import { Skeleton } from "@/components/feedback/Skeleton";
import { BellIcon } from "@/components/icons";
import { Page } from "@/components/page/Page";
import { PageHeader } from "@/components/page/PageHeader";
import { go } from "@/app/router";
import { ReadFailed } from "@/screens/shared/ReadFailed";
import { text } from "@/text/en";
import styles from "./NotificationsScreen.module.css";
import { addressOf } from "./target";

const words = text.notifications;

/** What was said while nobody looked. Opening it is seeing it; what was new stays marked until the page is left. */
export default function NotificationsScreen() {
  const read = useRead("notifications", {});
  const see = useWrite("see_notifications", { quiet: true });
  const [fresh, setFresh] = useState<ReadonlySet<number>>(new Set());
  const { data } = read;
  const unseen = (data ?? []).filter(({ seen }) => !seen).map(({ id }) => id);
  if (unseen.some((id) => !fresh.has(id))) setFresh(new Set([...fresh, ...unseen]));
  const tell = useEffectEvent(() => see.mutate({}));
  const waiting = unseen.join();
  useEffect(() => {
    if (waiting !== "") tell();
  }, [waiting]);
  if (read.error) {
    return (
      <Page>
        <PageHeader title={words.title} />
        <ReadFailed message={read.error.message} onRetry={() => void read.refetch()} />
      </Page>
    );
  }
  return (
    <Page>
      <PageHeader title={words.title} sentence={data ? words.sentence(fresh.size) : <Skeleton label={text.shared.loading} width="16rem" />} />
      {data?.length === 0 && <EmptyState icon={BellIcon} title={words.empty.title} line={words.empty.line} action={<Button onPress={() => go("home")}>{text.activity.empty.action}</Button>} />}
      {data && data.length > 0 && (
        <ul className={styles.list} aria-label={words.list}>
          {data.map((one) => (
            <li key={one.id} className={styles.entry}>
              <div className={styles.words}>
                <h2>
                  <a href={addressOf(one.target)}>{one.title}</a> {fresh.has(one.id) && <Badge tone="info">{words.fresh}</Badge>}
                </h2>
                <p>{one.body}</p>
              </div>
              <RelativeTime time={new Date(one.at)} inTable />
            </li>
          ))}
        </ul>
      )}
    </Page>
  );
}
