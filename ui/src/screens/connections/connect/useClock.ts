import { useEffect, useState } from "react";

const SECOND = 1_000;

/** Counts down to a time, second by second: "4:59". */
export function useClock(until: string): string {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), SECOND);
    return () => clearInterval(timer);
  }, []);
  return clockWords(new Date(until).getTime() - now);
}

export function clockWords(milliseconds: number): string {
  const seconds = Math.max(0, Math.ceil(milliseconds / SECOND));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
