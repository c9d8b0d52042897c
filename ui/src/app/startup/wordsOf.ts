/** What a rejected call says to a person: the engine's own words, or whatever the host threw instead. */
export function wordsOf(thrown: unknown): string {
  if (typeof thrown === "object" && thrown !== null && "message" in thrown && typeof thrown.message === "string") return thrown.message;
  return String(thrown);
}
