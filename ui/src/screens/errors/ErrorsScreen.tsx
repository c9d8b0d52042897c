import { useRef, useState } from "react";
import { useRead } from "@/api/client";
import { go } from "@/app/router";
import { useCommands } from "@/app/shortcuts/commands";
import { Button } from "@/components/controls/Button";
import { EmptyState } from "@/components/feedback/EmptyState";
import { Skeleton } from "@/components/feedback/Skeleton";
import { ErrorsIcon, ImportIcon, SyncedIcon } from "@/components/icons";
import { Page } from "@/components/page/Page";
import { PageHeader } from "@/components/page/PageHeader";
import { ReadFailed } from "@/screens/shared/ReadFailed";
import { RunStrip } from "@/screens/shared/RunStrip";
import { text } from "@/text/en";
import { offersOf } from "./actions";
import { DeskFilters, failureFilter, isFiltered, noFilter, type DeskFilter } from "./DeskFilters";
import { GroupSection } from "./GroupSection";
import { UnusableLines } from "./UnusableLines";
import { useCardKeys } from "./useCardKeys";
import { useGroupDesk } from "./useGroupDesk";
import styles from "./ErrorsScreen.module.css";

/** The error desk: what needs a person first, the most leads first. */
export default function ErrorsScreen() {
  const [filter, setFilter] = useState<DeskFilter>(noFilter);
  const read = useRead("error_desk", failureFilter(filter), { keep: true });
  const desk = useGroupDesk();
  const page = useRef<HTMLDivElement>(null);
  const groups = read.data ? [...read.data.needs_you, ...read.data.retrying, ...read.data.set_aside] : [];
  const shown = [...groups, ...(read.data?.solved ?? [])];
  const keys = useCardKeys(page, shown.map(({ key }) => key));
  const onCurrent = (act: (group: (typeof groups)[number]) => void) => () => {
    const group = groups.find(({ key }) => key === keys.current());
    if (group) act(group);
  };
  const words = text.errors;
  const importCorrections = () => void desk.bulk.importCorrections();
  useCommands([
    { id: "errors.fix", label: words.actions.edit_value, group: text.sections.errors, shortcut: "errors.edit", run: onCurrent((group) => desk.act(group, offersOf(group).primary)) },
    { id: "errors.retry", label: words.actions.retry, group: text.sections.errors, shortcut: "errors.retry", run: onCurrent(desk.retry) },
    { id: "errors.skip", label: words.bulk.skip, group: text.sections.errors, shortcut: "errors.skip", run: onCurrent(desk.skip) },
    { id: "errors.snooze", label: words.menu.snoozeHour, group: text.sections.errors, shortcut: "errors.snooze", run: onCurrent(desk.snooze) },
    { id: "errors.open", label: words.menu.open, group: text.sections.errors, shortcut: "errors.open", run: onCurrent(({ sync, key }) => go("group", { sync: sync.id, key })) },
    { id: "errors.import", label: words.importCorrections, group: text.sections.errors, icon: ImportIcon, run: importCorrections },
    { id: "errors.clear", label: words.filters.clear, group: text.sections.errors, run: () => setFilter(noFilter) },
  ]);

  if (read.error) {
    return (
      <Page>
        <PageHeader title={text.sections.errors} />
        <ReadFailed message={read.error.message} onRetry={() => void read.refetch()} />
      </Page>
    );
  }
  const { data } = read;
  const nothing = data !== undefined && shown.length === 0;
  const calm = data !== undefined && data.needs_you.length === 0 && data.retrying.length === 0 && !isFiltered(filter);
  return (
    <Page>
      <PageHeader
        title={text.sections.errors}
        sentence={data ? data.sentence : <Skeleton label={text.shared.loading} width="24rem" />}
        actions={<Button icon={ImportIcon} onPress={importCorrections}>{words.importCorrections}</Button>}
      />
      <UnusableLines lines={desk.bulk.unusable} onClose={desk.bulk.closeUnusable} />
      <RunStrip />
      {(!calm || isFiltered(filter)) && data && <DeskFilters filter={filter} onFilter={setFilter} />}
      {!data && <Skeleton label="" lines={6} />}
      {calm && (
        <EmptyState icon={SyncedIcon} title={words.nothing.title} line={text.empty.errors.line} action={<Button onPress={() => go("leads")}>{words.nothing.action}</Button>} />
      )}
      {nothing && isFiltered(filter) && (
        <EmptyState icon={ErrorsIcon} title={words.noMatch.title(filter.text)} line={words.noMatch.line} action={<Button onPress={() => setFilter(noFilter)}>{words.noMatch.action}</Button>} />
      )}
      {data && (
        <div ref={page} className={styles.sections}>
          <GroupSection title={words.needsYou} groups={data.needs_you} desk={desk} leading />
          <GroupSection title={words.retrying} groups={data.retrying} desk={desk} />
          <GroupSection title={words.solved} groups={data.solved} desk={desk} />
          <GroupSection title={words.setAside} groups={data.set_aside} desk={desk} />
        </div>
      )}
      {desk.dialogs}
    </Page>
  );
}
