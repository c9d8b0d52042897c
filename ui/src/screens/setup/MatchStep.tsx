import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useRead } from "@/api/client";
import { useCommands } from "@/app/shortcuts/commands";
import { Button } from "@/components/controls/Button";
import { PageHeader } from "@/components/page/PageHeader";
import { MapperPanel } from "@/screens/mapping/MapperPanel";
import { text } from "@/text/en";
import { Foot } from "./Foot";
import styles from "./Setup.module.css";
import { REHEARSAL } from "./useRehearsal";

const words = text.setup.match;

export function MatchStep({ sync, onNext, onBack }: { sync: string; onNext: () => void; onBack: () => void }) {
  const client = useQueryClient();
  const { data } = useRead("mapping", { id: sync });
  const [needsYou, setNeedsYou] = useState<number>();
  const next = () => {
    // What was rehearsed before may have been rehearsed with other rules.
    client.removeQueries({ queryKey: [REHEARSAL] });
    onNext();
  };
  const label = needsYou !== undefined && needsYou > 0 ? words.nextAnyway : words.next;
  useCommands([{ id: "setup.next", label, group: text.setup.title, shortcut: "app.primary", run: next }]);
  return (
    <>
      <PageHeader
        title={text.setup.steps.match}
        {...(data && { sentence: words.sentence(data.draft.rules.length) })}
        line={needsYou === undefined ? undefined : needsYou === 0 ? words.allFine : words.needs(needsYou)}
      />
      <div className={styles.mapper}>
        <MapperPanel sync={sync} embedded onReady={setNeedsYou} />
      </div>
      <Foot onBack={onBack}>
        <Button kind="primary" size="large" disabled={!data} onPress={next}>{label}</Button>
      </Foot>
    </>
  );
}
