import { useWrite } from "@/api/client";
import type { GroupView } from "@/api/generated";
import { go } from "@/app/router";
import { toasts } from "@/components/feedback/toasts";
import { usePlatform } from "@/platform/context";
import { text } from "@/text/en";
import type { Offer } from "./actions";

/** Does what a button of a group offers. Retrying is left to the caller, who shows its plan first. */
export function useOffer(retry: (group: GroupView) => void): (group: GroupView, offer: Offer) => void {
  const platform = usePlatform();
  const tryLane = useWrite("try_lane");
  return (group, { way }) => {
    switch (way.to) {
      case "panel":
        return go("group", { sync: group.sync.id, key: group.key }, { fix: way.panel, ...(way.field !== "" && { field: way.field }) });
      case "screen":
        window.location.hash = way.href;
        return;
      case "retry":
        return retry(group);
      case "copy":
        void platform.copyText(way.words).then(() => toasts.show({ words: text.errors.toasts.copied }));
        return;
      case "lane":
        return tryLane.mutate({ id: way.connection }, { onSuccess: () => toasts.show({ words: text.errors.toasts.trying, tone: "info" }) });
    }
  };
}
