import { useEffect, useState, type RefObject } from "react";

/**
 * Which rows of equal height are in view. Constant cost per scroll step: a million rows are arithmetic here, while a
 * general virtualiser keeps a measurement for each. Browsers cap the height of an element at about 33.5 million px, so
 * above LARGEST the scroll bar is stretched over the rows and they are placed relative to it.
 */
const LARGEST = 30_000_000;
/** Drawn beyond each edge, so that a quick flick shows no gap. */
const BEYOND = 6;
/** Until the first layout, and where there is none (tests). */
const HEIGHT_BEFORE_LAYOUT = 600;

export interface RowWindow {
  /** First row drawn. */
  first: number;
  /** One past the last row drawn. */
  end: number;
  /** First row a person sees. */
  firstVisible: number;
  /** Rows that fit in view. */
  fitting: number;
  /** Height of the scrolled body. */
  height: number;
  top: (row: number) => number;
  /** Where to scroll so that the row is in view, or `undefined` when it is. */
  scrollTo: (row: number) => number | undefined;
}

export function rowWindow(count: number, rowHeight: number, scrollTop: number, viewport: number): RowWindow {
  const whole = count * rowHeight;
  const height = Math.min(whole, LARGEST);
  const stretch = whole > height ? (whole - viewport) / (height - viewport) : 1;
  const offset = scrollTop * stretch;
  const firstVisible = Math.min(Math.max(count - 1, 0), Math.floor(offset / rowHeight));
  return {
    first: Math.max(0, firstVisible - BEYOND),
    end: Math.min(count, Math.ceil((offset + viewport) / rowHeight) + BEYOND),
    firstVisible,
    fitting: Math.max(1, Math.floor(viewport / rowHeight)),
    height,
    top: (row) => row * rowHeight - offset + scrollTop,
    scrollTo: (row) => {
      const start = row * rowHeight;
      if (start < offset) return start / stretch;
      if (start + rowHeight > offset + viewport) return (start + rowHeight - viewport) / stretch;
      return undefined;
    },
  };
}

/** The window over the scroller's rows, following scrolling and resizing. `inset` is the height of a sticky header. */
export function useRowWindow(scroller: RefObject<HTMLElement | null>, count: number, rowHeight: number, inset: number): RowWindow {
  const [view, setView] = useState({ scrollTop: 0, viewport: HEIGHT_BEFORE_LAYOUT });
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const look = () => setView({ scrollTop: element.scrollTop, viewport: Math.max(rowHeight, (element.clientHeight || HEIGHT_BEFORE_LAYOUT) - inset) });
    look();
    element.addEventListener("scroll", look, { passive: true });
    const resized = new ResizeObserver(look);
    resized.observe(element);
    return () => {
      element.removeEventListener("scroll", look);
      resized.disconnect();
    };
  }, [scroller, rowHeight, inset]);
  return rowWindow(count, rowHeight, view.scrollTop, view.viewport);
}
