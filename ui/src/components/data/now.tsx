import { createContext, use, useEffect, useState, type ReactNode } from "react";

const Now = createContext<Date | undefined>(undefined);

interface NowProviderProps {
  /** Stands still at this time: tests and screenshots. */
  at?: Date;
  children: ReactNode;
}

const TICK = 15_000;

/** One clock for every relative time in the window, so that they all turn over together. */
export function NowProvider({ at, children }: NowProviderProps) {
  const [time, setTime] = useState(() => at ?? new Date());
  useEffect(() => {
    if (at) return;
    const timer = setInterval(() => setTime(new Date()), TICK);
    return () => clearInterval(timer);
  }, [at]);
  return <Now value={at ?? time}>{children}</Now>;
}

/** The time relative times are counted from. */
export function useNow(): Date {
  const now = use(Now);
  if (!now) throw new Error("BUG: useNow outside of NowProvider");
  return now;
}
