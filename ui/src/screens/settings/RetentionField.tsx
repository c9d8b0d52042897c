import { useState } from "react";
import { Button } from "@/components/controls/Button";
import { NumberField } from "@/components/fields/NumberField";
import { text } from "@/text/en";
import styles from "./Settings.module.css";

const words = text.settings;
const SHORTEST = 7;
const LONGEST = 3_650;

/** Days of history. Deletes, so it waits for its button instead of following every digit. */
export function RetentionField({ days, onChange }: { days: number; onChange: (days: number) => void }) {
  const [typed, setTyped] = useState<number | undefined>(days);
  return (
    <div className={styles.line}>
      <NumberField label={words.data.days} min={SHORTEST} max={LONGEST} value={typed} onChange={setTyped} />
      <Button disabled={typed === undefined || typed === days} onPress={() => { if (typed !== undefined) onChange(typed); }}>{words.network.save}</Button>
    </div>
  );
}
