import { useMutation } from "@tanstack/react-query";
import { useEffect, useEffectEvent, useRef } from "react";
import { ask } from "@/api/client";
import type { ConnectionView } from "@/api/generated";
import { Button } from "@/components/controls/Button";
import { Banner } from "@/components/feedback/Banner";
import { Skeleton } from "@/components/feedback/Skeleton";
import { usePlatform } from "@/platform/context";
import { OAuthWait } from "@/screens/connections/connect/OAuthWait";
import { text } from "@/text/en";

const words = text.setup.destination;

interface PracticeConnectProps {
  connector: string;
  onConnected: (connection: ConnectionView) => void;
  onBack: () => void;
}

/** Starts the practice CRM and signs in to it as one would to the real one: in the browser. */
export function PracticeConnect({ connector, onConnected, onBack }: PracticeConnectProps) {
  const platform = usePlatform();
  const { mutate, data: flow, error } = useMutation({
    mutationFn: async () => {
      await ask(platform, "start_practice", { id: connector });
      return ask(platform, "connect_practice", { id: connector });
    },
  });
  // Choosing the tile was the click; a second mount of the same tile is not a second choice.
  const begun = useRef(false);
  const begin = useEffectEvent(() => {
    if (begun.current) return;
    begun.current = true;
    mutate();
  });
  useEffect(() => begin(), []);
  if (flow) return <OAuthWait flow={flow} name={words.practiceName} onConnected={onConnected} onRetry={() => mutate()} onCancel={onBack} />;
  if (error) return <Banner tone="bad" title={error.message} actions={<Button kind="primary" onPress={() => mutate()}>{text.home.tryAgain}</Button>} />;
  return <Skeleton label={words.preparing} lines={3} />;
}
