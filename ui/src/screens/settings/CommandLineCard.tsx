import { useRead } from "@/api/client";
import { Code } from "@/components/data/Code";
import { FormRow } from "@/components/fields/FormRow";
import { CopyLine } from "@/screens/connections/CopyLine";
import { text } from "@/text/en";
import styles from "./Settings.module.css";

const words = text.settings.command;

export function CommandLineCard() {
  const { data: about } = useRead("about", {});
  const program = about?.command_line ?? null;
  return (
    <>
      <p className={styles.muted}>{words.line}</p>
      <FormRow title={words.where}>{about && (program === null ? <span>{words.missing}</span> : <CopyLine words={program} label={`${text.common.copy}: ${words.where}`} />)}</FormRow>
      {program !== null && <Code label={words.try} code={`${program} --help\n${program} status`} />}
    </>
  );
}
