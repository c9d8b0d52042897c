import { useState } from "react";
import { CommandPalette, type PaletteGroup } from "@/components/overlays/CommandPalette";
import { fold } from "@/components/fields/matching";
import { useFoundPeople } from "@/screens/leads/useFoundPeople";
import { useOfferedCommands, type Command } from "./shortcuts/commands";
import { keysOf } from "./shortcuts/registry";

interface PaletteProps {
  open: boolean;
  onClose: () => void;
}

/** The palette over every command offered now, and over everybody who was captured. */
export function Palette({ open, onClose }: PaletteProps) {
  const [query, setQuery] = useState("");
  const commands = useOfferedCommands();
  const groups = [...paletteGroups(commands, query), ...useFoundPeople(query)];
  const close = () => {
    setQuery("");
    onClose();
  };
  return <CommandPalette open={open} onClose={close} query={query} onQuery={setQuery} groups={groups} />;
}

/** Commands that hold every typed word, under their groups, in the order offered. */
export function paletteGroups(commands: readonly Command[], query: string): PaletteGroup[] {
  const wanted = fold(query).split(/\s+/).filter(Boolean);
  const groups = new Map<string, PaletteGroup["entries"][number][]>();
  for (const { id, label, group, icon, shortcut, alsoCalled, run } of commands) {
    const hay = fold(`${label} ${group} ${alsoCalled ?? ""}`);
    if (!wanted.every((word) => hay.includes(word))) continue;
    const entry = { id, label, run, ...(icon && { icon }), ...(shortcut !== undefined && { keys: keysOf(shortcut) }) };
    groups.set(group, [...(groups.get(group) ?? []), entry]);
  }
  return [...groups].map(([label, entries]) => ({ label, entries }));
}
