import { useEffect, useRef } from "react";
import type { LaneView } from "@/api/generated";
import { toasts } from "@/components/feedback/toasts";
import { text } from "@/text/en";

/** Says once that a destination which did not answer is back, on whatever page the person is. */
export function useRecoveries(lanes: readonly LaneView[] | undefined): void {
  const down = useRef(new Map<string, string>());
  useEffect(() => {
    if (!lanes) return;
    const closed = new Set(lanes.map(({ connection }) => connection.id));
    for (const [id, name] of down.current) if (!closed.has(id)) toasts.show({ words: text.frame.back(name) });
    down.current = new Map(lanes.filter(({ state }) => state === "down").map(({ connection }) => [connection.id, connection.name]));
  }, [lanes]);
}
