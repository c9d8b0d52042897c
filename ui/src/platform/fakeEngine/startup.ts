import type { Startup } from "@/api/generated";
import type { Handlers } from "../fake";

const scenes: Record<string, Startup> = {
  opening: { state: "opening" },
  locked: { state: "locked", problem: null },
  passphrase: { state: "choose_passphrase", why: "This computer offers no keychain, so the key to your data needs a passphrase." },
  problem: {
    state: "problem",
    error: { code: "data_folder", message: "The data was written by a newer Leadferry (ledger 9, this one reads up to 7). Install the newer version to open it." },
  },
};

/** Starting, as far as the shell answers for it. Any passphrase but "wrong" opens. */
export function startupAnswers(scene: string): Handlers {
  let now: Startup = scenes[scene] ?? { state: "ready" };
  return {
    startup: () => now,
    unlock: ({ request }) => {
      const { passphrase } = request as { passphrase: string };
      now = passphrase === "wrong" ? { state: "locked", problem: "That passphrase does not open this data. Check capital letters and try again." } : { state: "ready" };
      return now;
    },
  };
}
