import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useRead } from "@/api/client";
import { go } from "@/app/router";
import { useCommands } from "@/app/shortcuts/commands";
import { Button } from "@/components/controls/Button";
import { toasts } from "@/components/feedback/toasts";
import { PlayIcon } from "@/components/icons";
import { PageHeader } from "@/components/page/PageHeader";
import { MapperPanel, type KeepDraft } from "@/screens/mapping/MapperPanel";
import { text } from "@/text/en";
import { Foot } from "./Foot";
import styles from "./Setup.module.css";
import { REHEARSAL } from "./useRehearsal";

const words = text.setup.match;

export function MatchStep({ sync, onNext, onBack }: { sync: string; onNext: () => void; onBack: () => void }) {
  const client = useQueryClient();
  const { data } = useRead("mapping", { id: sync });
  const [needsYou, setNeedsYou] = useState<number>();
  const keep = useRef<KeepDraft>(null);
  /** What comes next reads the draft at the engine, so that is made the newest first. */
  const kept = (then: () => void) =>
    void (keep.current?.() ?? Promise.resolve()).then(then, (why: unknown) => toasts.show({ words: (why as { message?: string }).message ?? text.mapping.unsaved, tone: "bad" }));
  const next = () =>
    kept(() => {
      // What was rehearsed before may have been rehearsed with other rules.
      client.removeQueries({ queryKey: [REHEARSAL] });
      onNext();
    });
  const label = needsYou !== undefined && needsYou > 0 ? words.nextAnyway : words.next;
  const test = () => kept(() => go("test", { sync }, { setup: "1" }));
  useCommands([
    { id: "setup.next", label, group: text.setup.title, shortcut: "app.primary", run: next },
    { id: "setup.test", label: words.test, group: text.setup.title, icon: PlayIcon, shortcut: "mapping.test", run: test },
  ]);
  // There from the beginning: a line that came later would push the button away from under the pointer.
  const line = needsYou === undefined ? words.checking : needsYou === 0 ? words.allFine : words.needs(needsYou);
  return (
    <>
      <PageHeader
        title={text.setup.steps.match}
        {...(data && { sentence: words.sentence(data.draft.rules.length) })}
        line={line}
      />
      <div className={styles.mapper}>
        <MapperPanel sync={sync} embedded onReady={setNeedsYou} keep={keep} />
      </div>
      <Foot onBack={onBack}>
        <Button size="large" icon={PlayIcon} disabled={!data} onPress={test}>{words.test}</Button>
        <Button kind="primary" size="large" disabled={!data} onPress={next}>{label}</Button>
      </Foot>
    </>
  );
}
