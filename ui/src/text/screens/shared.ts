import { formatCount } from "@/lib/format";
import { counted } from "../counted";

/** Texts that several screens say. */
export const shared = {
  readFailed: { title: "This could not be read", action: "Try again" },
  offline: { title: "No internet since", line: (count: number) => (count === 0 ? "New leads are kept here and go out by themselves." : `${counted(count, "lead")} wait here and go out by themselves.`), action: "Check again" },
  timeline: {
    captured: "Captured",
    matched: "Matched",
    attempt: "Attempt",
    waited: "Waited",
    synced: "Synced",
    failed: "Failed",
    edited: "Edited",
    skipped: "Skipped",
    undone: "Undone",
  },
  loading: "Loading",
  counts: (synced: number, failed: number, open: number) => [`${formatCount(synced)} synced`, ...(failed > 0 ? [`${formatCount(failed)} failed`] : []), ...(open > 0 ? [`${formatCount(open)} waiting`] : [])].join(", "),
} as const;
