/** The lines of one JSON object; none for anything else. */
export function pairsFrom(kept: string): [string, string][] {
  try {
    const read: unknown = JSON.parse(kept);
    return typeof read === "object" && read !== null ? Object.entries(read).map(([name, value]) => [name, String(value)]) : [];
  } catch {
    return [];
  }
}

/** Lines with a name as one JSON object; empty when there are none. */
export function pairsText(lines: readonly (readonly [string, string])[]): string {
  const named = lines.filter(([name]) => name.trim() !== "").map(([name, value]) => [name.trim(), value]);
  return named.length === 0 ? "" : JSON.stringify(Object.fromEntries(named));
}
