import { BellIcon, HomeIcon, LeadsIcon, MappingIcon, ErrorsIcon, ActivityIcon, ConnectionsIcon, KeyboardIcon, MonitorIcon, MoonIcon, SettingsIcon, SidebarIcon, SunIcon, type Icon } from "@/components/icons";
import { usePlatform } from "@/platform/context";
import { text } from "@/text/en";
import { preferences } from "./preferences";
import { go } from "./router";
import { useCommands, type Command } from "./shortcuts/commands";
import { useShortcut } from "./shortcuts/registry";

export const sections = ["home", "leads", "mapping", "errors", "activity", "connections", "settings"] as const;
export type Section = (typeof sections)[number];

export const sectionIcons: Record<Section, Icon> = {
  home: HomeIcon,
  leads: LeadsIcon,
  mapping: MappingIcon,
  errors: ErrorsIcon,
  activity: ActivityIcon,
  connections: ConnectionsIcon,
  settings: SettingsIcon,
};

const ZOOM_STEP = 0.1;
const ZOOM = { smallest: 0.7, largest: 2 };

/** What can be done from anywhere. */
export function useAppCommands(openPalette: () => void, openHelp: () => void): void {
  const platform = usePlatform();
  const zoom = (factor: number) => {
    const next = Math.round(Math.min(ZOOM.largest, Math.max(ZOOM.smallest, factor)) * 100) / 100;
    preferences.set("zoom", next);
    void platform.setZoom(next);
  };
  const words = text.commands;
  useShortcut("app.palette", openPalette);
  useShortcut("app.filter", () => document.querySelector<HTMLInputElement>("main [data-filter]")?.focus());
  useCommands([
    ...sections.map((section): Command => ({
      id: `go.${section}`,
      label: words.goTo(text.sections[section]),
      group: words.go,
      icon: sectionIcons[section],
      shortcut: `go.${section}`,
      run: () => go(section),
    })),
    { id: "find.lead", label: text.leads.find.command, group: words.go, icon: LeadsIcon, run: () => go("leads") },
    { id: "go.notifications", label: words.goTo(text.notifications.title), group: words.go, icon: BellIcon, run: () => go("notifications") },
    { id: "theme.system", label: words.themeSystem, group: words.looks, icon: MonitorIcon, run: () => preferences.set("theme", "system") },
    { id: "theme.light", label: words.themeLight, group: words.looks, icon: SunIcon, run: () => preferences.set("theme", "light") },
    { id: "theme.dark", label: words.themeDark, group: words.looks, icon: MoonIcon, run: () => preferences.set("theme", "dark") },
    { id: "sidebar", label: words.toggleSidebar, group: words.looks, icon: SidebarIcon, shortcut: "app.sidebar", run: () => preferences.set("sidebarCollapsed", !preferences.get("sidebarCollapsed")) },
    { id: "zoom.in", label: words.zoomIn, group: words.looks, shortcut: "app.zoomIn", run: () => zoom(preferences.get("zoom") + ZOOM_STEP) },
    { id: "zoom.out", label: words.zoomOut, group: words.looks, shortcut: "app.zoomOut", run: () => zoom(preferences.get("zoom") - ZOOM_STEP) },
    { id: "zoom.reset", label: words.zoomReset, group: words.looks, shortcut: "app.zoomReset", run: () => zoom(1) },
    { id: "help", label: words.help, group: words.looks, icon: KeyboardIcon, shortcut: "app.help", run: openHelp },
  ]);
}
