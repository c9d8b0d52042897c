import { useEffect, useRef, type RefObject } from "react";
import { useShortcut } from "@/app/shortcuts/registry";

/**
 * J and K among the cards of a page. The cards keep the focus themselves; when the focused one leaves the page, because it
 * was solved or set aside, the one that took its place gets it, so that the focus is never lost.
 */
export function useCardKeys(page: RefObject<HTMLElement | null>, keys: readonly string[]): { current: () => string | undefined } {
  const last = useRef(0);
  const cards = () => [...(page.current?.querySelectorAll<HTMLElement>("[data-group]") ?? [])];
  const at = () => cards().findIndex((card) => card.contains(document.activeElement));
  const focus = (index: number) => {
    const all = cards();
    const card = all[Math.min(Math.max(index, 0), all.length - 1)];
    card?.focus();
    card?.scrollIntoView({ block: "nearest" });
  };
  useShortcut("list.next", () => focus(at() + 1));
  useShortcut("list.previous", () => focus(at() === -1 ? 0 : at() - 1));

  const wasInside = useRef(false);
  useEffect(() => {
    const note = () => {
      const now = at();
      wasInside.current = now >= 0;
      if (now >= 0) last.current = now;
    };
    document.addEventListener("focusin", note);
    return () => document.removeEventListener("focusin", note);
  });
  const listed = keys.join("\n");
  useEffect(() => {
    if (wasInside.current && (document.activeElement === document.body || document.activeElement === null)) focus(last.current);
    // Only a change of the list can take a card away.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [listed]);

  return { current: () => cards()[at()]?.dataset.group ?? cards()[0]?.dataset.group };
}
