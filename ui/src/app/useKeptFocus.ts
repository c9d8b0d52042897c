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
    let waiting = false;
    const note = ({ target }: FocusEvent) => {
      last = target instanceof Element ? target : undefined;
    };
    const keep = () => {
      waiting = false;
      if (last?.isConnected === false && document.activeElement === document.body) frame.focus({ preventScroll: true });
    };
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = () => {
      // A page that is busy changes all the time: waiting anew after each change would be waiting for ever.
      if (waiting || last?.isConnected !== false) return;
      waiting = true;
      timer = setTimeout(keep, SETTLED_AFTER);
    };
    const observer = new MutationObserver(look);
    // Dialogs and lists stand beside the page, not in it.
    observer.observe(document.body, { childList: true, subtree: true });
    document.addEventListener("focusin", note);
    return () => {
      clearTimeout(timer);
      observer.disconnect();
      document.removeEventListener("focusin", note);
    };
  }, [page]);
}
