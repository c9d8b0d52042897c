// What is selected in a list too long to be held: either some rows by key, or all that match except some.

export type Selection =
  | { kind: "some"; keys: ReadonlySet<string> }
  | { kind: "all"; except: ReadonlySet<string> };

export const nothingSelected: Selection = { kind: "some", keys: new Set() };
export const everythingSelected: Selection = { kind: "all", except: new Set() };

export function isSelected(selection: Selection, key: string): boolean {
  return selection.kind === "some" ? selection.keys.has(key) : !selection.except.has(key);
}

export function selectedCount(selection: Selection, total: number): number {
  return selection.kind === "some" ? selection.keys.size : Math.max(0, total - selection.except.size);
}

/** Selects or clears these rows, and leaves the others as they are. */
export function withRows(selection: Selection, keys: Iterable<string>, selected: boolean): Selection {
  const listed = new Set(selection.kind === "some" ? selection.keys : selection.except);
  const lists = selection.kind === "some" ? selected : !selected;
  for (const key of keys) {
    if (lists) listed.add(key);
    else listed.delete(key);
  }
  return selection.kind === "some" ? { kind: "some", keys: listed } : { kind: "all", except: listed };
}
