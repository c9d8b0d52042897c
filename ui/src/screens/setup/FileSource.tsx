import { useEffect, useEffectEvent, useState } from "react";
import { useRead, useWrite } from "@/api/client";
import type { FileOptions, FilePreview, ImportProgress } from "@/api/generated";
import { useCommands } from "@/app/shortcuts/commands";
import { Button } from "@/components/controls/Button";
import { Switch } from "@/components/controls/Switch";
import { Banner } from "@/components/feedback/Banner";
import { Skeleton } from "@/components/feedback/Skeleton";
import { Select } from "@/components/fields/Select";
import { FileIcon } from "@/components/icons";
import { PageHeader } from "@/components/page/PageHeader";
import { text } from "@/text/en";
import { keepOptions, optionsFor } from "./fileOptions";
import { FileTable } from "./FileTable";
import { Foot } from "./Foot";
import styles from "./Setup.module.css";

const words = text.setup.file;
/** So many rows are taken as samples for matching; the rest is read when rehearsing. */
const SAMPLES = 25;
const LOOK_AGAIN = 300;

interface FileSourceProps {
  path: string;
  onOther: () => void;
  onBack: () => void;
  onTaken: (source: string) => void;
}

/** A file as it would be read: columns, first rows, what to know, and the two guesses a person may overrule. */
export function FileSource({ path, onOther, onBack, onTaken }: FileSourceProps) {
  const [options, setOptions] = useState(() => optionsFor(path));
  const preview = useWrite("preview_file", { quiet: true });
  const look = useEffectEvent(() => preview.mutate({ path, options }));
  useEffect(() => look(), [path, options]);
  const taking = useSamples(path, options, onTaken);
  const { data: file } = preview;
  useCommands([
    { id: "setup.useFile", label: words.use(file?.row_count ?? 0), group: text.setup.title, shortcut: "app.primary", run: taking.take },
    { id: "setup.otherFile", label: words.other, group: text.setup.title, icon: FileIcon, run: onOther },
  ]);
  const title = text.setup.steps.source;
  return (
    <>
      {file ? <PageHeader title={title} sentence={words.sentence(file.name, file.row_count, file.exact)} line={words.columns(file.columns.length)} /> : <PageHeader title={title} sentence={preview.isError ? path : words.reading} />}
      {preview.error && <Banner tone="bad" title={preview.error.message} actions={<Button kind="primary" onPress={onOther}>{words.other}</Button>} />}
      {!file && !preview.isError && <Skeleton label={words.reading} lines={5} />}
      {file?.warnings.map((warning) => <Banner key={warning} tone="info" title={warning} />)}
      {file && <ReadAs file={file} options={options} onChange={setOptions} />}
      {file && <FileTable file={file} />}
      {taking.problem !== undefined && <Banner tone="bad" title={taking.problem} />}
      <Foot back={text.setup.source.other} onBack={onBack}>
        <Button icon={FileIcon} onPress={onOther}>{words.other}</Button>
        {file && <Button kind="primary" busy={taking.busy} onPress={taking.take}>{words.use(file.row_count)}</Button>}
      </Foot>
    </>
  );
}

function ReadAs({ file, options, onChange }: { file: FilePreview; options: FileOptions; onChange: (options: FileOptions) => void }) {
  const delimiters = [...new Set([file.delimiter, ...Object.keys(words.delimiters)])];
  return (
    <div className={styles.choices} role="group" aria-label={words.how}>
      <Select label={words.encoding} value={file.encoding} onChange={(encoding) => onChange({ ...options, encoding })} options={[...new Set([file.encoding, ...file.encodings])].map((value) => ({ value, label: value }))} />
      <Select label={words.delimiter} value={file.delimiter} onChange={(delimiter) => onChange({ ...options, delimiter })} options={delimiters.map((value) => ({ value, label: words.delimiters[value] ?? value }))} />
      <Switch on={file.has_header} onChange={(header) => onChange({ ...options, header })}>{words.header}</Switch>
    </div>
  );
}

/** Takes the first rows in, so that matching has values to show, and waits until they are there. */
function useSamples(path: string, options: FileOptions, onTaken: (source: string) => void) {
  const start = useWrite("import_file", { quiet: true });
  const begun: ImportProgress | undefined = start.data;
  const { data, error } = useRead("import_progress", { id: begun?.import ?? "" }, { enabled: begun !== undefined && !begun.done, every: LOOK_AGAIN });
  const now = data ?? begun;
  const done = now?.done === true ? now.source : undefined;
  const taken = useEffectEvent((source: string) => {
    keepOptions(path, options);
    onTaken(source);
  });
  useEffect(() => {
    if (done !== undefined) taken(done);
  }, [done]);
  const problem = start.error?.message ?? error?.message ?? now?.problem ?? undefined;
  return {
    problem,
    busy: start.isPending || (begun !== undefined && problem === undefined),
    take: () => start.mutate({ path, options, source: null, first: SAMPLES }),
  };
}
