import { useState } from "react";
import { useRead, useWrite } from "@/api/client";
import type { ConnectionView, OAuthStatus, PracticeView, Weather } from "@/api/generated";
import { useCommands } from "@/app/shortcuts/commands";
import { Button } from "@/components/controls/Button";
import { Switch } from "@/components/controls/Switch";
import { Badge } from "@/components/data/Badge";
import { toasts } from "@/components/feedback/toasts";
import { FormRow } from "@/components/fields/FormRow";
import { NumberField } from "@/components/fields/NumberField";
import { Card } from "@/components/page/Card";
import { ConnectorLogo } from "@/screens/shared/ConnectorLogo";
import { text } from "@/text/en";
import { OAuthWait } from "./connect/OAuthWait";
import styles from "./Connections.module.css";

const words = text.connections.practice;
type Switchable = keyof typeof words.switches;
const switchables = Object.keys(words.switches) as Switchable[];
/** What happens once, when asked for, and reads back as off. */
type Happening = keyof typeof words.events;
const happenings = Object.keys(words.events) as Happening[];

/** CRMs of this computer: what they hold, and the bad days they can have. */
export function PracticePanel() {
  const { data } = useRead("practice", {});
  return data?.map((one) => <PracticeCard key={one.dialect} practice={one} />);
}

function PracticeCard({ practice }: { practice: PracticeView }) {
  const { connector, name, running, records } = practice;
  const start = useWrite("start_practice");
  const stop = useWrite("stop_practice");
  const connect = useWrite("connect_practice");
  const [flow, setFlow] = useState<OAuthStatus>();
  // Practice CRMs are addressed by their connector's word.
  const id = connector;
  const turn = () => (running ? stop.mutate({ id }) : start.mutate({ id }));
  const join = () => connect.mutate({ id }, { onSuccess: setFlow });
  const turnLabel = running ? words.stop : words.start;
  useCommands([
    { id: `practice.turn.${id}`, label: words.of(name, turnLabel), group: text.connections.title, run: turn },
    ...(running ? [{ id: `practice.connect.${id}`, label: words.of(name, words.connect), group: text.connections.title, run: join }] : []),
  ]);
  const connected = (connection: ConnectionView) => {
    setFlow(undefined);
    toasts.show({ words: text.connections.connect.connected(connection.name) });
  };
  return (
    <Card
      title={words.title}
      actions={
        <span className={styles.actions}>
          <Button busy={start.isPending || stop.isPending} onPress={turn}>{turnLabel}</Button>
          {running && <Button busy={connect.isPending} onPress={join}>{words.connect}</Button>}
        </span>
      }
    >
      <div className={styles.account}>
        <ConnectorLogo connector={connector} />
        <div>
          <p className={styles.strong}>{name} <Badge tone={running ? "ok" : "wait"}>{running ? words.running : words.stopped}</Badge></p>
          <p className={styles.muted}>{running && records.length > 0 ? records.map(({ object, count }) => words.records(count, object)).join(", ") : words.line}</p>
        </div>
      </div>
      {flow && <OAuthWait flow={flow} name={name} onConnected={connected} onRetry={join} onCancel={() => setFlow(undefined)} />}
      {running && <WeatherForm practice={practice} />}
    </Card>
  );
}

function WeatherForm({ practice: { connector, dialect, name, weather } }: { practice: PracticeView }) {
  const change = useWrite("set_weather");
  const set = (part: Partial<Weather>) => change.mutate({ dialect, weather: { ...weather, ...part } });
  const happen = (event: Happening) =>
    change.mutate({ dialect, weather: { ...weather, [event]: true } }, { onSuccess: () => toasts.show({ words: words.happened[event](name), tone: "info" }) });
  useCommands(happenings.map((event) => ({ id: `practice.${event}.${connector}`, label: words.of(name, words.events[event]), group: text.connections.title, run: () => happen(event) })));
  return (
    <FormRow title={words.weather} line={words.weatherLine}>
      <div className={styles.weather}>
        {switchables.map((part) => <Switch key={part} on={weather[part]} onChange={(on) => set({ [part]: on })}>{words.switches[part]}</Switch>)}
      </div>
      <div className={styles.actions}>
        {happenings.map((event) => <Button key={event} onPress={() => happen(event)}>{words.events[event]}</Button>)}
      </div>
      <NumberField label={words.delay} min={0} max={60_000} step={100} value={weather.delay_ms} onChange={(delay) => set({ delay_ms: delay ?? 0 })} />
    </FormRow>
  );
}
