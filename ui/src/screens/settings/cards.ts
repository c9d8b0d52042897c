// The sections of Settings: what each shows, and the words the search finds it by.
import type { ComponentType } from "react";
import type { Settings } from "@/api/generated";
import { ShortcutTable } from "@/app/shortcuts/ShortcutTable";
import { text } from "@/text/en";
import { AboutCard } from "./AboutCard";
import { AppearanceCard } from "./AppearanceCard";
import { CommandLineCard } from "./CommandLineCard";
import { DataCard } from "./DataCard";
import { GeneralCard } from "./GeneralCard";
import { NetworkCard } from "./NetworkCard";
import { NotificationsCard } from "./NotificationsCard";

export interface CardProps {
  settings: Settings;
  change: (part: Partial<Settings>) => void;
}

export const sections = ["general", "notifications", "appearance", "shortcuts", "data", "network", "command", "about"] as const;
export type SectionId = (typeof sections)[number];

export const isSection = (word: string): word is SectionId => sections.some((id) => id === word);

/** Every plain text of a block: what the eye would find there. */
const wordsOf = (block: object): string => Object.values(block).map((word: unknown) => (typeof word === "string" ? word : "")).join(" ");

const words = text.settings;

export const cards: Record<SectionId, { Content: ComponentType<CardProps>; words: string }> = {
  general: { Content: GeneralCard, words: wordsOf(words.general) },
  notifications: { Content: NotificationsCard, words: wordsOf(words.notify) },
  appearance: { Content: AppearanceCard, words: `${words.theme} ${wordsOf(words.themes)}` },
  shortcuts: { Content: ShortcutTable, words: text.shortcuts.title },
  data: { Content: DataCard, words: wordsOf(words.data) },
  network: { Content: NetworkCard, words: wordsOf(words.network) },
  command: { Content: CommandLineCard, words: wordsOf(words.command) },
  about: { Content: AboutCard, words: wordsOf(words.about) },
};
