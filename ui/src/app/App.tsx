import { QueryClientProvider, type QueryClient } from "@tanstack/react-query";
import { NowProvider } from "@/components/data/now";
import { LiveAnnouncer } from "@/components/feedback/LiveAnnouncer";
import { ToastRegion } from "@/components/feedback/ToastRegion";
import { PlatformProvider } from "@/platform/context";
import type { Platform } from "@/platform/types";
import { Shell } from "./Shell";
import { StartupGate } from "./startup/StartupGate";
import { useTheme } from "./theme";

interface AppProps {
  platform: Platform;
  client: QueryClient;
  /** A clock that stands still: tests and screenshots. */
  now?: Date | undefined;
}

/** The window: providers, the gate that waits for the engine, and the shell behind it. */
export function App({ platform, client, now }: AppProps) {
  useTheme();
  return (
    <PlatformProvider platform={platform}>
      <QueryClientProvider client={client}>
        <NowProvider {...(now && { at: now })}>
          <StartupGate>
            <Shell />
          </StartupGate>
          <ToastRegion />
          <LiveAnnouncer />
        </NowProvider>
      </QueryClientProvider>
    </PlatformProvider>
  );
}
