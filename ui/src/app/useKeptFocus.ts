import { useEffect, type RefObject } from "react";

/** Long enough for a page, a dialog or a list to give the focus to what takes the place of what went. */
const SETTLED_AFTER = 80;

/**
 * The focus is never lost: when what had it goes and nothing takes it, the page gets it, so that the next Tab goes on from
 * here and not from the top of the window.
 */
export function useKeptFocus(page: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const frame = page.current;
    if (!frame) return;
    let last: Element | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const note = ({ target }: FocusEvent) => {
      last = target instanceof Element ? target : undefined;
    };
    const keep = () => {
      if (last?.isConnected === false && document.activeElement === document.body) frame.focus({ preventScroll: true });
    };
    const look = () => {
      if (last?.isConnected !== false) return;
      clearTimeout(timer);
      timer = setTimeout(keep, SETTLED_AFTER);
    };
    const observer = new MutationObserver(look);
    observer.observe(frame, { childList: true, subtree: true });
    document.addEventListener("focusin", note);
    return () => {
      clearTimeout(timer);
      observer.disconnect();
      document.removeEventListener("focusin", note);
    };
  }, [page]);
}
