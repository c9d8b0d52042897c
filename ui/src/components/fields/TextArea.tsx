import { TextArea as AriaTextArea, TextField as AriaTextField } from "react-aria-components";
import { cx } from "@/lib/cx";
import { given } from "@/lib/given";
import { FieldParts, type FieldProps } from "./Field";
import field from "./field.module.css";
import styles from "./TextArea.module.css";

interface TextAreaProps extends FieldProps {
  value: string;
  onChange: (value: string) => void;
  rows?: number;
  placeholder?: string;
  /** For formulas and JSON. */
  code?: boolean;
}

export function TextArea({ label, help, error, required = false, disabled = false, value, onChange, rows = 4, placeholder, code = false }: TextAreaProps) {
  return (
    <AriaTextField
      className={field.field ?? ""}
      value={value}
      onChange={onChange}
      isRequired={required}
      isDisabled={disabled}
      isInvalid={error !== undefined}
      validationBehavior="aria"
    >
      <FieldParts {...{ label, help, error, required }}>
        <AriaTextArea className={cx(field.input, styles.area, code && styles.code)} rows={rows} spellCheck={code ? "false" : "true"} {...given({ placeholder })} />
      </FieldParts>
    </AriaTextField>
  );
}
