import { useState } from "react";
import { useQueryClient } from "@tanstack/react-query";
import { useSettings } from "@/api/useSettings";
import { go } from "@/app/router";
import type { ScreenProps } from "@/app/screens";
import { useCommands } from "@/app/shortcuts/commands";
import { Button } from "@/components/controls/Button";
import { EmptyState } from "@/components/feedback/EmptyState";
import { Skeleton } from "@/components/feedback/Skeleton";
import { fold } from "@/components/fields/matching";
import { SearchField } from "@/components/fields/SearchField";
import { Card } from "@/components/page/Card";
import { Page } from "@/components/page/Page";
import { PageHeader } from "@/components/page/PageHeader";
import { ReadFailed } from "@/screens/shared/ReadFailed";
import { text } from "@/text/en";
import { cards, isSection, sections, type SectionId } from "./cards";
import styles from "./Settings.module.css";

const words = text.settings;

export default function SettingsScreen({ query }: ScreenProps) {
  const client = useQueryClient();
  const handle = useSettings();
  const [search, setSearch] = useState("");
  const asked = query.get("section") ?? "";
  const current: SectionId = isSection(asked) ? asked : "general";
  const { settings, change, problem } = handle;
  useCommands(sections.map((id) => ({ id: `settings.${id}`, label: words.sections[id], group: text.sections.settings, run: () => go("settings", undefined, { section: id }) })));
  const wanted = fold(search).split(/\s+/).filter(Boolean);
  const shown = wanted.length === 0 ? [current] : sections.filter((id) => wanted.every((word) => fold(`${words.sections[id]} ${cards[id].words}`).includes(word)));
  return (
    <Page>
      <PageHeader title={text.sections.settings} sentence={words.sentence} actions={<span className={styles.search}><SearchField label={words.search} value={search} onChange={setSearch} keys="/" /></span>} />
      <div className={styles.split}>
        <nav aria-label={text.sections.settings} className={styles.nav}>
          <ul>
            {sections.map((id) => (
              <li key={id}>
                <a href={`#/settings?section=${id}`} onClick={() => setSearch("")} {...(wanted.length === 0 && id === current && { "aria-current": "page" as const })}>{words.sections[id]}</a>
              </li>
            ))}
          </ul>
        </nav>
        <div className={styles.cards}>
          {!settings && (problem === undefined ? <Card><Skeleton label={text.app.loading} lines={5} /></Card> : <ReadFailed title={words.unreadable} message={problem} onRetry={() => void client.invalidateQueries({ queryKey: ["settings"] })} />)}
          {settings && shown.map((id) => {
            const { Content } = cards[id];
            return <Card key={id} title={words.sections[id]}><Content settings={settings} change={change} /></Card>;
          })}
          {settings && shown.length === 0 && <EmptyState title={words.nothing(search)} line="" action={<Button onPress={() => setSearch("")}>{words.clear}</Button>} />}
        </div>
      </div>
    </Page>
  );
}
