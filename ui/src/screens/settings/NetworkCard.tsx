import { useState } from "react";
import { Button } from "@/components/controls/Button";
import { FormRow } from "@/components/fields/FormRow";
import { NumberField } from "@/components/fields/NumberField";
import { PublicAddress } from "@/screens/shared/PublicAddress";
import { text } from "@/text/en";
import type { CardProps } from "./cards";
import styles from "./Settings.module.css";

const words = text.settings.network;

/** Where senders reach this computer. An address half typed is of no use, so both wait for their button. */
export function NetworkCard({ settings, change }: CardProps) {
  const { receiver_port: port, receiver_public_url: url } = settings;
  return (
    <>
      <FormRow title={words.port} line={words.portLine}><Port key={port} port={port} onSave={(receiver_port) => change({ receiver_port })} /></FormRow>
      <FormRow title={words.url} line={words.urlLine}><PublicAddress key={url} url={url} onSave={(receiver_public_url) => change({ receiver_public_url })} /></FormRow>
    </>
  );
}

function Port({ port, onSave }: { port: number | null; onSave: (port: number | null) => void }) {
  const [typed, setTyped] = useState(port ?? undefined);
  return (
    <div className={styles.line}>
      <NumberField label={words.portLabel} help={words.portHelp} min={1024} max={65_535} value={typed} onChange={setTyped} format={{ useGrouping: false }} />
      <Button disabled={(typed ?? null) === port} onPress={() => onSave(typed ?? null)}>{words.save}</Button>
    </div>
  );
}
