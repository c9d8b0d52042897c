import type { ReactNode } from "react";
import { SwitchButton, SwitchField } from "react-aria-components";
import styles from "./Switch.module.css";

interface SwitchProps {
  on: boolean;
  onChange: (on: boolean) => void;
  disabled?: boolean;
  help?: ReactNode;
  children: ReactNode;
}

/** For what takes effect at once. A choice that waits for a button is a Checkbox. */
export function Switch({ on, onChange, disabled = false, help, children }: SwitchProps) {
  return (
    <SwitchField isSelected={on} onChange={onChange} isDisabled={disabled}>
     <SwitchButton className={styles.switch ?? ""}>
      <span className={styles.track}>
        <span className={styles.thumb} />
      </span>
      <span>
        {children}
        {help !== undefined && <span className={styles.help}>{help}</span>}
      </span>
     </SwitchButton>
    </SwitchField>
  );
}
