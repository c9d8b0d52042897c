// Every text of the window. Counted texts are functions, so that singular and plural stand next to each other.
// A screen keeps its own block in text/screens and is one line at the end here; en.test.ts checks the wording of all of them.

import { formatCount } from "@/lib/format";
import { counted } from "./counted";
import { connections } from "./screens/connections";
import { frame } from "./screens/frame";
import { home } from "./screens/home";
import { settings } from "./screens/settings";
import { setup } from "./screens/setup";
import { startup } from "./screens/startup";
import { sync } from "./screens/sync";
import { mapping } from "./screens/mapping";
import { mappingTest } from "./screens/mappingTest";
import { activity } from "./screens/activity";
import { errors } from "./screens/errors";
import { leads } from "./screens/leads";
import { notifications } from "./screens/notifications";
import { shared } from "./screens/shared";

export { counted };

export const text = {
  app: {
    name: "Leadferry",
    mainMenu: "Main menu",
    skipToContent: "Skip to the page",
    screenStopped: {
      title: "This page stopped working",
      line: "Syncing goes on in the background. Nothing was lost.",
      retry: "Open the page again",
      copy: "Copy details for support",
    },
    notFound: {
      title: "There is no such page",
      line: "The link may be from another version of Leadferry.",
      action: "Go to Home",
    },
    loading: "Loading",
  },
  sections: {
    home: "Home",
    leads: "Leads",
    mapping: "Mapping",
    errors: "Errors",
    activity: "Activity",
    connections: "Connections",
    settings: "Settings",
    gallery: "Components",
  },
  empty: {
    home: { title: "Bring your first lead across", line: "It takes about four minutes." },
    leads: { title: "No leads yet", line: "People appear here as soon as a source sends the first one." },
    mapping: { title: "Nothing to map yet", line: "Fields appear once a source and a CRM are connected." },
    errors: { title: "Nothing needs you", line: "Leads that could not be delivered gather here by cause." },
    activity: { title: "Nothing has happened yet", line: "Every run and every change is listed here." },
    connections: { title: "Nothing is connected", line: "Sources bring leads in, CRMs receive them." },
    settings: { title: "Settings", line: "Changes apply at once." },
  },
  common: {
    cancel: "Cancel",
    close: "Close",
    clear: "Clear",
    copy: "Copy",
    copied: "Copied",
    undo: "Undo",
    undone: "Undone",
    more: "More",
    dismiss: "Dismiss",
    search: "Search",
    required: "required",
    optional: "optional",
    busy: "Working",
    collapseSidebar: "Collapse the sidebar",
    expandSidebar: "Expand the sidebar",
    wrapLines: "Wrap lines",
    closePanel: "Close the panel",
    notices: "Notices",
    increase: "Increase",
    decrease: "Decrease",
    showOptions: "Show options",
    nothingMatches: (query: string) => (query === "" ? "Nothing to choose from." : `Nothing matches “${query}”.`),
  },
  state: {
    pending: "Pending",
    sending: "Sending",
    synced: "Synced",
    retrying: "Retrying",
    failed: "Failed",
    skipped: "Skipped",
  },
  lane: {
    flowing: "Running",
    slowed: "Slowed down",
    unreachable: "Not answering",
    locked_out: "Needs sign-in",
    paused: "Paused",
    offline: "Offline",
  },
  table: {
    selectRow: (name: string) => `Select ${name}`,
    selectPage: (count: number) => `Select the ${counted(count, "row")} of this page`,
    selected: (count: number) => `${formatCount(count)} selected.`,
    selectAll: (count: number, where: string) => `Select all ${formatCount(count)}${where === "" ? "" : ` ${where}`}`,
    allSelected: (count: number) => `All ${formatCount(count)} are selected.`,
    clearSelection: "Clear selection",
    gapInRange: (count: number) => `${counted(count, "row")} in between had not loaded and stayed unselected.`,
    sortedUp: (column: string) => `Sorted by ${column}, ascending.`,
    sortedDown: (column: string) => `Sorted by ${column}, descending.`,
    loadingRow: "Loading",
  },
  progress: {
    of: (done: number, total: number) => `${formatCount(done)} of ${formatCount(total)}`,
    rate: (perSecond: number) => (perSecond >= 1 ? `${formatCount(Math.round(perSecond))} per second` : `${formatCount(Math.round(perSecond * 60))} per minute`),
    left: (from: string, to: string) => (from === to ? `about ${from} left` : `${from} to ${to} left`),
    measuring: "measuring the pace",
    cancelling: "Stopping",
    announce: (label: string, share: number) => `${label}: ${share} %`,
  },
  stepper: { done: "done", now: "you are here", later: "later", steps: "Steps" },
  palette: {
    label: "Commands and search",
    placeholder: "Type a command, or part of a name, e-mail or phone",
    noResult: (query: string) => `Nothing is called “${query}”.`,
    hint: "Arrows move, Enter chooses, Esc closes",
  },
  shortcuts: {
    title: "Keyboard shortcuts",
    filter: "Filter shortcuts",
    change: (label: string) => `Change the keys for ${label}`,
    press: "Press the new keys",
    off: "Off",
    reset: "Reset",
    resetAll: "Reset all",
    turnOff: (label: string) => `Turn off the keys for ${label}`,
    taken: (label: string) => `Already used for ${label}.`,
    groups: { app: "Everywhere", go: "Go to", sync: "Syncing", list: "Lists", errors: "Errors", mapping: "Mapping" },
    help: "Every shortcut can be changed. Press Backspace while recording to turn one off.",
  },
  commands: {
    palette: "Open the command palette",
    help: "Show keyboard shortcuts",
    goTo: (section: string) => `Go to ${section}`,
    themeSystem: "Follow the system's light or dark",
    themeLight: "Use the light theme",
    themeDark: "Use the dark theme",
    toggleSidebar: "Collapse or expand the sidebar",
    zoomIn: "Make everything larger",
    zoomOut: "Make everything smaller",
    zoomReset: "Actual size",
    focusFilter: "Go to the filter",
    primary: "Do the page's main action",
    syncNow: "Sync this now",
    syncAll: "Sync everything now",
    looks: "Looks",
    go: "Go to",
    lists: { next: "Next in the list", previous: "Previous in the list", open: "Open the group or record" },
  },
  connections,
  frame,
  home,
  settings,
  setup,
  startup,
  sync,
  mapping,
  mappingTest,
  activity,
  errors,
  leads,
  notifications,
  shared,
} as const;
