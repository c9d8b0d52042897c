import { useState } from "react";
import { Button } from "@/components/controls/Button";
import { IconButton } from "@/components/controls/IconButton";
import { TextField } from "@/components/fields/TextField";
import { DeleteIcon, PlusIcon } from "@/components/icons";
import { text } from "@/text/en";
import styles from "../Connections.module.css";
import { pairsFrom, pairsText } from "./pairs";

const words = text.connections.connect;

interface PairsFieldProps {
  label: string;
  help: string;
  /** One JSON object, as the engine keeps pairs. */
  value: string;
  onChange: (value: string) => void;
}

/** Lines of name and value, such as headers. */
export function PairsField({ label, help, value, onChange }: PairsFieldProps) {
  const [lines, setLines] = useState(() => pairsFrom(value));
  const put = (next: [string, string][]) => {
    setLines(next);
    onChange(pairsText(next));
  };
  const edit = (at: number, line: [string, string]) => put(lines.map((old, place) => (place === at ? line : old)));
  return (
    <fieldset className={styles.group} data-plain>
      <legend>{label}</legend>
      <p className={styles.muted}>{help}</p>
      {lines.map(([name, held], at) => (
        <div key={at} className={styles.pair}>
          <TextField label={words.pairName} value={name} onChange={(next) => edit(at, [next, held])} />
          <TextField label={words.pairValue} value={held} onChange={(next) => edit(at, [name, next])} />
          <IconButton icon={DeleteIcon} label={words.removePair(name)} onPress={() => put(lines.filter((_, place) => place !== at))} />
        </div>
      ))}
      <div>
        <Button kind="quiet" icon={PlusIcon} onPress={() => setLines([...lines, ["", ""]])}>{words.addPair}</Button>
      </div>
    </fieldset>
  );
}
