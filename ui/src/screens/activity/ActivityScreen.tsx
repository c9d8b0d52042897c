import { useState } from "react";
import { useRead } from "@/api/client";
import type { AuditRow } from "@/api/generated";
import { go } from "@/app/router";
import type { ScreenProps } from "@/app/screens";
import { useCommands } from "@/app/shortcuts/commands";
import { Code } from "@/components/data/Code";
import { Skeleton } from "@/components/feedback/Skeleton";
import { SidePanel } from "@/components/overlays/SidePanel";
import { Page } from "@/components/page/Page";
import { PageHeader } from "@/components/page/PageHeader";
import { Tabs } from "@/components/page/Tabs";
import { formatExact } from "@/lib/format";
import { ReadFailed } from "@/screens/shared/ReadFailed";
import { text } from "@/text/en";
import styles from "./ActivityScreen.module.css";
import { AuditTab } from "./AuditTab";
import { RunsTab } from "./RunsTab";

type Tab = "runs" | "changes";
const words = text.activity;

/** What ran and what was changed. */
export default function ActivityScreen({ query }: ScreenProps) {
  const tab: Tab = query.get("tab") === "changes" ? "changes" : "runs";
  const [entry, setEntry] = useState<AuditRow>();
  const first = useRead("runs", { sync: null, page: { offset: 0, limit: 1 } });
  const show = (next: Tab) => {
    setEntry(undefined);
    go("activity", undefined, { tab: next });
  };
  useCommands([
    { id: "activity.runs", label: words.runs, group: text.sections.activity, run: () => show("runs") },
    { id: "activity.changes", label: words.changes, group: text.sections.activity, run: () => show("changes") },
  ]);
  if (first.error) {
    return (
      <Page>
        <PageHeader title={text.sections.activity} />
        <ReadFailed message={first.error.message} onRetry={() => void first.refetch()} />
      </Page>
    );
  }
  const newest = first.data?.rows[0];
  return (
    <Page
      width="full"
      panel={
        entry && (
          <SidePanel title={entry.text} onClose={() => setEntry(undefined)}>
            <p className={styles.facts}>{formatExact(new Date(entry.at))} · {entry.actor}</p>
            <Code label={words.audit.detail} code={entry.detail} language={/^\s*[[{]/.test(entry.detail) ? "json" : "text"} />
          </SidePanel>
        )
      }
    >
      <PageHeader title={text.sections.activity} sentence={first.data ? words.sentence(first.data.total) : <Skeleton label={text.shared.loading} width="16rem" />} line={newest && `${newest.sync.name}: ${newest.text}`} />
      <div className={styles.tabs}>
        <Tabs<Tab>
          label={text.sections.activity}
          selected={tab}
          onSelect={show}
          tabs={[
            { id: "runs", label: words.runs, content: <RunsTab /> },
            { id: "changes", label: words.changes, content: <AuditTab onOpen={setEntry} /> },
          ]}
        />
      </div>
    </Page>
  );
}
