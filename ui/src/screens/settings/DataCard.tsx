import { useState } from "react";
import { useRead, useWrite } from "@/api/client";
import { go } from "@/app/router";
import { useCommands } from "@/app/shortcuts/commands";
import { useRestore } from "@/app/startup/RestoreDialog";
import { Button } from "@/components/controls/Button";
import { useNow } from "@/components/data/now";
import { toasts } from "@/components/feedback/toasts";
import { FormRow } from "@/components/fields/FormRow";
import { ExportIcon, ImportIcon, LeadsIcon } from "@/components/icons";
import { formatRelative } from "@/lib/format";
import { usePlatform } from "@/platform/context";
import { text } from "@/text/en";
import { BackupDialog } from "./BackupDialog";
import type { CardProps } from "./cards";
import { RetentionField } from "./RetentionField";

const words = text.settings.data;
const filters = {
  backup: [{ name: words.kinds.backup, extensions: ["lfbackup"] }],
  configuration: [{ name: words.kinds.configuration, extensions: ["json"] }],
  diagnostics: [{ name: words.kinds.diagnostics, extensions: ["zip"] }],
};

/** Everything about what is kept: how long, where else, and how to take it out. */
export function DataCard({ settings, change }: CardProps) {
  const platform = usePlatform();
  const now = useNow();
  const { data: about } = useRead("about", {});
  const backup = useWrite("backup");
  const [backingUp, setBackingUp] = useState(false);
  const { choose: runRestore, dialog: restoring } = useRestore(() => go("home"));
  const exporting = useWrite("export_configuration");
  const importing = useWrite("import_configuration");
  const diagnostics = useWrite("diagnostics");
  const saveTo = (kind: keyof typeof filters, write: (path: string) => void) =>
    void platform.pickSaveFile(words.fileNames[kind], filters[kind]).then((path) => { if (path !== undefined) write(path); });
  const told = (said: string) => ({ onSuccess: () => void toasts.show({ words: said }) });
  const runBackup = (passphrase: string) =>
    saveTo("backup", (path) => backup.mutate({ path, passphrase }, { onSuccess: () => { setBackingUp(false); toasts.show({ words: words.backedUp }); } }));
  const runExport = () => saveTo("configuration", (path) => exporting.mutate({ path }, told(words.exported)));
  const runDiagnostics = () => saveTo("diagnostics", (path) => diagnostics.mutate({ path }, told(words.diagnosed)));
  const runImport = () =>
    void platform.pickFile(filters.configuration).then((path) => {
      if (path !== undefined) importing.mutate({ path }, { onSuccess: ({ count }) => toasts.show({ words: words.imported(count) }) });
    });
  const group = text.sections.settings;
  useCommands([
    { id: "data.backup", label: words.backupAction, group, icon: ExportIcon, run: () => setBackingUp(true) },
    { id: "data.restore", label: words.restoreAction, group, icon: ImportIcon, alsoCalled: "move another computer", run: runRestore },
    { id: "data.export", label: words.export, group, icon: ExportIcon, run: runExport },
    { id: "data.import", label: words.import, group, icon: ImportIcon, run: runImport },
    { id: "data.person", label: words.personAction, group, icon: LeadsIcon, alsoCalled: "erase export privacy", run: () => go("leads") },
    { id: "data.diagnostics", label: words.diagnosticsAction, group, run: runDiagnostics },
  ]);
  const newest = about?.last_backup_at == null ? words.backupNever : formatRelative(new Date(about.last_backup_at), now);
  return (
    <>
      <FormRow title={words.retention} line={words.retentionLine}>
        <RetentionField key={settings.retention_days} days={settings.retention_days} onChange={(retention_days) => change({ retention_days })} />
      </FormRow>
      <FormRow title={words.backup} line={words.backupLine(newest)}><span><Button icon={ExportIcon} onPress={() => setBackingUp(true)}>{words.backupAction}</Button></span></FormRow>
      <FormRow title={words.restore} line={words.restoreLine}><span><Button icon={ImportIcon} onPress={runRestore}>{words.restoreAction}</Button></span></FormRow>
      <FormRow title={words.export} line={words.exportLine}><span><Button icon={ExportIcon} busy={exporting.isPending} onPress={runExport}>{words.exportAction}</Button></span></FormRow>
      <FormRow title={words.import} line={words.importLine}><span><Button icon={ImportIcon} busy={importing.isPending} onPress={runImport}>{words.importAction}</Button></span></FormRow>
      <FormRow title={words.person} line={words.personLine}><span><Button icon={LeadsIcon} onPress={() => go("leads")}>{words.personAction}</Button></span></FormRow>
      {backingUp && <BackupDialog busy={backup.isPending} onCancel={() => setBackingUp(false)} onChosen={runBackup} />}
      {restoring}
      <FormRow title={words.diagnostics} line={words.diagnosticsLine}><span><Button busy={diagnostics.isPending} onPress={runDiagnostics}>{words.diagnosticsAction}</Button></span></FormRow>
    </>
  );
}
