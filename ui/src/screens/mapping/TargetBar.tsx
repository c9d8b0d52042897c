import type { Suggestion } from "@/api/generated";
import { Button } from "@/components/controls/Button";
import { IconButton } from "@/components/controls/IconButton";
import { RelativeTime } from "@/components/data/RelativeTime";
import { SearchField } from "@/components/fields/SearchField";
import { SyncIcon, WandIcon } from "@/components/icons";
import { formatCount } from "@/lib/format";
import { text } from "@/text/en";
import styles from "./Mapper.module.css";
import { useMapper } from "./mapper";
import { isIn, type Chip, type Row } from "./model/rows";

const words = text.mapping;
const chips: readonly Chip[] = ["all", "required", "needsYou", "matched", "suggested"];

interface TargetBarProps {
  rows: readonly Row[];
  shown: number;
  query: string;
  onQuery: (query: string) => void;
  chip: Chip;
  onChip: (chip: Chip) => void;
  refreshing: boolean;
  onRefresh: () => void;
  suggestions: readonly Suggestion[];
}

/** Above the fields: whose they are and how fresh, the search, the groups as chips, and what to do with suggestions. */
export function TargetBar({ rows, shown, query, onQuery, chip, onChip, refreshing, onRefresh, suggestions }: TargetBarProps) {
  const { view, accept, reject } = useMapper();
  return (
    <div className={styles.top} data-targets>
      <div className={styles.name}>
        <strong>
          {view.destination} · {view.schema.label}
        </strong>
        <span>{words.fields(shown, view.schema.fields.length)}</span>·
        <span>
          {words.readAt} <RelativeTime time={new Date(view.schema_read_at)} />
        </span>
        <IconButton icon={SyncIcon} label={words.refresh} disabled={refreshing} onPress={onRefresh} />
        {suggestions.length > 0 && (
          <span className={styles.suggestions}>
            <Button kind="quiet" icon={WandIcon} onPress={() => accept(suggestions)}>
              {words.acceptAll(suggestions.length)}
            </Button>
            <Button kind="quiet" onPress={() => reject(suggestions)}>
              {words.clearSuggestions}
            </Button>
          </span>
        )}
      </div>
      <div className={styles.search}>
        <SearchField label={words.filterTargets} value={query} onChange={onQuery} keys="/" />
      </div>
      <div className={styles.chips} role="group" aria-label={words.filterTargets}>
        {chips.map((each) => (
          <button key={each} type="button" className={styles.chip} aria-pressed={each === chip} onClick={() => onChip(each)}>
            {words.chips[each]} <span>{formatCount(rows.filter((row) => isIn(row, each) && (each !== "all" || !row.gone)).length)}</span>
          </button>
        ))}
      </div>
    </div>
  );
}
