// Schedules people choose from, as the cron lines the engine keeps.
export const schedules = {
  quarter: "*/15 * * * *",
  hourly: "0 * * * *",
  weekdays: "0 8 * * 1-5",
  daily: "0 8 * * *",
  nightly: "0 2 * * *",
  weekly: "0 8 * * 1",
} as const;

export type ScheduleName = keyof typeof schedules | "custom";

/** The plain choice a cron line is, or *custom*. */
export function scheduleOf(cron: string): ScheduleName {
  const found = Object.entries(schedules).find(([, line]) => line === cron.trim().replace(/\s+/g, " "));
  return (found?.[0] as ScheduleName | undefined) ?? "custom";
}

/** Five fields of what cron lines are made of. Whether the times exist is for the engine to say. */
export const looksLikeCron = (line: string): boolean => /^\s*([\d*/,\-A-Za-z]+\s+){4}[\d*/,\-A-Za-z]+\s*$/.test(line);
