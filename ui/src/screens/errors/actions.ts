// What each fix the engine proposes does in this window: a panel on the group's page, another screen, or a command at once.
// The only place that reads a FixAction; the engine's texts are never read to decide.
import type { FixAction, GroupView } from "@/api/generated";
import { href } from "@/app/router";
import { CopyIcon, EditIcon, LeadsIcon, LockedIcon, MappingIcon, SettingsIcon, SkipIcon, SyncIcon, WandIcon, type Icon } from "@/components/icons";
import { text } from "@/text/en";

export type PanelName = "translate_value" | "set_default" | "edit_value" | "leave_out" | "shorten" | "choose_record" | "region";

export type Way =
  | { to: "panel"; panel: PanelName; field: string }
  | { to: "screen"; href: string }
  | { to: "retry" }
  | { to: "copy"; words: string }
  | { to: "lane"; connection: string };

interface Entry<Action> {
  label: string;
  icon: Icon;
  way: (action: Action, group: GroupView) => Way;
}

type Do = FixAction["do"];
type ActionOf<Name extends Do> = Extract<FixAction, { do: Name }>;

const words = text.errors.actions;

const table: { [Name in Do]: Entry<ActionOf<Name>> } = {
  sign_in: { label: words.sign_in, icon: LockedIcon, way: ({ connection }) => ({ to: "screen", href: href("connection", { connection }) }) },
  translate_value: { label: words.translate_value, icon: WandIcon, way: ({ field }) => ({ to: "panel", panel: "translate_value", field }) },
  set_default: { label: words.set_default, icon: EditIcon, way: ({ field }) => ({ to: "panel", panel: "set_default", field }) },
  edit_value: { label: words.edit_value, icon: EditIcon, way: ({ field }) => ({ to: "panel", panel: "edit_value", field }) },
  leave_out: { label: words.leave_out, icon: SkipIcon, way: ({ field }) => ({ to: "panel", panel: "leave_out", field }) },
  shorten: { label: words.shorten, icon: WandIcon, way: ({ field }) => ({ to: "panel", panel: "shorten", field }) },
  edit_mapping: { label: words.edit_mapping, icon: MappingIcon, way: ({ field }, group) => ({ to: "screen", href: href("mapper", { sync: group.sync.id }, { field }) }) },
  choose_record: { label: words.choose_record, icon: LeadsIcon, way: () => ({ to: "panel", panel: "choose_record", field: "" }) },
  retry: { label: words.retry, icon: SyncIcon, way: () => ({ to: "retry" }) },
  copy_for_admin: { label: words.copy_for_admin, icon: CopyIcon, way: ({ text: message }) => ({ to: "copy", words: message }) },
  try_now: { label: words.try_now, icon: SyncIcon, way: ({ connection }) => ({ to: "lane", connection }) },
  open_settings: { label: words.open_settings, icon: SettingsIcon, way: ({ section }) => ({ to: "screen", href: href("settings", undefined, { section }) }) },
};

export interface Offer {
  id: Do;
  label: string;
  icon: Icon;
  way: Way;
}

/** The button for an action. */
export function offerOf(action: FixAction, group: GroupView): Offer {
  // The table is typed entry by entry; the union is taken apart by its own tag.
  const entry = table[action.do] as Entry<FixAction>;
  return { id: action.do, label: entry.label, icon: entry.icon, way: entry.way(action, group) };
}

/** The one primary button of a group, and what else may be done. A group without a fix of its own can be retried. */
export function offersOf(group: GroupView): { primary: Offer; others: Offer[] } {
  return { primary: offerOf(group.explained.action ?? { do: "retry" }, group), others: group.more.map((action) => offerOf(action, group)) };
}
