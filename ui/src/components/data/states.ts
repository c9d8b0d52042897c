// The words a delivery and a lane may be in, each with its icon and tone. Nothing else may be shown as a state.
import {
  FailedIcon, LockedIcon, OfflineIcon, PausedIcon, PendingIcon, RetryingIcon, RunningIcon, SendingIcon, SkippedIcon, SlowIcon, SyncedIcon,
  UnreachableIcon, type Icon,
} from "@/components/icons";
import { text } from "@/text/en";

export type Tone = "ok" | "busy" | "wait" | "warn" | "bad" | "info";

/** As the ledger writes them (`leadferry_model::DeliveryState`). */
export type DeliveryState = "pending" | "sending" | "synced" | "retrying" | "failed" | "skipped";

/** How a destination's lane runs. */
export type LaneState = "flowing" | "slowed" | "unreachable" | "locked_out" | "paused" | "offline";

export interface StateLook {
  word: string;
  icon: Icon;
  tone: Tone;
}

export const deliveryLooks: Record<DeliveryState, StateLook> = {
  pending: { word: text.state.pending, icon: PendingIcon, tone: "wait" },
  sending: { word: text.state.sending, icon: SendingIcon, tone: "busy" },
  synced: { word: text.state.synced, icon: SyncedIcon, tone: "ok" },
  retrying: { word: text.state.retrying, icon: RetryingIcon, tone: "warn" },
  failed: { word: text.state.failed, icon: FailedIcon, tone: "bad" },
  skipped: { word: text.state.skipped, icon: SkippedIcon, tone: "wait" },
};

export const laneLooks: Record<LaneState, StateLook> = {
  flowing: { word: text.lane.flowing, icon: RunningIcon, tone: "ok" },
  slowed: { word: text.lane.slowed, icon: SlowIcon, tone: "info" },
  unreachable: { word: text.lane.unreachable, icon: UnreachableIcon, tone: "warn" },
  locked_out: { word: text.lane.locked_out, icon: LockedIcon, tone: "bad" },
  paused: { word: text.lane.paused, icon: PausedIcon, tone: "wait" },
  offline: { word: text.lane.offline, icon: OfflineIcon, tone: "warn" },
};
