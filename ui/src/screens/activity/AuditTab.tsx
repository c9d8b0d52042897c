import { ask, useWrite } from "@/api/client";
import type { AuditRow } from "@/api/generated";
import { usePagedRows } from "@/api/usePagedRows";
import { useCommands } from "@/app/shortcuts/commands";
import { go } from "@/app/router";
import { Button } from "@/components/controls/Button";
import { DataGrid, type Column } from "@/components/data/DataGrid";
import { RelativeTime } from "@/components/data/RelativeTime";
import { EmptyState } from "@/components/feedback/EmptyState";
import { toasts } from "@/components/feedback/toasts";
import { ActivityIcon, ExportIcon } from "@/components/icons";
import { usePlatform } from "@/platform/context";
import { text } from "@/text/en";
import styles from "./ActivityScreen.module.css";

const words = text.activity;

const columns: Column<AuditRow>[] = [
  { id: "at", header: words.audit.at, width: "8rem", cell: (row) => <RelativeTime time={new Date(row.at)} inTable /> },
  { id: "actor", header: words.audit.actor, width: "minmax(8rem, 1fr)", cell: (row) => row.actor },
  { id: "text", header: words.audit.text, namesRow: true, width: "minmax(14rem, 3fr)", cell: (row) => <span title={row.text}>{row.text}</span> },
];

/** Every change sent and every setting made. */
export function AuditTab({ onOpen }: { onOpen: (row: AuditRow) => void }) {
  const platform = usePlatform();
  const exporting = useWrite("export_audit");
  const audit = usePagedRows(["audit", {}], (offset, limit) => ask(platform, "audit", { page: { offset, limit } }));
  const save = async () => {
    const path = await platform.pickSaveFile(words.audit.exportName, [{ name: text.errors.csv, extensions: ["csv"] }]);
    if (path !== undefined) exporting.mutate({ path }, { onSuccess: ({ count }) => toasts.show({ words: words.audit.exported(count) }) });
  };
  useCommands([{ id: "audit.export", label: words.audit.export, group: text.sections.activity, icon: ExportIcon, run: () => void save() }]);
  return (
    <>
      <div className={styles.bar}>
        <Button icon={ExportIcon} busy={exporting.isPending} onPress={() => void save()}>{words.audit.export}</Button>
      </div>
      <div className={styles.grid}>
        <DataGrid
          label={words.audit.label}
          columns={columns}
          total={audit.total}
          rowAt={audit.rowAt}
          // Entries have no id; they are never changed, so their words are one.
          rowKey={(row) => `${row.at} ${row.text} ${row.detail}`}
          rowName={(row) => row.text}
          onRange={audit.onRange}
          onOpen={onOpen}
          density="compact"
          empty={<EmptyState icon={ActivityIcon} title={words.noChanges.title} line={words.noChanges.line} action={<Button onPress={() => go("home")}>{words.empty.action}</Button>} />}
        />
      </div>
    </>
  );
}
