// Numbers and times in the person's own locale. Words around them are in text/en.ts.

// A computer without a chosen language (locale "C") writes 1175 for 1,175. Plain English reads better, and fits the words.
const chosen = new Intl.NumberFormat().resolvedOptions().locale;
const locale = /posix/i.test(chosen) ? "en-GB" : undefined;

const exactNumber = new Intl.NumberFormat(locale);
const shortNumber = new Intl.NumberFormat(locale, { notation: "compact", maximumSignificantDigits: 3 });
const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1 });
const exactTime = new Intl.DateTimeFormat(locale, {
  weekday: "short",
  day: "numeric",
  month: "short",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  timeZoneName: "short",
});
const clockTime = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit" });
const dayAndTime = new Intl.DateTimeFormat(locale, { weekday: "short", hour: "2-digit", minute: "2-digit" });
const date = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", year: "numeric" });

/** Every digit, with the locale's separators: for tables and sentences. */
export const formatCount = (value: number): string => exactNumber.format(value);

/** Three significant digits at most: for tiles. */
export const formatShort = (value: number): string => (Math.abs(value) < 10_000 ? exactNumber.format(value) : shortNumber.format(value));

/** A share between 0 and 1. */
export const formatShare = (share: number): string => percent.format(share);

/** To the second, with the zone: what stands behind every relative time. */
export const formatExact = (time: Date): string => exactTime.format(time);

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * "just now", "3 min ago", "Tue 14:02" within a week, a date beyond. The window's clock is a little behind: what seems to lie
 * within the next minute has just happened, unless it was `promised`.
 */
export function formatRelative(time: Date, now: Date, promised = false): string {
  const distance = now.getTime() - time.getTime();
  const size = Math.abs(distance);
  const sided = (amount: string) => (distance >= 0 ? `${amount} ago` : `in ${amount}`);
  if (size < MINUTE) return promised ? "in under a minute" : "just now";
  if (size < HOUR) return sided(`${Math.floor(size / MINUTE)} min`);
  if (size < DAY) return sided(`${Math.floor(size / HOUR)} h`);
  if (size < 7 * DAY) return dayAndTime.format(time);
  return date.format(time);
}

/** "14:20" today, "Tue 14:20" otherwise: for times that were promised. */
export function formatClock(time: Date, now: Date): string {
  return time.toDateString() === now.toDateString() ? clockTime.format(time) : dayAndTime.format(time);
}

/** "under a minute", "4 min", "2 h 10 min". */
export function formatDuration(seconds: number): string {
  const minutes = Math.round(seconds / 60);
  if (minutes < 1) return "under a minute";
  if (minutes < 60) return `${minutes} min`;
  const rest = minutes % 60;
  return rest === 0 ? `${Math.floor(minutes / 60)} h` : `${Math.floor(minutes / 60)} h ${rest} min`;
}
