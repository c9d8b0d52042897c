import type { Problem } from "@/api/generated";
import { Button } from "@/components/controls/Button";
import { EmptyState } from "@/components/feedback/EmptyState";
import { FailedIcon, SyncedIcon, WarningIcon } from "@/components/icons";
import { SidePanel } from "@/components/overlays/SidePanel";
import { text } from "@/text/en";
import { useMapper } from "../mapper";
import { stepsWords } from "../model/words";
import styles from "./Panel.module.css";

const words = text.mapping;

/** Everything that needs the person, the worst first, each with what one click does about it. */
export function ProblemsPanel() {
  const { check, open } = useMapper();
  const problems = check?.problems ?? [];
  return (
    <SidePanel title={words.problemsTitle} onClose={() => open(undefined)}>
      {problems.length === 0 && <EmptyState icon={SyncedIcon} title={words.noProblems} line={words.marks.ok} />}
      <ul className={styles.pairs}>
        {problems.map((problem) => (
          <Item key={`${problem.code} ${problem.target ?? ""} ${problem.message}`} problem={problem} />
        ))}
      </ul>
    </SidePanel>
  );
}

function Item({ problem }: { problem: Problem }) {
  const { view, clear, addSteps, open, goTo } = useMapper();
  const { target, fix, severity, message } = problem;
  const label = (name: string) => view.schema.fields.find((field) => field.name === name)?.label ?? name;
  const Mark = severity === "error" ? FailedIcon : WarningIcon;
  const look = (name: string) => {
    goTo(name);
    open({ about: "rule", target: name });
  };
  return (
    <li className={styles.problem}>
      <span className={severity === "error" ? styles.bad : styles.warn}>
        <Mark />
        <span className={styles.hidden}>{words.marks[severity]}</span>
      </span>
      <p>{message}</p>
      <span className={styles.buttons}>
        {fix?.do === "add_steps" && target !== null && <Button kind="primary" onPress={() => addSteps(target, fix.transforms)}>{words.fixes.add_steps(stepsWords(fix.transforms))}</Button>}
        {fix?.do === "remove_rule" && target !== null && <Button kind="primary" onPress={() => clear(target)}>{words.fixes.remove_rule}</Button>}
        {fix?.do === "add_rule" && <Button kind="primary" onPress={() => look(fix.target)}>{words.fixes.add_rule(label(fix.target))}</Button>}
        {fix?.do === "translate_values" && target !== null && (
          <Button kind="primary" onPress={() => { goTo(target); open({ about: "picklist", target }); }}>
            {words.fixes.translate_values(fix.values.length)}
          </Button>
        )}
        {target !== null && fix?.do !== "add_rule" && <Button kind="quiet" onPress={() => look(target)}>{words.goTo(label(target))}</Button>}
      </span>
    </li>
  );
}
