import type { Startup } from "@/api/generated";
import type { Handlers } from "../fake";

const scenes: Record<string, Startup> = {
  opening: { state: "opening" },
  locked: { state: "locked", problem: null },
  passphrase: { state: "choose_passphrase", why: "This computer offers no keychain, so the key to your data needs a passphrase." },
  damaged: {
    state: "damaged",
    message: "The data file leadferry.db is damaged, so it was not opened.",
    backup: { path: "~/.local/share/leadferry/backups/leadferry-2026-11-20.db", made_at: "2026-11-20T06:30:00Z" },
  },
  "damaged-without-backup": {
    state: "damaged",
    message: "The data file leadferry.db is damaged, so it was not opened.",
    backup: null,
  },
  problem: {
    state: "problem",
    error: { code: "data_folder", message: "The data was written by a newer Leadferry (ledger 9, this one reads up to 7). Install the newer version to open it." },
  },
};

/** Starting, as far as the shell answers for it. Any passphrase but "wrong" opens, and any backup restores. */
export function startupAnswers(scene: string): Handlers {
  let now: Startup = scenes[scene] ?? { state: "ready" };
  return {
    startup: () => now,
    reopen: () => now,
    restore: ({ request }) => {
      const { passphrase } = request as { passphrase: string | null };
      if (passphrase === "wrong") {
        const message = "That passphrase does not open this backup. Check capital letters and the keyboard layout, then try again.";
        // What the host throws is the engine's own error value.
        // eslint-disable-next-line @typescript-eslint/only-throw-error
        throw { code: "locked", message };
      }
      now = { state: "ready" };
      return now;
    },
    unlock: ({ request }) => {
      const { passphrase } = request as { passphrase: string };
      now = passphrase === "wrong" ? { state: "locked", problem: "That passphrase does not open this data. Check capital letters and try again." } : { state: "ready" };
      return now;
    },
  };
}
