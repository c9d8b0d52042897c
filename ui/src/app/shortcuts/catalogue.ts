// Every shortcut of the window, in one table: the help lists it, the settings re-bind it, screens attach what it does.
// A screen adds its line here and calls useShortcut or useCommands with its id.
import { text } from "@/text/en";

export interface Shortcut {
  keys: string;
  label: string;
  group: keyof typeof text.shortcuts.groups;
}

const { commands, errors, sections } = text;
const lists = commands.lists;

export const shortcuts = {
  "app.palette": { keys: "Mod+K", label: commands.palette, group: "app" },
  "app.help": { keys: "Mod+Shift+/", label: commands.help, group: "app" },
  "app.filter": { keys: "/", label: commands.focusFilter, group: "app" },
  "app.sidebar": { keys: "Mod+B", label: commands.toggleSidebar, group: "app" },
  "app.zoomIn": { keys: "Mod+=", label: commands.zoomIn, group: "app" },
  "app.zoomOut": { keys: "Mod+-", label: commands.zoomOut, group: "app" },
  "app.zoomReset": { keys: "Mod+0", label: commands.zoomReset, group: "app" },
  "app.primary": { keys: "Mod+Enter", label: commands.primary, group: "app" },
  "sync.now": { keys: "Mod+R", label: commands.syncNow, group: "sync" },
  "sync.all": { keys: "Mod+Shift+R", label: commands.syncAll, group: "sync" },
  "list.next": { keys: "J", label: lists.next, group: "list" },
  "list.previous": { keys: "K", label: lists.previous, group: "list" },
  "errors.retry": { keys: "R", label: errors.actions.retry, group: "errors" },
  "errors.edit": { keys: "E", label: errors.actions.edit_value, group: "errors" },
  "errors.skip": { keys: "S", label: errors.bulk.skip, group: "errors" },
  "errors.snooze": { keys: "Z", label: errors.menu.snoozeHour, group: "errors" },
  "errors.open": { keys: "O", label: lists.open, group: "errors" },
  "go.home": { keys: "Mod+1", label: commands.goTo(sections.home), group: "go" },
  "go.leads": { keys: "Mod+2", label: commands.goTo(sections.leads), group: "go" },
  "go.mapping": { keys: "Mod+3", label: commands.goTo(sections.mapping), group: "go" },
  "go.errors": { keys: "Mod+4", label: commands.goTo(sections.errors), group: "go" },
  "go.activity": { keys: "Mod+5", label: commands.goTo(sections.activity), group: "go" },
  "go.connections": { keys: "Mod+6", label: commands.goTo(sections.connections), group: "go" },
  "go.settings": { keys: "Mod+,", label: commands.goTo(sections.settings), group: "go" },
  "mapping.undo": { keys: "Mod+Z", label: text.mapping.undo, group: "mapping" },
  "mapping.redo": { keys: "Mod+Shift+Z", label: text.mapping.redo, group: "mapping" },
  "mapping.publish": { keys: "Mod+S", label: text.mapping.publish, group: "mapping" },
  "mapping.test": { keys: "Mod+T", label: text.mapping.test, group: "mapping" },
  "mapping.find": { keys: "Mod+F", label: text.mapping.filterTargets, group: "mapping" },
} as const satisfies Record<string, Shortcut>;

export type ShortcutId = keyof typeof shortcuts;
export const shortcutIds = Object.keys(shortcuts) as ShortcutId[];
