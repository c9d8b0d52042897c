import type { Ref } from "react";
import { useRead, useWrite } from "@/api/client";
import { Button } from "@/components/controls/Button";
import { Banner } from "@/components/feedback/Banner";
import { EmptyState } from "@/components/feedback/EmptyState";
import { Skeleton } from "@/components/feedback/Skeleton";
import { MappingIcon } from "@/components/icons";
import { PageHeader } from "@/components/page/PageHeader";
import { text } from "@/text/en";
import { Editor } from "./Editor";

const words = text.mapping;

interface MapperPanelProps {
  sync: string;
  /** Inside another screen, which has its own title and its own way to go live. */
  embedded?: boolean;
  /** Says after every check how many things wait for the person. */
  onReady?: (needsYou: number) => void;
  /** Keeps the draft at once: for whoever goes on to something that reads it at the engine. */
  keep?: Ref<KeepDraft>;
}

export type KeepDraft = () => Promise<void>;

/** The mapping editor of a sync, with its loading, failing and empty looks. The wizard embeds it. */
export function MapperPanel({ sync, embedded = false, onReady, keep }: MapperPanelProps) {
  const { data: view, error, isFetching, refetch } = useRead("mapping", { id: sync });
  const refresh = useWrite("refresh_schema");
  if (view && view.schema.fields.length > 0) return <Editor key={sync} view={view} embedded={embedded} onReady={onReady} keep={keep} />;
  const title = !embedded && <PageHeader title={words.title} />;
  if (view) {
    return (
      <>
        {title}
        <EmptyState
          icon={MappingIcon}
          title={words.noFieldsTitle(view.destination)}
          line={words.noFieldsLine}
          action={
            <Button kind="primary" busy={refresh.isPending} onPress={() => refresh.mutate({ id: sync })}>
              {words.readAgain}
            </Button>
          }
        />
      </>
    );
  }
  if (error) {
    return (
      <>
        {title}
        <Banner tone="bad" title={words.loadTitle} line={error.message} actions={<Button busy={isFetching} onPress={() => void refetch()}>{words.reload}</Button>} />
      </>
    );
  }
  return (
    <>
      {title}
      <Skeleton label={words.loading} lines={8} />
    </>
  );
}
