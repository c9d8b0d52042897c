import { useRead } from "@/api/client";
import type { FailureFilter } from "@/api/generated";
import { Button } from "@/components/controls/Button";
import { SearchField } from "@/components/fields/SearchField";
import { Select } from "@/components/fields/Select";
import { useNow } from "@/components/data/now";
import { text } from "@/text/en";
import styles from "./DeskFilters.module.css";

export interface DeskFilter {
  text: string;
  sync: string;
  destination: string;
  cause: string;
  age: Age;
  /** When the age was chosen: the moment it is counted from. */
  since: string | null;
}

type Age = "any" | "hour" | "day" | "week";

export const noFilter: DeskFilter = { text: "", sync: "", destination: "", cause: "", age: "any", since: null };

const HOURS: Record<Exclude<Age, "any">, number> = { hour: 1, day: 24, week: 168 };
/** The word that stands for "no filter" in a list, which cannot hold an empty key. */
const ANY = "any";

export const isFiltered = (filter: DeskFilter): boolean => [filter.text, filter.sync, filter.destination, filter.cause].some((value) => value !== "") || filter.since !== null;

/** As the engine takes it; what was set aside is always asked for, and shown last. */
export const failureFilter = (filter: DeskFilter): FailureFilter => ({
  text: filter.text.trim() || null,
  sync: filter.sync || null,
  destination: filter.destination || null,
  cause: filter.cause || null,
  since: filter.since,
  all: true,
});

/** Narrows the desk. */
export function DeskFilters({ filter, onFilter }: { filter: DeskFilter; onFilter: (filter: DeskFilter) => void }) {
  const now = useNow();
  const syncs = useRead("home", {}).data?.syncs ?? [];
  const words = text.errors.filters;
  const destinations = new Map(syncs.map(({ destination }) => [destination.connection.id, destination.connection.name]));
  const listed = (all: string, entries: Iterable<readonly [string, string]>) => [{ value: ANY, label: all }, ...[...entries].map(([value, label]) => ({ value, label }))];
  const set = (part: "sync" | "destination" | "cause") => (value: string) => onFilter({ ...filter, [part]: value === ANY ? "" : value });
  const setAge = (age: Age) => onFilter({ ...filter, age, since: age === "any" ? null : new Date(now.getTime() - HOURS[age] * 3_600_000).toISOString() });
  return (
    <div className={styles.filters} role="search" aria-label={words.label}>
      <div className={styles.text}>
        <SearchField label={words.text} value={filter.text} onChange={(next) => onFilter({ ...filter, text: next })} keys="/" />
      </div>
      <Select label={words.sync} value={filter.sync || ANY} onChange={set("sync")} options={listed(words.allSyncs, syncs.map(({ id, name }) => [id, name] as const))} />
      <Select label={words.destination} value={filter.destination || ANY} onChange={set("destination")} options={listed(words.allDestinations, destinations)} />
      <Select label={words.cause} value={filter.cause || ANY} onChange={set("cause")} options={listed(words.allCauses, Object.entries(words.causes))} />
      <Select<Age>
        label={words.age}
        value={filter.age}
        onChange={setAge}
        options={[{ value: "any", label: words.allAges }, { value: "hour", label: words.hour }, { value: "day", label: words.day }, { value: "week", label: words.week }]}
      />
      {isFiltered(filter) && <Button kind="quiet" onPress={() => onFilter(noFilter)}>{words.clear}</Button>}
    </div>
  );
}
