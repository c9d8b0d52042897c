import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "@/app/App";
import { newQueryClient } from "@/app/queryClient";
import type { Platform } from "@/platform/types";

/** In a plain browser there is no host: while developing, a fake stands in. A release never contains it. */
async function findPlatform(): Promise<Platform> {
  if (import.meta.env.DEV && !("__TAURI_INTERNALS__" in window)) return (await import("@/platform/fakeEngine")).fakeEngine();
  return (await import("@/platform/tauri")).tauriPlatform;
}

const root = document.getElementById("root");
if (!root) throw new Error("BUG: index.html has no root");
const platform = await findPlatform();
createRoot(root).render(
  <StrictMode>
    <App platform={platform} client={newQueryClient()} />
  </StrictMode>,
);
