import { useState } from "react";
import { useRead } from "@/api/client";
import { Button } from "@/components/controls/Button";
import { SearchField } from "@/components/fields/SearchField";
import { TextArea } from "@/components/fields/TextArea";
import { fold } from "@/components/fields/matching";
import { text } from "@/text/en";
import { useMapper } from "../mapper";
import styles from "./Panel.module.css";

const words = text.mapping;

interface FormulaEditorProps {
  target: string;
  expression: string;
  onChange: (expression: string) => void;
}

/** One expression, its error in words, and every function there is. The sample's result stands below, with the steps. */
export function FormulaEditor({ target, expression, onChange }: FormulaEditorProps) {
  const { check } = useMapper();
  const { data: functions } = useRead("functions", {});
  const [query, setQuery] = useState("");
  const wrong = check?.problems.find((problem) => problem.target === target && problem.code === "bad_formula");
  const shown = functions?.filter(({ name, help, signature }) => fold(`${name} ${signature} ${help}`).includes(fold(query))) ?? [];
  return (
    <div className={styles.stack}>
      <TextArea label={words.expression} help={words.expressionHelp} error={wrong?.message} value={expression} onChange={onChange} rows={3} code />
      <details className={styles.help}>
        <summary>{words.functions}</summary>
        <SearchField label={words.filterFunctions} value={query} onChange={setQuery} />
        <ul className={styles.functions}>
          {shown.map(({ name, signature, help, example, gives }) => (
            <li key={name}>
              <span className={styles.line}>
                <code>{signature}</code>
                <Button kind="quiet" aria-label={words.insert(name)} onPress={() => onChange(`${expression}${expression === "" ? "" : " "}${example}`)}>
                  {words.insert(name)}
                </Button>
              </span>
              <span>{help}</span>
              <span className={styles.quiet}>{words.gives(example, gives)}</span>
            </li>
          ))}
        </ul>
      </details>
    </div>
  );
}
