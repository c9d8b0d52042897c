import type { ReactNode } from "react";
import { Label, RadioButton, RadioField, RadioGroup as AriaRadioGroup } from "react-aria-components";
import styles from "./RadioGroup.module.css";

export interface Choice<Value extends string> {
  value: Value;
  label: ReactNode;
  help?: ReactNode;
  disabled?: boolean;
}

interface RadioGroupProps<Value extends string> {
  label: string;
  value: Value;
  onChange: (value: Value) => void;
  choices: readonly Choice<Value>[];
  disabled?: boolean;
}

/** Two to six choices, all in view. More is a Select. */
export function RadioGroup<Value extends string>({ label, value, onChange, choices, disabled = false }: RadioGroupProps<Value>) {
  return (
    <AriaRadioGroup className={styles.group ?? ""} value={value} onChange={(next) => onChange(next as Value)} isDisabled={disabled}>
      <Label className={styles.label ?? ""}>{label}</Label>
      {choices.map((choice) => (
        <RadioField key={choice.value} value={choice.value} isDisabled={choice.disabled ?? false}>
         <RadioButton className={styles.radio ?? ""}>
          <span className={styles.ring} />
          <span>
            {choice.label}
            {choice.help !== undefined && <span className={styles.help}>{choice.help}</span>}
          </span>
         </RadioButton>
        </RadioField>
      ))}
    </AriaRadioGroup>
  );
}
