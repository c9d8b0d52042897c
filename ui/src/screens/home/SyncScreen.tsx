import { useRead, useWrite } from "@/api/client";
import type { SyncSettings } from "@/api/generated";
import { go, href } from "@/app/router";
import type { ScreenProps } from "@/app/screens";
import { useCommands } from "@/app/shortcuts/commands";
import { Button } from "@/components/controls/Button";
import { Skeleton } from "@/components/feedback/Skeleton";
import { toasts } from "@/components/feedback/toasts";
import { FormRow } from "@/components/fields/FormRow";
import { ErrorsIcon, MappingIcon, PauseIcon, PlayIcon, SyncIcon } from "@/components/icons";
import { Card } from "@/components/page/Card";
import { Page } from "@/components/page/Page";
import { PageHeader } from "@/components/page/PageHeader";
import { BackLink } from "@/screens/shared/BackLink";
import { ReadFailed } from "@/screens/shared/ReadFailed";
import { text } from "@/text/en";
import { DeleteSync } from "./DeleteSync";
import { MatchOrder } from "./MatchOrder";
import { ModeForm } from "./ModeForm";
import { PauseMenu } from "./PauseMenu";
import { RetryForm } from "./RetryForm";
import { SyncFigures } from "./SyncFigures";
import { SyncState } from "./SyncRowCard";
import { useSyncing } from "./useSyncing";

const words = text.sync;

export default function SyncScreen({ params }: ScreenProps) {
  const id = params.sync ?? "";
  const { data, error, refetch } = useRead("sync_settings", { id });
  if (data) return <Details settings={data} />;
  return (
    <Page>
      <PageHeader title={text.home.syncs} back={<BackLink href={href("home")}>{words.back}</BackLink>} />
      {error ? <ReadFailed title={words.unreadable} message={error.message} onRetry={() => void refetch()} /> : <Card><Skeleton label={text.app.loading} lines={4} /></Card>}
    </Page>
  );
}

function Details({ settings }: { settings: SyncSettings }) {
  const { row } = settings;
  const { id, name, counts, state } = row;
  const syncing = useSyncing();
  const change = useWrite("change_sync");
  const save = (part: { mode?: SyncSettings["row"]["mode"]; retry_minutes?: number[]; match_order?: string[] }, said = true) =>
    change.mutate({ id, name: null, mode: null, retry_minutes: null, match_order: null, ...part }, { onSuccess: () => said && toasts.show({ words: words.saved }) });
  const mapping = () => go("mapper", { sync: id });
  const group = name;
  useCommands([
    { id: "sync.now", label: text.home.syncNowOf(name), group, icon: SyncIcon, shortcut: "sync.now", run: () => syncing.start(id) },
    state === "paused"
      ? { id: "sync.resume", label: text.home.resumeOf(name), group, icon: PlayIcon, run: () => syncing.resume(id) }
      : { id: "sync.pause", label: text.home.pauseOf(name), group, icon: PauseIcon, run: () => syncing.pause(id, "resumed") },
    { id: "sync.mapping", label: text.home.editMapping, group, icon: MappingIcon, run: mapping },
    { id: "sync.errors", label: words.seeErrors, group, icon: ErrorsIcon, run: () => go("errors", undefined, { sync: id }) },
  ]);
  const waiting = counts.pending + counts.sending + counts.retrying;
  return (
    <Page>
      <PageHeader
        title={name}
        back={<BackLink href={href("home")}>{words.back}</BackLink>}
        sentence={counts.failed > 0 ? words.failedSentence(counts.failed, counts.synced) : words.sentence(counts.synced, waiting)}
        actions={
          <>
            <Button icon={MappingIcon} onPress={mapping}>{text.home.editMapping}</Button>
            {state === "paused" ? (
              <Button icon={PlayIcon} onPress={() => syncing.resume(id)}>{text.home.resume}</Button>
            ) : (
              <PauseMenu label={text.home.pauseOf(name)} words={text.home.pause} onPause={(length) => syncing.pause(id, length)} />
            )}
            <Button kind="primary" icon={SyncIcon} busy={syncing.starting === id} onPress={() => syncing.start(id)}>{text.home.syncNow}</Button>
          </>
        }
      />
      <Card title={words.counts} actions={<SyncState row={row} />}>
        <SyncFigures row={row} />
      </Card>
      <Card>
        <FormRow title={words.mode} line={words.modeLine}>
          <ModeForm mode={row.mode} onChange={(mode) => save({ mode })} />
        </FormRow>
        <FormRow title={words.match} line={words.matchLine}>
          <MatchOrder order={settings.match_order} onChange={(match_order) => save({ match_order }, false)} />
        </FormRow>
        <FormRow title={words.retry} line={words.retryLine}>
          <RetryForm key={settings.retry_minutes.join()} minutes={settings.retry_minutes} onSave={(retry_minutes) => save({ retry_minutes })} />
        </FormRow>
      </Card>
      <Card>
        <DeleteSync row={row} />
      </Card>
    </Page>
  );
}
