import { useState } from "react";
import { Button } from "@/components/controls/Button";
import { TextField } from "@/components/fields/TextField";
import { text } from "@/text/en";
import styles from "./PublicAddress.module.css";

const words = text.settings.network;

/** The address from which this computer is reached from outside. Half typed it is of no use, so it waits for its button. */
export function PublicAddress({ url, onSave }: { url: string | null; onSave: (url: string | null) => void }) {
  const [typed, setTyped] = useState(url ?? "");
  const wrong = typed !== "" && !(typed.startsWith("https://") && URL.canParse(typed));
  return (
    <div className={styles.line}>
      <TextField label={words.urlLabel} type="url" value={typed} onChange={setTyped} error={wrong ? words.urlWrong : undefined} />
      <Button disabled={wrong || typed === (url ?? "")} onPress={() => onSave(typed === "" ? null : typed)}>{words.save}</Button>
    </div>
  );
}
