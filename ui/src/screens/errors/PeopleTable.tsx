import { useState } from "react";
import type { DeliveryRow, GroupView, Selection as Picked } from "@/api/generated";
import { go } from "@/app/router";
import { useCommands } from "@/app/shortcuts/commands";
import { Button } from "@/components/controls/Button";
import { DataGrid } from "@/components/data/DataGrid";
import { nothingSelected, selectedCount, type Selection } from "@/components/data/selection";
import { EmptyState } from "@/components/feedback/EmptyState";
import { SearchField } from "@/components/fields/SearchField";
import { EditIcon, ExportIcon, SkipIcon, SyncIcon } from "@/components/icons";
import { usePlatform } from "@/platform/context";
import { deliveryColumns } from "@/screens/shared/deliveryColumns";
import { useDeliveries } from "@/screens/shared/useDeliveries";
import { text } from "@/text/en";
import type { PanelName } from "./actions";
import { groupFilter, pickedOf } from "./selections";
import type { GroupDesk } from "./useGroupDesk";
import styles from "./PeopleTable.module.css";

interface PeopleTableProps {
  group: GroupView;
  desk: GroupDesk;
  /** Opens a fix for what is selected. */
  onFix: (panel: PanelName, picked: Picked, count: number) => void;
}

const columns = deliveryColumns("name", "contact", "value", "state", "attempts", "changed");

/** Everybody in a group, and what can be done with those who are ticked. */
export function PeopleTable({ group, desk, onFix }: PeopleTableProps) {
  const platform = usePlatform();
  const [query, setQuery] = useState("");
  const [selection, setSelection] = useState<Selection>(nothingSelected);
  const [active, setActive] = useState<DeliveryRow>();
  const filter = groupFilter(group.sync.id, group.key, query.trim());
  const people = useDeliveries(filter);
  const count = selectedCount(selection, people.total);
  const words = text.errors;

  /** Keys without a selection are for the whole group. */
  const withPicked = (act: (picked: Picked, count: number) => void) => () => {
    if (count === 0) return act({ pick: "group", sync: group.sync.id, key: group.key }, group.leads);
    return void pickedOf(platform, selection, filter).then((picked) => act(picked, count));
  };
  const retry = withPicked(desk.plan);
  const edit = withPicked((picked, many) => onFix("edit_value", picked, many));
  const leaveOut = withPicked((picked, many) => onFix("leave_out", picked, many));
  const skip = withPicked((picked) => {
    setSelection(nothingSelected);
    void desk.bulk.skip(picked);
  });
  const exportThem = withPicked((picked) => void desk.bulk.export(picked));
  const open = (row: DeliveryRow) => go("delivery", { delivery: String(row.id) });
  const section = text.sections.errors;
  useCommands([
    { id: "people.retry", label: words.bulk.retry, group: section, icon: SyncIcon, shortcut: "errors.retry", run: retry },
    { id: "people.edit", label: words.bulk.edit, group: section, icon: EditIcon, shortcut: "errors.edit", run: edit },
    { id: "people.without", label: words.bulk.without, group: section, run: leaveOut },
    { id: "people.skip", label: words.bulk.skip, group: section, icon: SkipIcon, shortcut: "errors.skip", run: skip },
    { id: "people.export", label: words.bulk.export, group: section, icon: ExportIcon, run: exportThem },
    {
      id: "people.open",
      label: text.commands.lists.open,
      group: section,
      shortcut: "errors.open",
      run: () => {
        if (active?.record_url != null) void platform.openExternal(active.record_url);
        else if (active) open(active);
      },
    },
  ]);

  return (
    <section className={styles.people} aria-label={words.people}>
      <header className={styles.header}>
        <h2>{words.people}</h2>
        <div className={styles.search}>
          <SearchField
            label={words.table.filter}
            value={query}
            onChange={(next) => {
              setQuery(next);
              setSelection(nothingSelected);
            }}
            keys="/"
          />
        </div>
      </header>
      <div className={styles.grid}>
        <DataGrid
          label={words.table.label}
          columns={columns}
          total={people.total}
          rowAt={people.rowAt}
          rowKey={(row) => String(row.id)}
          rowName={(row) => row.name}
          onRange={people.onRange}
          onOpen={open}
          onActive={setActive}
          selection={selection}
          onSelect={setSelection}
          selectionScope={words.table.scope}
          density="compact"
          bulkActions={
            <>
              <Button icon={SkipIcon} onPress={skip}>{words.bulk.skip}</Button>
              <Button icon={ExportIcon} onPress={exportThem}>{words.bulk.export}</Button>
              <Button onPress={leaveOut}>{words.bulk.without}</Button>
              <Button icon={EditIcon} onPress={edit}>{words.bulk.edit}</Button>
              <Button kind="primary" icon={SyncIcon} busy={desk.bulk.busy} onPress={retry}>{words.bulk.retry}</Button>
            </>
          }
          empty={
            <EmptyState
              title={words.table.none(query)}
              line={words.gone.line}
              {...(query !== "" && { action: <Button onPress={() => setQuery("")}>{words.filters.clear}</Button> })}
            />
          }
        />
      </div>
    </section>
  );
}
