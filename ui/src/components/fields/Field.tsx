import type { ReactNode } from "react";
import { FieldError, Label, Text } from "react-aria-components";
import { WarningIcon } from "@/components/icons";
import { text } from "@/text/en";
import styles from "./field.module.css";

/** What every field has around its control. */
export interface FieldProps {
  label: string;
  /** Shown below, always; what a person needs to know before typing. */
  help?: ReactNode;
  /** Cause and way out: "Leave out the spaces." Its presence marks the field. */
  error?: string | undefined;
  required?: boolean;
  disabled?: boolean;
}

type Parts = Pick<FieldProps, "label" | "help" | "error" | "required"> & { children: ReactNode };

/** Label above, help and error below, all tied to the control by the field around it. */
export function FieldParts({ label, help, error, required = false, children }: Parts) {
  return (
    <>
      <Label className={styles.label ?? ""}>
        {label}
        {required && <span className={styles.requirement}>({text.common.required})</span>}
      </Label>
      {children}
      {help !== undefined && (
        <Text slot="description" className={styles.help ?? ""}>
          {help}
        </Text>
      )}
      <FieldError className={styles.error ?? ""}>
        <WarningIcon size={14} />
        {error}
      </FieldError>
    </>
  );
}
