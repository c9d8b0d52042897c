import { text } from "@/text/en";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** Milliseconds in the unit a person would say. */
export function latencyWords(milliseconds: number): string {
  if (milliseconds < SECOND) return text.home.milliseconds(milliseconds);
  if (milliseconds < MINUTE) return text.home.seconds(Math.round(milliseconds / 100) / 10);
  return text.home.minutes(Math.round(milliseconds / MINUTE));
}
