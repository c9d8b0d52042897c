import { useState } from "react";
import { useWrite } from "@/api/client";
import { Button } from "@/components/controls/Button";
import { toasts } from "@/components/feedback/toasts";
import { TextField } from "@/components/fields/TextField";
import { text } from "@/text/en";
import styles from "./Connections.module.css";

const words = text.connections;

export function RenameForm({ id, name }: { id: string; name: string }) {
  const [typed, setTyped] = useState(name);
  const change = useWrite("change_connection");
  const fits = typed.trim() !== "" && typed.trim() !== name;
  return (
    <form
      className={styles.rename}
      onSubmit={(event) => {
        event.preventDefault();
        if (fits) change.mutate({ id, name: typed.trim(), settings: [] }, { onSuccess: () => toasts.show({ words: words.renamed }) });
      }}
    >
      <TextField label={words.name} value={typed} onChange={setTyped} />
      <Button type="submit" disabled={!fits} busy={change.isPending}>{words.saveName}</Button>
    </form>
  );
}
