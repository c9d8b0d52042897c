import { useState } from "react";
import { useRead } from "@/api/client";
import type { ConnectionView, ConnectorView, WizardState } from "@/api/generated";
import { useCommands } from "@/app/shortcuts/commands";
import { Badge } from "@/components/data/Badge";
import { Skeleton } from "@/components/feedback/Skeleton";
import { WandIcon } from "@/components/icons";
import { Card } from "@/components/page/Card";
import { PageHeader } from "@/components/page/PageHeader";
import { Tile, TileGrid } from "@/components/page/Tile";
import { accountLine } from "@/screens/connections/accountWords";
import { ConnectFlow } from "@/screens/connections/connect/ConnectFlow";
import { ConnectorLogo } from "@/screens/shared/ConnectorLogo";
import { ReadFailed } from "@/screens/shared/ReadFailed";
import { text } from "@/text/en";
import { ConfirmAccount } from "./ConfirmAccount";
import { Foot } from "./Foot";
import { PracticeConnect } from "./PracticeConnect";
import styles from "./Setup.module.css";

const words = text.setup.destination;

type Choice = { kind: "connect"; spec: ConnectorView } | { kind: "practice"; connector: string } | { kind: "confirm"; connection: string };
export type ChosenDestination = Pick<WizardState, "destination" | "object" | "sync">;

interface DestinationStepProps {
  state: WizardState;
  practice: boolean;
  onChosen: (chosen: ChosenDestination) => void;
  onBack: () => void;
}

/** Which CRM: a new one, one that is connected, or a practice CRM. Whose account it is, is said before going on. */
export function DestinationStep({ state, practice, onChosen, onBack }: DestinationStepProps) {
  const connectors = useRead("connectors", {});
  const { data: connections } = useRead("connections", {});
  const [choice, setChoice] = useState<Choice | undefined>(state.destination === null ? undefined : { kind: "confirm", connection: state.destination });
  const choose = () => setChoice(undefined);
  const confirm = ({ id }: ConnectionView) => setChoice({ kind: "confirm", connection: id });
  if (choice?.kind === "confirm") {
    const connection = connections?.find(({ id }) => id === choice.connection);
    if (connection) return <ConfirmAccount connection={connection} state={state} onChosen={onChosen} onOther={choose} />;
    if (!connections) return <Skeleton label={text.app.loading} lines={3} />;
  }
  const title = text.setup.steps.destination;
  if (choice?.kind === "practice") {
    return (
      <>
        <PageHeader title={title} sentence={words.practice} line={words.practiceLine} />
        <Card><PracticeConnect connector={choice.connector} onConnected={confirm} onBack={choose} /></Card>
      </>
    );
  }
  if (choice?.kind === "connect") {
    return (
      <>
        <PageHeader title={title} sentence={text.connections.connect.signIn(choice.spec.name)} />
        <Card><ConnectFlow spec={choice.spec} end="destination" onConnected={confirm} onBack={choose} /></Card>
      </>
    );
  }
  return (
    <>
      <PageHeader title={title} sentence={words.sentence} />
      {connectors.error && <ReadFailed title={text.connections.unreadable} message={connectors.error.message} onRetry={() => void connectors.refetch()} />}
      {connectors.data && <Tiles connectors={connectors.data} connections={connections ?? []} chosen={state.destination} practice={practice} onChoice={setChoice} />}
      <Foot onBack={onBack} />
    </>
  );
}

interface TilesProps {
  connectors: ConnectorView[];
  connections: ConnectionView[];
  chosen: string | null;
  practice: boolean;
  onChoice: (choice: Choice) => void;
}

function Tiles({ connectors, connections, chosen, practice, onChoice }: TilesProps) {
  const known = connections.filter(({ role, state }) => role === "destination" && state === "connected");
  const targets = connectors.filter((spec) => spec.is_destination);
  const practised = targets.find((spec) => spec.has_practice);
  useCommands([
    ...targets.map((spec) => ({ id: `setup.to.${spec.id}`, label: text.connections.connect.signIn(spec.name), group: text.setup.title, run: () => onChoice({ kind: "connect", spec }) })),
    ...(practised ? [{ id: "setup.practice", label: words.practice, group: text.setup.title, run: () => onChoice({ kind: "practice", connector: practised.id }) }] : []),
  ]);
  return (
    <>
      {known.length > 0 && (
        <section className={styles.group}>
          <h2>{words.known}</h2>
          <TileGrid label={words.known}>
            {known.map((connection) => (
              <Tile
                key={connection.id}
                picture={<ConnectorLogo connector={connection.connector} />}
                title={connection.name}
                line={connection.account === null ? connection.connector_name : `${connection.connector_name} · ${accountLine(connection.account)}`}
                selected={connection.id === chosen}
                onPress={() => onChoice({ kind: "confirm", connection: connection.id })}
              />
            ))}
          </TileGrid>
        </section>
      )}
      <TileGrid label={words.choices}>
        {targets.map((spec) => <Tile key={spec.id} picture={<ConnectorLogo connector={spec.id} />} title={spec.name} line={spec.tagline} onPress={() => onChoice({ kind: "connect", spec })} />)}
        {practised && (
          <Tile
            picture={<WandIcon size={24} />}
            title={words.practice}
            line={words.practiceLine}
            badge={practice ? <Badge tone="info">{text.setup.startHere}</Badge> : undefined}
            onPress={() => onChoice({ kind: "practice", connector: practised.id })}
          />
        )}
      </TileGrid>
    </>
  );
}
