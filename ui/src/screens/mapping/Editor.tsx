import { useDeferredValue, useEffect, useEffectEvent, useImperativeHandle, useMemo, useRef, useState, type Ref } from "react";
import { go } from "@/app/router";
import { useCommands, type Command } from "@/app/shortcuts/commands";
import { toasts } from "@/components/feedback/toasts";
import { announce } from "@/components/feedback/announcer";
import { cx } from "@/lib/cx";
import { useWrite } from "@/api/client";
import type { MappingView } from "@/api/generated";
import { text } from "@/text/en";
import { Banners } from "./Banners";
import { CarryBar } from "./CarryBar";
import { Dragging } from "./Dragging";
import { EditorHeader } from "./EditorHeader";
import { Foot } from "./Foot";
import { TargetList, type TargetListHandle } from "./list/TargetList";
import styles from "./Mapper.module.css";
import { MapperContext } from "./mapper";
import type { KeepDraft } from "./MapperPanel";
import { linesOf, narrowed, needsYou, rowsOf, type Chip } from "./model/rows";
import { SidePart } from "./panel/SidePart";
import { PublishDialog } from "./publish/PublishDialog";
import { SourceList } from "./source/SourceList";
import { TargetBar } from "./TargetBar";
import { useCheck } from "./useCheck";
import { useDraft } from "./useDraft";
import { useMapperActions } from "./useMapperActions";

const words = text.mapping;

interface EditorProps {
  view: MappingView;
  /** Inside the wizard: without title, test and publishing, which are the wizard's own steps. */
  embedded: boolean;
  onReady: ((needsYou: number) => void) | undefined;
  keep: Ref<KeepDraft> | undefined;
}

/** The mapping editor over one sync: source fields, all destination fields, and the rule in hand beside them. */
export function Editor({ view, embedded, onReady, keep }: EditorProps) {
  const draft = useDraft(view);
  useImperativeHandle(keep, () => () => draft.flush());
  const [sample, setSample] = useState(0);
  const { check, checking, error } = useCheck(view.sync, draft.mapping, sample, view.schema_read_at);
  const refresh = useWrite("refresh_schema");

  const [typed, setTyped] = useState("");
  const [chip, setChip] = useState<Chip>("all");
  const query = useDeferredValue(typed);
  const rows = useMemo(() => rowsOf(view.schema, draft.mapping, check, draft.rejected), [view.schema, draft.mapping, check, draft.rejected]);
  const shown = useMemo(() => narrowed(rows, chip, query), [rows, chip, query]);
  const lines = useMemo(() => linesOf(shown), [shown]);
  const targets = useMemo(() => lines.flatMap((line) => (line.kind === "row" ? [line.row.field.name] : [])), [lines]);
  const suggestions = rows.flatMap(({ suggestion }) => (suggestion ? [suggestion] : []));

  const [active, setActive] = useState<string>();
  const list = useRef<TargetListHandle>(null);
  const goTo = (target: string) => {
    if (!targets.includes(target)) {
      setTyped("");
      setChip("all");
    }
    setActive(target);
  };
  const mapper = useMapperActions({ view, draft, check, goTo, focusTargets: () => list.current?.focus(), targetCount: targets.length });

  const waiting = needsYou(check);
  const told = useEffectEvent((count: number) => onReady?.(count));
  useEffect(() => {
    if (check) told(waiting);
  }, [check, waiting]);

  const undo = () => {
    draft.undo();
    announce(words.undone);
  };
  const redo = () => {
    draft.redo();
    announce(words.redone);
  };
  const [publishing, setPublishing] = useState(false);
  /** The engine tests and compares the draft it holds, so that is made the newest first. */
  const kept = (then: () => void) =>
    void draft.flush().then(then, (why: unknown) => toasts.show({ words: (why as { message?: string }).message ?? words.unsaved, tone: "bad" }));
  const publish = () => kept(() => setPublishing(true));
  const test = () => kept(() => go("test", { sync: view.sync }));

  const own = (id: string, label: string, run: () => void, more: Partial<Command> = {}): Command => ({ id: `mapping.${id}`, label, group: words.title, run, ...more });
  useCommands([
    ...(draft.canUndo ? [own("undo", words.undo, undo, { shortcut: "mapping.undo" })] : []),
    ...(draft.canRedo ? [own("redo", words.redo, redo, { shortcut: "mapping.redo" })] : []),
    own("find", words.filterTargets, () => document.querySelector<HTMLElement>("[data-targets] input")?.focus(), { shortcut: "mapping.find" }),
    own("refresh", words.refresh, () => refresh.mutate({ id: view.sync })),
    own("problems", words.showProblems, () => mapper.open({ about: "problems" })),
    own("defaults", words.defaultsTitle, () => mapper.open({ about: "defaults" })),
    own("templates", words.templatesTitle, () => mapper.open({ about: "templates" })),
    ...(suggestions.length > 0 ? [own("accept", words.acceptAll(suggestions.length), () => mapper.accept(suggestions)), own("reject", words.clearSuggestions, () => mapper.reject(suggestions))] : []),
    ...(embedded ? [] : [
      own("test", words.test, test, { shortcut: "mapping.test" }),
      own("publish", words.publish, publish, { shortcut: "mapping.publish" }),
      own("history", words.historyTitle, () => mapper.open({ about: "history" })),
    ]),
  ]);

  return (
    <MapperContext value={mapper}>
      {!embedded && <EditorHeader waiting={waiting} saving={draft.saving} onTest={test} onPublish={publish} />}
      <Dragging targets={targets} reveal={(target) => list.current?.reveal(target)}>
        <div className={cx(styles.mapper, embedded && styles.embedded)}>
          <SourceList />
          <section className={styles.main} aria-label={words.targets}>
            <TargetBar rows={rows} shown={shown.filter(({ gone }) => !gone).length} query={typed} onQuery={setTyped} chip={chip} onChip={setChip} refreshing={refresh.isPending} onRefresh={() => refresh.mutate({ id: view.sync })} suggestions={suggestions} />
            <Banners error={error} embedded={embedded} />
            <CarryBar />
            <TargetList
              ref={list}
              lines={lines}
              query={query}
              active={active}
              onActive={setActive}
              onClearFilter={() => {
                setTyped("");
                setChip("all");
              }}
            />
            <Foot {...{ draft, undo, redo, sample, onSample: setSample, waiting, checking }} />
          </section>
          <SidePart take={draft.take} />
        </div>
      </Dragging>
      {publishing && <PublishDialog onClose={() => setPublishing(false)} onTest={test} />}
    </MapperContext>
  );
}
