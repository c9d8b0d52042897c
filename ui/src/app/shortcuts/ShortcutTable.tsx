import { useState, type KeyboardEvent } from "react";
import { Button } from "@/components/controls/Button";
import { KeyHint } from "@/components/controls/KeyHint";
import { SearchField } from "@/components/fields/SearchField";
import { fold } from "@/components/fields/matching";
import { keyboardHere } from "@/components/controls/keys";
import { usePreference } from "@/app/preferences";
import { text } from "@/text/en";
import { shortcutIds, shortcuts, type ShortcutId } from "./catalogue";
import { combinationOf } from "./combination";
import { bind, resetKeys, takenBy, useKeysOf } from "./registry";
import styles from "./ShortcutTable.module.css";

/** Every shortcut, filterable, re-bindable in place. */
export function ShortcutTable() {
  const [filter, setFilter] = useState("");
  const changed = Object.keys(usePreference("keys")).length > 0;
  const wanted = fold(filter);
  const groups = Object.entries(text.shortcuts.groups)
    .map(([group, label]) => ({ label, ids: shortcutIds.filter((id) => shortcuts[id].group === group && fold(shortcuts[id].label).includes(wanted)) }))
    .filter((group) => group.ids.length > 0);
  return (
    <div className={styles.table}>
      <div className={styles.top}>
        <SearchField label={text.shortcuts.filter} value={filter} onChange={setFilter} />
        {changed && <Button kind="quiet" onPress={() => resetKeys()}>{text.shortcuts.resetAll}</Button>}
      </div>
      <p className={styles.help}>{text.shortcuts.help}</p>
      {groups.map(({ label, ids }) => (
        <section key={label} aria-label={label}>
          <h3 className={styles.group}>{label}</h3>
          {ids.map((id) => <Row key={id} id={id} />)}
        </section>
      ))}
      {groups.length === 0 && <p>{text.common.nothingMatches(filter)}</p>}
    </div>
  );
}

function Row({ id }: { id: ShortcutId }) {
  const keys = useKeysOf(id);
  const { label, keys: original } = shortcuts[id];
  const [recording, setRecording] = useState(false);
  const [taken, setTaken] = useState<ShortcutId>();
  const stop = () => {
    setRecording(false);
    setTaken(undefined);
  };
  const hear = (event: KeyboardEvent) => {
    if (!recording || event.key === "Tab") return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === "Escape") return stop();
    if (event.key === "Backspace" || event.key === "Delete") {
      bind(id, "");
      return stop();
    }
    const next = combinationOf(event.nativeEvent, keyboardHere);
    if (next === undefined) return;
    const holder = takenBy(next, id);
    if (holder !== undefined) return setTaken(holder);
    bind(id, next);
    stop();
  };
  return (
    <div className={styles.row}>
      <span className={styles.label}>{label}</span>
      {taken !== undefined && <span className={styles.taken} role="alert">{text.shortcuts.taken(shortcuts[taken].label)}</span>}
      {keys !== original && <Button kind="quiet" onPress={() => resetKeys(id)}>{text.shortcuts.reset}</Button>}
      <button type="button" className={styles.keys} aria-label={text.shortcuts.change(label)} aria-pressed={recording} onClick={() => setRecording(true)} onKeyDown={hear} onBlur={stop}>
        {recording ? text.shortcuts.press : keys === "" ? text.shortcuts.off : <KeyHint keys={keys} />}
      </button>
    </div>
  );
}
