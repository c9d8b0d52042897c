// What jsdom lacks and the components ask for, and a clean page after each test.
import { cleanup, configure } from "@testing-library/react";
import { afterEach } from "vitest";
import { floating } from "@/app/floating";
import { toasts } from "@/components/feedback/toasts";

class NothingResizes implements ResizeObserver {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}

globalThis.ResizeObserver = NothingResizes;
Element.prototype.scrollIntoView = () => undefined;
// jsdom has no CSS object; the names used in tests need no escaping.
(globalThis as { CSS?: unknown }).CSS ??= { escape: (name: string) => name };
window.matchMedia = (query: string) =>
  ({ matches: false, media: query, addEventListener: () => {}, removeEventListener: () => {} }) as unknown as MediaQueryList;

// Screens are loaded when first opened; on a busy machine that takes longer than the default second.
configure({ asyncUtilTimeout: 15_000 });

afterEach(() => {
  cleanup();
  // What is kept outside React outlives a test otherwise: an open palette would hide the next one's page.
  floating.close();
  toasts.dismissAll();
  localStorage.clear();
});
