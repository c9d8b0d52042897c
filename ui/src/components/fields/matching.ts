import type { Option } from "./Option";

/** Folds case and accents, so that "espana" finds "España". */
export function fold(words: string): string {
  return words.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

/** The options that hold every typed word in label or detail; those whose label begins with the query come first. */
export function matching<Value extends string>(options: readonly Option<Value>[], query: string): readonly Option<Value>[] {
  const wanted = fold(query).split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return options;
  const found = options.filter((option) => {
    const hay = fold(`${option.label} ${option.detail ?? ""}`);
    return wanted.every((word) => hay.includes(word));
  });
  const begins = (option: Option) => (fold(option.label).startsWith(fold(query)) ? 0 : 1);
  return [...found].sort((a, b) => begins(a) - begins(b));
}
