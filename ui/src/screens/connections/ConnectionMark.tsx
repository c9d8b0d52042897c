import type { ConnectionState, ConnectionView } from "@/api/generated";
import { Badge } from "@/components/data/Badge";
import { LockedIcon, OfflineIcon, SyncedIcon, type Icon } from "@/components/icons";
import type { Tone } from "@/components/data/states";
import { text } from "@/text/en";
import styles from "./ConnectionMark.module.css";

const looks: Record<ConnectionState, { icon: Icon; tone: Tone }> = {
  connected: { icon: SyncedIcon, tone: "ok" },
  needs_access: { icon: LockedIcon, tone: "bad" },
  disconnected: { icon: OfflineIcon, tone: "wait" },
};

/** Whether a connection works: icon, word and colour together. */
export function ConnectionStateBadge({ state }: { state: ConnectionState }) {
  const { icon: Mark, tone } = looks[state];
  return <Badge tone={tone}><span className={styles.inside}><Mark size={14} />{text.connections.state[state]}</span></Badge>;
}

/** The same in a list, where nothing else says that it is practice. */
export function ConnectionMark({ connection: { state, practice } }: { connection: ConnectionView }) {
  return (
    <span className={styles.mark}>
      {practice && <Badge tone="info">{text.connections.practiceBadge}</Badge>}
      <ConnectionStateBadge state={state} />
    </span>
  );
}
