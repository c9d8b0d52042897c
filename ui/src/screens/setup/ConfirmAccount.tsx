import { useState } from "react";
import { useRead, useWrite } from "@/api/client";
import type { ConnectionView, WizardState } from "@/api/generated";
import { useCommands } from "@/app/shortcuts/commands";
import { Button } from "@/components/controls/Button";
import { Banner } from "@/components/feedback/Banner";
import { Select } from "@/components/fields/Select";
import { Card } from "@/components/page/Card";
import { PageHeader } from "@/components/page/PageHeader";
import { AccountPanel } from "@/screens/connections/AccountPanel";
import { listed } from "@/screens/connections/accountWords";
import { text } from "@/text/en";
import type { ChosenDestination } from "./DestinationStep";
import { Foot } from "./Foot";
import styles from "./Setup.module.css";

const words = text.setup.destination;

interface ConfirmAccountProps {
  connection: ConnectionView;
  state: WizardState;
  onChosen: (chosen: ChosenDestination) => void;
  onOther: () => void;
}

/** The account's name, user and rights before anything goes on: the wrong account is caught here. */
export function ConfirmAccount({ connection, state, onChosen, onOther }: ConfirmAccountProps) {
  const { id, account, connector } = connection;
  const { data: connectors } = useRead("connectors", {});
  const objects = connectors?.find((spec) => spec.id === connector)?.objects ?? [];
  const [object, setObject] = useState(state.destination === id ? state.object : null);
  const create = useWrite("create_sync", { quiet: true });
  const forget = useWrite("delete_sync", { quiet: true });
  const wanted = object ?? objects[0]?.id ?? null;
  const unchanged = state.sync !== null && state.destination === id && state.object === wanted;
  const next = () => {
    if (state.source === null || create.isPending || account?.read_only === true) return;
    if (unchanged) return onChosen({ destination: id, object: wanted, sync: state.sync });
    create.mutate(
      { name: null, source: state.source, destination: id, object: wanted },
      {
        onSuccess: ({ sync }) => {
          // The draft for another destination is of no use any more.
          if (state.sync !== null) forget.mutate({ id: state.sync });
          onChosen({ destination: id, object: wanted, sync });
        },
      },
    );
  };
  useCommands([{ id: "setup.next", label: words.next, group: text.setup.title, shortcut: "app.primary", run: next }]);
  return (
    <>
      <PageHeader title={text.setup.steps.destination} sentence={words.connectedSentence(account?.name ?? connection.name)} />
      <Card>
        <div className={styles.form}>
          <AccountPanel connection={connection} />
          {account && !account.read_only && account.may_not.length > 0 && <Banner tone="info" title={text.connections.missingTitle(listed(account.may_not))} line={text.connections.missingLine} />}
          {objects.length > 1 && wanted !== null && (
            <div className={styles.choices}><Select label={words.object} value={wanted} onChange={setObject} options={objects.map((one) => ({ value: one.id, label: one.name }))} /></div>
          )}
          {create.error && <Banner tone="bad" title={create.error.message} />}
        </div>
      </Card>
      <Foot back={text.connections.connect.wrongAccount} onBack={onOther}>
        <Button kind="primary" size="large" busy={create.isPending} disabled={account?.read_only === true} onPress={next}>{words.next}</Button>
      </Foot>
    </>
  );
}
