const LONGEST = 24 * 60;
const MOST = 12;

/** "1, 5, 15" as numbers; nothing when any of it is not a whole number of minutes within a day. */
export function readMinutes(typed: string): number[] | undefined {
  const minutes = typed.split(/[\s,;]+/).filter((part) => part !== "").map(Number);
  const fine = minutes.length > 0 && minutes.length <= MOST && minutes.every((value) => Number.isInteger(value) && value >= 1 && value <= LONGEST);
  return fine ? minutes : undefined;
}
