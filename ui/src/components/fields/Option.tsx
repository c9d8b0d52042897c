import { ListBoxItem } from "react-aria-components";
import { CheckIcon } from "@/components/icons";
import styles from "./options.module.css";

export interface Option<Value extends string = string> {
  value: Value;
  label: string;
  /** Quieter, at the end of the row: an internal name, a count. Searched too. */
  detail?: string;
  disabled?: boolean;
}

export function OptionRow({ option }: { option: Option }) {
  return (
    <ListBoxItem id={option.value} textValue={option.label} isDisabled={option.disabled ?? false} className={styles.option ?? ""}>
      {({ isSelected }) => (
        <>
          <span className={styles.words}>{option.label}</span>
          {option.detail !== undefined && <span className={styles.detail}>{option.detail}</span>}
          {isSelected && <CheckIcon size={14} className={styles.tick ?? ""} />}
        </>
      )}
    </ListBoxItem>
  );
}
