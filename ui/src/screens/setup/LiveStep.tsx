import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { ask, useWrite } from "@/api/client";
import type { DryRun, Error as HostError } from "@/api/generated";
import { useCommands } from "@/app/shortcuts/commands";
import { Button } from "@/components/controls/Button";
import { Checkbox } from "@/components/controls/Checkbox";
import { Stat, StatRow } from "@/components/data/Stat";
import { Banner } from "@/components/feedback/Banner";
import { Skeleton } from "@/components/feedback/Skeleton";
import { Card } from "@/components/page/Card";
import { PageHeader } from "@/components/page/PageHeader";
import { usePlatform } from "@/platform/context";
import { text } from "@/text/en";
import { Foot } from "./Foot";
import type { WentLive } from "./LiveDone";
import styles from "./Setup.module.css";
import { useRehearsal } from "./useRehearsal";

const words = text.setup.live;
/** The first run's cap (ux.md, 2.1): few enough to look at one by one. */
export const FIRST_RUN = 25;

export function LiveStep({ sync, onLive, onBack }: { sync: string; onLive: (live: WentLive) => void; onBack: () => void }) {
  const { data: run, error, refetch } = useRehearsal(sync);
  if (run) return <Ready run={run} sync={sync} onLive={onLive} onBack={onBack} />;
  return (
    <>
      <PageHeader title={text.setup.steps.live} sentence={error ? text.setup.rehearse.problem : text.setup.rehearse.running} />
      {error ? <Banner tone="bad" title={error.message} actions={<Button onPress={() => void refetch()}>{text.setup.rehearse.retry}</Button>} /> : <Skeleton label={text.setup.rehearse.running} lines={3} />}
      <Foot onBack={onBack} />
    </>
  );
}

function Ready({ run, sync, onLive, onBack }: { run: DryRun; sync: string; onLive: (live: WentLive) => void; onBack: () => void }) {
  const platform = usePlatform();
  const total = run.create + run.update;
  const [capped, setCapped] = useState(true);
  const first = capped && total > FIRST_RUN ? FIRST_RUN : null;
  const goLive = useWrite("go_live", { quiet: true });
  const begin = useMutation<WentLive, HostError>({
    mutationFn: async () => {
      // What was rehearsed is what is sent: the draft is published before the sync goes on.
      const { live_version: live, changed } = await ask(platform, "mapping", { id: sync });
      if (live === null || changed) await ask(platform, "publish_mapping", { id: sync });
      const started = await goLive.mutateAsync({ id: sync, first });
      return { sync, run: started.runs[0], sending: first ?? total, others: first === null ? 0 : run.leads - first };
    },
    onSuccess: onLive,
  });
  const act = () => {
    if (!begin.isPending) begin.mutate();
  };
  const label = total > 0 ? words.act(run.create, run.update) : words.listen;
  useCommands([{ id: "setup.live", label, group: text.setup.title, shortcut: "app.primary", run: act }]);
  return (
    <>
      <PageHeader title={text.setup.steps.live} sentence={total > 0 ? words.sentence : words.listenSentence} line={words.undo} />
      {total > 0 && (
        <StatRow>
          <Stat label={text.setup.rehearse.create} value={run.create} />
          <Stat label={text.setup.rehearse.update} value={run.update} />
        </StatRow>
      )}
      <Card>
        <div className={styles.form}>
          {total > FIRST_RUN && <Checkbox checked={capped} help={words.firstLine} onChange={setCapped}>{words.first}</Checkbox>}
          {run.makes_field !== null && <p className={styles.muted}>{words.makesField(run.makes_field)}</p>}
          {run.refused > 0 && <p className={styles.muted}>{words.refusedStay(run.refused)}</p>}
          {run.unchanged > 0 && <p className={styles.muted}>{words.unchangedStay(run.unchanged)}</p>}
          {begin.error && <Banner tone="bad" title={begin.error.message} />}
        </div>
      </Card>
      <Foot onBack={onBack}>
        <Button kind="primary" size="large" busy={begin.isPending} onPress={act}>{label}</Button>
      </Foot>
    </>
  );
}
