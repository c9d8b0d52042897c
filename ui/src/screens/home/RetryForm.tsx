import { useState } from "react";
import { Button } from "@/components/controls/Button";
import { TextField } from "@/components/fields/TextField";
import { text } from "@/text/en";
import styles from "./Home.module.css";
import { readMinutes } from "./readMinutes";

const words = text.sync;

export function RetryForm({ minutes, onSave }: { minutes: number[]; onSave: (minutes: number[]) => void }) {
  const [typed, setTyped] = useState(minutes.join(", "));
  const read = readMinutes(typed);
  const changed = read !== undefined && read.join() !== minutes.join();
  return (
    <div className={styles.row}>
      <TextField label={words.retryMinutes} value={typed} onChange={setTyped} error={read ? undefined : words.retryWrong} />
      <Button disabled={!changed} onPress={() => read && onSave(read)}>{words.retrySave}</Button>
    </div>
  );
}
