import { useState, type KeyboardEvent } from "react";
import { SearchField } from "@/components/fields/SearchField";
import { text } from "@/text/en";
import { useMapper } from "../mapper";
import { sourceNames } from "../model/edit";
import { groupsOf } from "./groups";
import styles from "./Source.module.css";
import { SourcePill } from "./SourcePill";

const words = text.mapping;

/** The left side: what leads bring, with the sample's values. */
export function SourceList() {
  const { view, mapping } = useMapper();
  const [query, setQuery] = useState("");
  const [focused, setFocused] = useState<string>();
  const groups = groupsOf(view.source_fields, query, words.groupRest);
  const shown = groups.flatMap(({ fields }) => fields.map(({ name }) => name));
  const reachable = focused !== undefined && shown.includes(focused) ? focused : shown[0];
  const used = new Set(mapping.rules.flatMap(({ source }) => sourceNames(source)));

  const move = (event: KeyboardEvent<HTMLElement>) => {
    // While something is dragged by keys, the arrows are the drag's.
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const at = shown.indexOf((event.target as HTMLElement).dataset.source ?? "");
    if (by === undefined || at < 0 || event.defaultPrevented || (event.target as HTMLElement).dataset.lifted !== undefined) return;
    const next = shown[at + by];
    if (next === undefined) return;
    event.preventDefault();
    event.currentTarget.querySelector<HTMLElement>(`[data-source="${CSS.escape(next)}"]`)?.focus();
  };

  return (
    <section className={styles.sources} aria-label={words.sources}>
      <h2 className={styles.title}>{words.sources}</h2>
      <SearchField label={words.filterSources} value={query} onChange={setQuery} />
      {/* Arrow keys move between the pills, which are the controls. */}
      {/* eslint-disable-next-line jsx-a11y/no-static-element-interactions */}
      <div className={styles.list} onKeyDown={move}>
        {view.source_fields.length === 0 && <p className={styles.nothing}>{words.noSources}</p>}
        {view.source_fields.length > 0 && shown.length === 0 && <p className={styles.nothing}>{text.common.nothingMatches(query)}</p>}
        {groups.map(({ name, fields }) => (
          <div key={name} role="group" aria-label={name}>
            {/* One heading over everything says nothing. */}
            {groups.length > 1 && (
              <h3 className={styles.group}>
                {name} <span>{fields.length}</span>
              </h3>
            )}
            {fields.map((field) => (
              <SourcePill key={field.name} field={field} used={used.has(field.name)} reachable={field.name === reachable} onFocus={() => setFocused(field.name)} />
            ))}
          </div>
        ))}
      </div>
    </section>
  );
}
