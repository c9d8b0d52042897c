import { useRead } from "@/api/client";
import type { GroupView } from "@/api/generated";
import { href } from "@/app/router";
import { Button } from "@/components/controls/Button";
import { IconButton } from "@/components/controls/IconButton";
import { Badge } from "@/components/data/Badge";
import { Logo } from "@/components/data/Logo";
import { useNow } from "@/components/data/now";
import { RelativeTime } from "@/components/data/RelativeTime";
import { Sparkline } from "@/components/data/Sparkline";
import { MoreIcon, SyncedIcon } from "@/components/icons";
import { Menu } from "@/components/overlays/Menu";
import { formatClock } from "@/lib/format";
import { text } from "@/text/en";
import { offersOf } from "./actions";
import type { GroupDesk } from "./useGroupDesk";
import styles from "./GroupCard.module.css";

interface GroupCardProps {
  group: GroupView;
  desk: GroupDesk;
  /** The most pressing group has the page's primary button. */
  first: boolean;
}

/** One cause: what happened, to how many, since when, what happens next, and one button. */
export function GroupCard({ group, desk, first }: GroupCardProps) {
  const now = useNow();
  const connectors = useRead("connectors", {});
  const logo = connectors.data?.find(({ id }) => id === group.connector)?.logo;
  const words = text.errors;
  const { primary } = offersOf(group);
  const over = group.state === "solved";
  return (
    <article className={styles.card} data-state={group.state} tabIndex={-1} data-group={group.key} aria-label={group.explained.title}>
      {over ? <SyncedIcon className={styles.solved ?? ""} /> : logo !== undefined && <Logo svg={logo} name="" size="small" />}
      <div className={styles.words}>
        <h3 className={styles.title}>
          {over ? group.explained.title : <a href={href("group", { sync: group.sync.id, key: group.key })}>{group.explained.title}</a>}
        </h3>
        <p className={styles.facts}>
          <strong>{words.leads(group.leads)}</strong>
          <span>
            {words.since} <RelativeTime time={new Date(group.first_at)} inTable />, {words.last} <RelativeTime time={new Date(group.last_at)} inTable />
          </span>
          <span>{group.sync.name}</span>
          {group.came_back && <Badge tone="warn">{words.cameBack}</Badge>}
          {group.state === "snoozed" && (
            <Badge>{group.snoozed_until === null ? words.untilChange : `${words.snoozedUntil} ${formatClock(new Date(group.snoozed_until), now)}`}</Badge>
          )}
          {group.state === "ignored" && <Badge>{words.ignored(group.reason ?? "")}</Badge>}
        </p>
        <p className={styles.next}>
          {!over && group.explained.meaning} {group.next_try_at !== null ? `${words.nextTry}: ${formatClock(new Date(group.next_try_at), now)}.` : over && group.next}
        </p>
      </div>
      <Sparkline values={group.series} width={72} label={words.trend(group.series.reduce((sum, count) => sum + count, 0))} />
      {!over && (
        <div className={styles.actions}>
          <Button kind={first ? "primary" : "secondary"} icon={primary.icon} onPress={() => desk.act(group, primary)}>
            {primary.label}
          </Button>
          <Menu label={words.menu.label(group.explained.title)} placement="bottom end" trigger={<IconButton icon={MoreIcon} label={words.menu.label(group.explained.title)} />} groups={desk.menu(group)} />
        </div>
      )}
    </article>
  );
}
