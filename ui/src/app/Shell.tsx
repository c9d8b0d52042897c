import { createElement, Suspense, useEffect, useRef, type RefObject } from "react";
import { useEngineEvents, useRead } from "@/api/client";
import { Button } from "@/components/controls/Button";
import { EmptyState } from "@/components/feedback/EmptyState";
import { Skeleton } from "@/components/feedback/Skeleton";
import { BellIcon, GalleryIcon } from "@/components/icons";
import { Dialog } from "@/components/overlays/Dialog";
import { Sidebar, type Place as SidebarPlace } from "@/components/page/Sidebar";
import { usePlatform } from "@/platform/context";
import { text } from "@/text/en";
import styles from "./App.module.css";
import { sectionIcons, sections, useAppCommands, type Section } from "./appCommands";
import { FileDrop } from "./FileDrop";
import { floating, useFloating } from "./floating";
import { OfflineBanner } from "./OfflineBanner";
import { Palette } from "./Palette";
import { preferences, usePreference } from "./preferences";
import { go, href, placeOf, sectionOf, useHash, type Place } from "./router";
import { ScreenBoundary } from "./ScreenBoundary";
import { screens } from "./screens";
import { useKeysOf, useShortcutListener } from "./shortcuts/registry";
import { ShortcutTable } from "./shortcuts/ShortcutTable";
import { useKeptFocus } from "./useKeptFocus";
import { useKeptPreferences } from "./useKeptPreferences";
import { useRecoveries } from "./useRecoveries";

const Nothing = () => null;

const sidebarPlace = (section: Section): SidebarPlace => ({ id: section, label: text.sections[section], icon: sectionIcons[section], href: href(section) });
const mainPlaces = sections.filter((section) => section !== "settings").map(sidebarPlace);
const footPlaces = (unseen: number): SidebarPlace[] => [
  { id: "notifications", label: text.notifications.title, icon: BellIcon, href: href("notifications"), waiting: { count: unseen, words: text.notifications.waiting(unseen) } },
  ...(import.meta.env.DEV ? [{ id: "gallery", label: text.sections.gallery, icon: GalleryIcon, href: href("gallery") }] : []),
  sidebarPlace("settings"),
];

/** The open window: sidebar, the page of the address, and what floats above all pages. */
export function Shell() {
  useEngineEvents();
  useShortcutListener();
  useKeptPreferences();
  useKeptZoom();
  useNavigation();
  useAppCommands(() => floating.open("palette"), () => floating.open("help"));
  const { data: home } = useRead("home", {});
  useRecoveries(home?.lanes);
  const unseen = useRead("notifications", {}).data?.filter(({ seen }) => !seen).length ?? 0;
  const place = placeOf(useHash());
  const main = useRef<HTMLElement>(null);
  useFocusOnNewPage(place, main);
  useKeptFocus(main);
  const collapsed = usePreference("sidebarCollapsed");
  const sidebarKeys = useKeysOf("app.sidebar");
  const open = useFloating();
  const waiting = home && { count: home.needs_you, words: text.frame.needsYou(home.needs_you) };
  return (
    <div className={styles.window}>
      <button type="button" className={styles.skip} onClick={() => main.current?.focus()}>
        {text.app.skipToContent}
      </button>
      <Sidebar
        title={text.app.name}
        places={mainPlaces.map((each) => (each.id === "errors" ? { ...each, waiting } : each))}
        footPlaces={footPlaces(unseen)}
        current={place && sectionOf(place.name)}
        collapsed={collapsed}
        onCollapse={(next) => preferences.set("sidebarCollapsed", next)}
        keys={sidebarKeys}
      />
      <div className={styles.column}>
        <OfflineBanner />
        <main ref={main} className={styles.main} tabIndex={-1}>
          <CurrentPage place={place} />
        </main>
      </div>
      <FileDrop />
      <Palette open={open === "palette"} onClose={floating.close} />
      <Dialog open={open === "help"} onClose={floating.close} title={text.shortcuts.title}>
        <ShortcutTable />
      </Dialog>
    </div>
  );
}

function CurrentPage({ place }: { place: Place | undefined }) {
  const platform = usePlatform();
  return (
    <ScreenBoundary key={place?.path ?? "nowhere"} onCopy={(details) => void platform.copyText(details)}>
      {place && screens[place.name] ? (
        <Suspense fallback={<div className={styles.loading}><Skeleton label={text.app.loading} lines={3} /></div>}>
          {createElement(screens[place.name] ?? Nothing, { params: place.params, query: place.query })}
        </Suspense>
      ) : (
        <EmptyState {...text.app.notFound} action={<Button kind="primary" onPress={() => go("home")}>{text.app.notFound.action}</Button>} />
      )}
    </ScreenBoundary>
  );
}

/** A new page is read from its top; the first page leaves the focus where the system put it. */
function useFocusOnNewPage(place: Place | undefined, main: RefObject<HTMLElement | null>): void {
  const opened = useRef(place?.path);
  useEffect(() => {
    if (opened.current === place?.path) return;
    opened.current = place?.path;
    main.current?.focus({ preventScroll: true });
  }, [place?.path, main]);
}

/** A click on a notification, on the tray or on a deep link leads to a page. */
function useNavigation(): void {
  const platform = usePlatform();
  useEffect(
    () =>
      platform.listen<string>("navigate", (route) => {
        window.location.hash = `#${route.replace(/^#?\/?/, "/")}`;
      }),
    [platform],
  );
}

function useKeptZoom(): void {
  const platform = usePlatform();
  useEffect(() => {
    const zoom = preferences.get("zoom");
    if (zoom !== 1) void platform.setZoom(zoom);
  }, [platform]);
}
