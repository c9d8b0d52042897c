export const pauseLengths = ["hour", "tomorrow", "resumed"] as const;
export type PauseLength = (typeof pauseLengths)[number];

const MORNING = 8;

/** When a pause ends; nothing when a person ends it. */
export function pauseEnds(length: PauseLength, now: Date): Date | undefined {
  if (length === "resumed") return undefined;
  const end = new Date(now);
  if (length === "hour") end.setHours(end.getHours() + 1);
  else {
    end.setDate(end.getDate() + 1);
    end.setHours(MORNING, 0, 0, 0);
  }
  return end;
}
