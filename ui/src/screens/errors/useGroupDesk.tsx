// Everything a group's buttons, menu and keys do, with the dialogs they open. Shared by the desk and the group's page.
import { useState, type ReactNode } from "react";
import type { GroupView, Selection as Picked } from "@/api/generated";
import { useNow } from "@/components/data/now";
import { EditIcon, ExportIcon, SkipIcon, SnoozeIcon, SyncIcon, UndoIcon } from "@/components/icons";
import type { MenuGroup } from "@/components/overlays/Menu";
import { keysOf } from "@/app/shortcuts/registry";
import { text } from "@/text/en";
import { offersOf, type Offer } from "./actions";
import { IgnoreDialog } from "./IgnoreDialog";
import { RetrySheet } from "./RetrySheet";
import { useBulk } from "./useBulk";
import { useOffer } from "./useOffer";

export interface GroupDesk {
  act: (group: GroupView, offer: Offer) => void;
  retry: (group: GroupView) => void;
  plan: (picked: Picked, count: number) => void;
  skip: (group: GroupView) => void;
  snooze: (group: GroupView) => void;
  menu: (group: GroupView) => MenuGroup[];
  bulk: ReturnType<typeof useBulk>;
  /** Put this on the page. */
  dialogs: ReactNode;
}

export const wholeGroup = (group: GroupView): Picked => ({ pick: "group", sync: group.sync.id, key: group.key });

export function useGroupDesk(): GroupDesk {
  const bulk = useBulk();
  const now = useNow();
  const [planned, setPlanned] = useState<{ picked: Picked; count: number }>();
  const [ignoring, setIgnoring] = useState<GroupView>();
  const plan = (picked: Picked, count: number) => setPlanned({ picked, count });
  const retry = (group: GroupView) => plan(wholeGroup(group), group.leads);
  const act = useOffer(retry);
  const skip = (group: GroupView) => void bulk.skip(wholeGroup(group));
  const words = text.errors.menu;

  const menu = (group: GroupView): MenuGroup[] => {
    const { primary, others } = offersOf(group);
    const fixes = others.map((offer) => ({ id: offer.id, label: offer.label, icon: offer.icon, run: () => act(group, offer) }));
    const again = primary.id === "retry" ? [] : [{ id: "retry", label: text.errors.actions.retryAll(group.leads), icon: SyncIcon, keys: keysOf("errors.retry"), run: () => retry(group) }];
    const aside =
      group.state === "open"
        ? [
            { id: "hour", label: words.snoozeHour, icon: SnoozeIcon, keys: keysOf("errors.snooze"), run: () => bulk.snooze(group, "hour", now) },
            { id: "tomorrow", label: words.snoozeTomorrow, icon: SnoozeIcon, run: () => bulk.snooze(group, "tomorrow", now) },
            { id: "change", label: words.snoozeChange, icon: SnoozeIcon, run: () => bulk.snooze(group, "change", now) },
            { id: "ignore", label: words.ignore, icon: EditIcon, run: () => setIgnoring(group) },
          ]
        : [{ id: "reopen", label: words.reopen, icon: UndoIcon, run: () => bulk.reopen(group) }];
    return [
      { choices: [...fixes, ...again] },
      { choices: aside },
      {
        choices: [
          { id: "skip", label: text.errors.actions.skipAll(group.leads), icon: SkipIcon, keys: keysOf("errors.skip"), run: () => skip(group) },
          { id: "export", label: words.export, icon: ExportIcon, run: () => void bulk.export(wholeGroup(group)) },
        ],
      },
    ].filter(({ choices }) => choices.length > 0);
  };

  return {
    act,
    retry,
    plan,
    skip,
    snooze: (group) => bulk.snooze(group, "hour", now),
    menu,
    bulk,
    dialogs: (
      <>
        <RetrySheet
          picked={planned?.picked}
          count={planned?.count ?? 0}
          onClose={() => setPlanned(undefined)}
          onRetry={(picked) => {
            setPlanned(undefined);
            bulk.retry(picked);
          }}
        />
        <IgnoreDialog group={ignoring} onIgnore={bulk.ignore} onClose={() => setIgnoring(undefined)} />
      </>
    ),
  };
}
