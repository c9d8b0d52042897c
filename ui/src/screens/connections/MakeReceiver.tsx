import { useState } from "react";
import { useRead, useWrite } from "@/api/client";
import type { ReceiverView } from "@/api/generated";
import { Button } from "@/components/controls/Button";
import { RadioGroup } from "@/components/controls/RadioGroup";
import { Banner } from "@/components/feedback/Banner";
import { Skeleton } from "@/components/feedback/Skeleton";
import { Select } from "@/components/fields/Select";
import { TextField } from "@/components/fields/TextField";
import { text } from "@/text/en";
import styles from "./Connections.module.css";
import { ReceiverPanel } from "./ReceiverPanel";

const words = text.connections.receiver;
const FEW = 6;

/** Makes a receiver, then shows its address and, this once, its secret. */
export function MakeReceiver({ onMade, done = words.done }: { onMade: (receiver: ReceiverView) => void; done?: string }) {
  const { data: kinds, error } = useRead("receiver_kinds", {});
  const { data: receivers } = useRead("receivers", {});
  const create = useWrite("create_receiver", { quiet: true });
  const [name, setName] = useState<string>(words.defaultName);
  const [auth, setAuth] = useState<string>();
  const [secret, setSecret] = useState("");
  const [options, setOptions] = useState<Record<string, string>>({});
  const made = create.data;
  if (made) {
    const now = receivers?.find(({ id }) => id === made.id) ?? made;
    return (
      <div className={styles.group}>
        <ReceiverPanel receiver={now} secret={made.secret} />
        <div className={styles.actions}><Button kind="primary" onPress={() => onMade(now)}>{done}</Button></div>
      </div>
    );
  }
  if (!kinds) return error ? <Banner tone="bad" title={error.message} /> : <Skeleton label={text.app.loading} lines={4} />;
  const kind = kinds.find(({ id }) => id === auth) ?? kinds[0];
  if (!kind) return null;
  const ready = name.trim() !== "" && (!kind.secret_given || secret !== "");
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (!ready) return;
        const given = Object.entries(options).filter(([option, value]) => kind.options.includes(option) && value !== "");
        create.mutate({ name: name.trim(), auth: kind.id, secret: kind.secret_given ? secret : null, options: given.map(([option, value]) => ({ name: option, value })) });
      }}
    >
      <TextField label={words.name} required value={name} onChange={setName} />
      {kinds.length <= FEW ? (
        <RadioGroup label={words.kind} value={kind.id} onChange={setAuth} choices={kinds.map(({ id, label, help }) => ({ value: id, label, help }))} />
      ) : (
        <Select label={words.kind} help={kind.help} value={kind.id} onChange={setAuth} options={kinds.map(({ id, label }) => ({ value: id, label }))} />
      )}
      {kind.secret_given && <TextField label={words.givenSecret} help={words.givenSecretHelp} type="password" required value={secret} onChange={setSecret} />}
      {kind.options.map((option) => <TextField key={option} label={words.option[option] ?? option} value={options[option] ?? ""} onChange={(value) => setOptions({ ...options, [option]: value })} />)}
      {create.error && <Banner tone="bad" title={create.error.message} />}
      <div className={styles.actions}><Button kind="primary" type="submit" busy={create.isPending} disabled={!ready}>{words.create}</Button></div>
    </form>
  );
}
