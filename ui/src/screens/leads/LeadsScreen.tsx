import { useState } from "react";
import { useRead } from "@/api/client";
import type { Error as HostError, LeadRow } from "@/api/generated";
import { go } from "@/app/router";
import type { ScreenProps } from "@/app/screens";
import { useCommands } from "@/app/shortcuts/commands";
import { Button } from "@/components/controls/Button";
import { DataGrid, type Column } from "@/components/data/DataGrid";
import { RelativeTime } from "@/components/data/RelativeTime";
import { StateMark } from "@/components/data/StateMark";
import { EmptyState } from "@/components/feedback/EmptyState";
import { Skeleton } from "@/components/feedback/Skeleton";
import { SearchField } from "@/components/fields/SearchField";
import { Select } from "@/components/fields/Select";
import { LeadsIcon } from "@/components/icons";
import { Page } from "@/components/page/Page";
import { PageHeader } from "@/components/page/PageHeader";
import { ReadFailed } from "@/screens/shared/ReadFailed";
import { text } from "@/text/en";
import styles from "./LeadsScreen.module.css";
import { useLeads } from "./useLeads";

const words = text.leads;

const columns: Column<LeadRow>[] = [
  { id: "name", header: words.table.name, namesRow: true, width: "minmax(9rem, 1.3fr)", cell: (row) => <span title={row.name}>{row.name}</span> },
  { id: "email", header: words.table.email, width: "minmax(9rem, 1.6fr)", cell: (row) => <span title={row.email ?? ""}>{row.email ?? ""}</span> },
  { id: "phone", header: words.table.phone, width: "minmax(8rem, 1fr)", cell: (row) => row.phone ?? "" },
  { id: "source", header: words.table.source, width: "minmax(7rem, 1fr)", cell: (row) => row.source.name },
  { id: "captured", header: words.table.captured, width: "7.5rem", cell: (row) => <RelativeTime time={new Date(row.captured_at)} inTable /> },
  { id: "state", header: words.table.state, width: "7rem", cell: (row) => row.state !== null && <StateMark state={row.state} /> },
];

const ANY = "any";

/** Everybody who was captured, found by any part of what is known. */
export default function LeadsScreen({ query: address }: ScreenProps) {
  const [query, setQuery] = useState(address.get("find") ?? "");
  const [source, setSource] = useState("");
  const people = useLeads(query, source);
  const sources = (useRead("connections", {}).data ?? []).filter(({ role }) => role === "source");
  const clear = () => setQuery("");
  useCommands([{ id: "leads.clear", label: words.noMatch.action, group: text.sections.leads, run: clear }]);
  const narrowed = query.trim() !== "" || source !== "";
  const error = people.error as HostError | undefined;
  const nobody = !people.loading && people.total === 0;
  return (
    <Page width="full">
      <PageHeader
        title={text.sections.leads}
        sentence={error ? undefined : people.loading ? <Skeleton label={text.shared.loading} width="16rem" /> : nobody && !narrowed ? text.empty.leads.title : query.trim() === "" ? words.sentence(people.total) : words.found(people.total, query.trim())}
      />
      {error ? (
        <ReadFailed message={error.message} onRetry={clear} />
      ) : nobody && !narrowed ? (
        <EmptyState icon={LeadsIcon} title={text.empty.leads.title} line={text.empty.leads.line} action={<Button kind="primary" onPress={() => go("connections")}>{words.emptyAction}</Button>} />
      ) : (
        <>
          <div className={styles.filters}>
            <div className={styles.search}>
              <SearchField label={words.search} value={query} onChange={setQuery} keys="/" />
            </div>
            {sources.length > 1 && (
              <Select
                label={words.source}
                value={source || ANY}
                onChange={(next) => setSource(next === ANY ? "" : next)}
                options={[{ value: ANY, label: words.allSources }, ...sources.map(({ id, name }) => ({ value: id, label: name }))]}
              />
            )}
          </div>
          <div className={styles.grid}>
            <DataGrid
              label={words.table.label}
              columns={columns}
              total={people.total}
              rowAt={people.rowAt}
              rowKey={(row) => row.id}
              rowName={(row) => row.name}
              onRange={people.onRange}
              onOpen={(row) => go("lead", { lead: row.id })}
              empty={<EmptyState icon={LeadsIcon} title={words.noMatch.title(query.trim())} line={words.noMatch.line} action={<Button onPress={clear}>{words.noMatch.action}</Button>} />}
            />
          </div>
        </>
      )}
    </Page>
  );
}
