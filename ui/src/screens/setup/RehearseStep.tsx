import { useState } from "react";
import type { DryRun, WizardState } from "@/api/generated";
import { useCommands } from "@/app/shortcuts/commands";
import { Button } from "@/components/controls/Button";
import { useNow } from "@/components/data/now";
import { Stat, StatRow } from "@/components/data/Stat";
import { Banner } from "@/components/feedback/Banner";
import { Skeleton } from "@/components/feedback/Skeleton";
import { MappingIcon, SyncIcon } from "@/components/icons";
import { Card } from "@/components/page/Card";
import { PageHeader } from "@/components/page/PageHeader";
import { formatClock, formatCount } from "@/lib/format";
import { text } from "@/text/en";
import { Foot } from "./Foot";
import { ImportStrip } from "./ImportStrip";
import styles from "./Setup.module.css";
import { useFileImport } from "./useFileImport";
import { useRehearsal } from "./useRehearsal";

const words = text.setup.rehearse;

interface RehearseStepProps {
  state: WizardState;
  sync: string;
  /** The chosen file is in. */
  onImported: () => void;
  onNext: () => void;
  onBack: () => void;
}

/** Brings the file in, then says what going live would create, update, leave and refuse. Nothing is sent. */
export function RehearseStep({ state, sync, onImported, onNext, onBack }: RehearseStepProps) {
  const now = useNow();
  const reading = useFileImport(state.file, state.source, onImported);
  const { data, error, isFetching, refetch } = useRehearsal(sync, state.file === null);
  const [before, setBefore] = useState<DryRun>();
  const again = () => {
    setBefore(data);
    void refetch();
  };
  const title = text.setup.steps.rehearse;
  useCommands([
    ...(data ? [{ id: "setup.next", label: words.next, group: text.setup.title, shortcut: "app.primary" as const, run: onNext }] : []),
    { id: "setup.again", label: words.again, group: text.setup.title, icon: SyncIcon, run: again },
    { id: "setup.fix", label: words.fix, group: text.setup.title, icon: MappingIcon, run: onBack },
  ]);
  if (state.file !== null) {
    return (
      <>
        <PageHeader title={title} sentence={words.importing(fileName(state.file))} line={words.nothingSent} />
        <ImportStrip reading={reading} path={state.file} onUseRead={onImported} />
        <Foot onBack={onBack} />
      </>
    );
  }
  if (!data) {
    return (
      <>
        <PageHeader title={title} sentence={error ? words.problem : words.running} line={words.nothingSent} />
        {error ? <Banner tone="bad" title={error.message} actions={<Button kind="primary" onPress={() => void refetch()}>{words.retry}</Button>} /> : <Skeleton label={words.running} lines={4} />}
        <Foot onBack={onBack} />
      </>
    );
  }
  const compared = data.compared_at === null ? words.nothingSent : `${words.nothingSent} ${words.compared(data.compared_records, formatClock(new Date(data.compared_at), now))}`;
  return (
    <>
      <PageHeader
        title={title}
        sentence={data.leads === 0 ? words.nothing : words.sentence(data.leads, data.refused)}
        line={data.leads === 0 ? words.nothingLine : compared}
        actions={<Button icon={SyncIcon} busy={isFetching} onPress={again}>{words.again}</Button>}
      />
      {error && <Banner tone="bad" title={error.message} />}
      <Tiles run={data} before={before} />
      {data.refusals.length > 0 && (
        <Card title={words.refusals} actions={<Button icon={MappingIcon} onPress={onBack}>{words.fix}</Button>}>
          <ul>{data.refusals.map(({ title: why, count }) => <li key={why} className={styles.refusal}><span>{why}</span><b>{formatCount(count)}</b></li>)}</ul>
        </Card>
      )}
      <Foot onBack={onBack}>
        <Button kind="primary" size="large" onPress={onNext}>{words.next}</Button>
      </Foot>
    </>
  );
}

const fileName = (path: string) => path.split(/[\\/]/).at(-1) ?? path;

function Tiles({ run, before }: { run: DryRun; before: DryRun | undefined }) {
  const changed = (part: "create" | "update" | "unchanged" | "refused") => (before && before[part] !== run[part] ? words.delta(before[part], run[part]) : undefined);
  return (
    <StatRow>
      <Stat label={words.create} value={run.create} line={changed("create")} />
      <Stat label={words.update} value={run.update} line={changed("update")} />
      <Stat label={words.unchanged} value={run.unchanged} line={changed("unchanged")} />
      <Stat label={words.refused} value={run.refused} line={changed("refused")} {...(run.refused > 0 && { tone: "bad" as const })} />
    </StatRow>
  );
}
