import { BackLink } from "@/screens/shared/BackLink";
import { useState } from "react";
import { useRead } from "@/api/client";
import type { ConnectorView } from "@/api/generated";
import { go, href } from "@/app/router";
import { useCommands } from "@/app/shortcuts/commands";
import { toasts } from "@/components/feedback/toasts";
import { Skeleton } from "@/components/feedback/Skeleton";
import { Card } from "@/components/page/Card";
import { Page } from "@/components/page/Page";
import { PageHeader } from "@/components/page/PageHeader";
import { Tile, TileGrid } from "@/components/page/Tile";
import { ConnectorLogo } from "@/screens/shared/ConnectorLogo";
import { ReadFailed } from "@/screens/shared/ReadFailed";
import { text } from "@/text/en";
import { ConnectFlow } from "./connect/ConnectFlow";

const words = text.connections;

/** A new connection, outside of the set-up. */
export default function ConnectScreen() {
  const { data, error, refetch } = useRead("connectors", {});
  const [chosen, setChosen] = useState<ConnectorView>();
  const choices = data?.filter((spec) => spec.is_destination || spec.is_source) ?? [];
  useCommands(choices.map((spec) => ({ id: `connect.${spec.id}`, label: words.connect.signIn(spec.name), group: words.title, run: () => setChosen(spec) })));
  return (
    <Page>
      <PageHeader title={words.connect.title} back={<BackLink href={href("connections")}>{words.back}</BackLink>} sentence={chosen ? words.connect.signIn(chosen.name) : words.connect.chooseSentence} />
      {!data && (error ? <ReadFailed title={words.unreadable} message={error.message} onRetry={() => void refetch()} /> : <Skeleton label={text.app.loading} lines={3} />)}
      {!chosen && data && (
        <TileGrid label={words.connect.choose}>
          {choices.map((spec) => <Tile key={spec.id} picture={<ConnectorLogo connector={spec.id} />} title={spec.name} line={spec.tagline} onPress={() => setChosen(spec)} />)}
        </TileGrid>
      )}
      {chosen && (
        <Card>
          <ConnectFlow
            key={chosen.id}
            spec={chosen}
            end={chosen.is_destination ? "destination" : "source"}
            onBack={() => setChosen(undefined)}
            onConnected={({ id, name }) => {
              toasts.show({ words: words.connect.connected(name) });
              go("connection", { connection: id });
            }}
          />
        </Card>
      )}
    </Page>
  );
}
