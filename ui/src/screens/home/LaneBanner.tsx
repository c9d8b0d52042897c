import { useWrite } from "@/api/client";
import type { LaneState, LaneView } from "@/api/generated";
import { go } from "@/app/router";
import { useCommands } from "@/app/shortcuts/commands";
import { Button } from "@/components/controls/Button";
import { Banner, type BannerTone } from "@/components/feedback/Banner";
import { toasts } from "@/components/feedback/toasts";
import { SyncIcon } from "@/components/icons";
import { text } from "@/text/en";

const tones: Record<LaneState, BannerTone> = { snoozed: "info", down: "warn", no_access: "bad", paused: "wait" };

/** Why a destination's leads wait, until when, and the one button that helps. */
export function LaneBanner({ lane }: { lane: LaneView }) {
  const words = text.home;
  const tryLane = useWrite("try_lane");
  const { id, name } = lane.connection;
  const lost = lane.state === "no_access";
  const label = lost ? words.signIn : words.tryNow;
  const run = () =>
    lost ? go("connection", { connection: id }, { reconnect: "1" }) : tryLane.mutate({ id }, { onSuccess: () => toasts.show({ words: words.trying(name), tone: "info" }) });
  useCommands([{ id: `lane.${id}`, label: `${label}: ${name}`, group: text.sections.home, icon: SyncIcon, run }]);
  return (
    <Banner
      tone={tones[lane.state]}
      title={lane.text}
      actions={<Button {...(lost && { kind: "primary" as const })} busy={tryLane.isPending} aria-label={`${label}: ${name}`} onPress={run}>{label}</Button>}
    />
  );
}
