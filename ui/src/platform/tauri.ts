// The real host. The only file that may import @tauri-apps (eslint checks it).
import { invoke } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";
import { getCurrentWebview } from "@tauri-apps/api/webview";
import { keyboardOf } from "./keyboard";
import type { FileDrop, Platform, Stop } from "./types";

/** Tauri subscribes asynchronously; a stop that comes earlier must still hold. */
function stopWhenReady(subscribed: Promise<Stop>, begun?: () => void): Stop {
  let stopped = false;
  let end: Stop | undefined;
  void subscribed.then((stop) => {
    if (stopped) {
      stop();
      return;
    }
    end = stop;
    begun?.();
  });
  return () => {
    stopped = true;
    end?.();
    end = undefined;
  };
}

/** Opening, picking and saving are commands of the shell, so that no capability is open to the page itself. */
export const tauriPlatform: Platform = {
  keyboard: keyboardOf(navigator.userAgent),
  call: (command, args) => invoke(command, args),
  listen: (event, heard, begun) => stopWhenReady(listen(event, ({ payload }) => heard(payload as never)), begun),
  openExternal: (url) => invoke("open_external", { url }),
  pickFile: async (filters) => (await invoke<string | null>("pick_file", { filters })) ?? undefined,
  pickSaveFile: async (suggestedName, filters) => (await invoke<string | null>("pick_save_file", { suggestedName, filters })) ?? undefined,
  onFileDrop: (heard) =>
    stopWhenReady(
      getCurrentWebview().onDragDropEvent(({ payload }) => {
        const drop: FileDrop =
          payload.type === "drop" ? { kind: "dropped", paths: payload.paths } : { kind: payload.type === "leave" ? "left" : "over" };
        heard(drop);
      }),
    ),
  copyText: (words) => navigator.clipboard.writeText(words),
  setZoom: (factor) => getCurrentWebview().setZoom(factor),
};
