import { useMutation } from "@tanstack/react-query";
import { ask, useRead } from "@/api/client";
import { toasts } from "@/components/feedback/toasts";
import { usePlatform } from "@/platform/context";
import { text } from "@/text/en";
import { sampleLeads } from "./sampleLeads";

interface MadeUpLeads {
  busy: boolean;
  begin: () => void;
}

/** A source with made-up people in it, in one click: a receiver of its own, and its leads sent to it one by one. */
export function useMadeUpLeads(onReady: (source: string) => void): MadeUpLeads {
  const platform = usePlatform();
  const { data: kinds } = useRead("receiver_kinds", {});
  const auth = kinds?.find((kind) => !kind.secret_given)?.id;
  const make = useMutation({
    mutationFn: async (kind: string) => {
      const { id } = await ask(platform, "create_receiver", { name: text.setup.source.madeUpName, auth: kind, secret: null, options: [] });
      for (const fields of sampleLeads) await ask(platform, "send_test_lead", { source: id, fields });
      return id;
    },
    // Only the source: what else the mutation knows is no file.
    onSuccess: (source) => onReady(source),
    onError: (error) => toasts.show({ words: error.message, tone: "bad" }),
  });
  return { busy: make.isPending || auth === undefined, begin: () => { if (auth !== undefined && !make.isPending) make.mutate(auth); } };
}
