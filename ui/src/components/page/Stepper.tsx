import { Button } from "react-aria-components";
import { CheckIcon } from "@/components/icons";
import { text } from "@/text/en";
import styles from "./Stepper.module.css";

export type StepMark = "done" | "now" | "later";

export interface Step<Id extends string> {
  id: Id;
  label: string;
  mark: StepMark;
}

interface StepperProps<Id extends string> {
  steps: readonly Step<Id>[];
  /** Going back is always allowed; what is later is not pressed. */
  onGo: (id: Id) => void;
}

export function Stepper<Id extends string>({ steps, onGo }: StepperProps<Id>) {
  return (
    <nav aria-label={text.stepper.steps}>
      <ol className={styles.steps}>
        {steps.map(({ id, label, mark }, at) => (
          <li key={id} className={styles.step} data-mark={mark} aria-current={mark === "now" ? "step" : undefined}>
            <Button className={styles.button ?? ""} isDisabled={mark === "later"} onPress={() => onGo(id)}>
              <span className={styles.disc} aria-hidden="true">{mark === "done" ? <CheckIcon size={12} /> : at + 1}</span>
              {label}
              <span className={styles.mark}>, {text.stepper[mark]}</span>
            </Button>
          </li>
        ))}
      </ol>
    </nav>
  );
}
