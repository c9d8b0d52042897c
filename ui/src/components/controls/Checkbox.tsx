import type { ReactNode } from "react";
import { CheckboxButton, CheckboxField } from "react-aria-components";
import { CheckIcon, MinusIcon } from "@/components/icons";
import { given } from "@/lib/given";
import styles from "./Checkbox.module.css";

interface CheckboxProps {
  checked: boolean;
  /** Some of what it stands for is checked. */
  mixed?: boolean;
  onChange: (checked: boolean) => void;
  disabled?: boolean;
  /** Line below the label. */
  help?: ReactNode;
  children: ReactNode;
}

export function Checkbox({ checked, mixed = false, onChange, disabled = false, help, children }: CheckboxProps) {
  return (
    <CheckboxField isSelected={checked} isIndeterminate={mixed} onChange={onChange} isDisabled={disabled}>
     <CheckboxButton className={styles.checkbox ?? ""}>
      <Box checked={checked} mixed={mixed} />
      <span>
        {children}
        {help !== undefined && <span className={styles.help}>{help}</span>}
      </span>
     </CheckboxButton>
    </CheckboxField>
  );
}

function Box({ checked, mixed }: { checked: boolean; mixed: boolean }) {
  return (
    <span className={styles.box} data-on={checked || mixed || undefined}>
      {mixed ? <MinusIcon size={12} /> : checked && <CheckIcon size={12} />}
    </span>
  );
}

interface BareCheckboxProps {
  checked: boolean;
  mixed?: boolean;
  onChange: (checked: boolean) => void;
  /** Read aloud; nothing is drawn beside the box. */
  label: string;
  /** A table offers its own keys, so its boxes stay out of the tab order. */
  outOfTabOrder?: boolean;
}

/** The box alone, for table rows and headers. */
export function BareCheckbox({ checked, mixed = false, onChange, label, outOfTabOrder = false }: BareCheckboxProps) {
  return (
    <CheckboxField
      aria-label={label}
      isSelected={checked}
      isIndeterminate={mixed}
      onChange={onChange}
      {...given({ excludeFromTabOrder: outOfTabOrder ? true : undefined })}
    >
      <CheckboxButton className={styles.bare ?? ""}>
        <Box checked={checked} mixed={mixed} />
      </CheckboxButton>
    </CheckboxField>
  );
}
