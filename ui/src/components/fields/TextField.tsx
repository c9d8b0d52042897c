import { Input, TextField as AriaTextField } from "react-aria-components";
import { given } from "@/lib/given";
import { FieldParts, type FieldProps } from "./Field";
import styles from "./field.module.css";

interface TextFieldProps extends FieldProps {
  value: string;
  onChange: (value: string) => void;
  onBlur?: () => void;
  placeholder?: string;
  type?: "text" | "email" | "url" | "tel" | "password";
  autoFocus?: boolean;
  maxLength?: number;
  readOnly?: boolean;
}

export function TextField(props: TextFieldProps) {
  const { label, help, error, required = false, disabled = false, value, onChange, onBlur, placeholder, type = "text", autoFocus, maxLength, readOnly } = props;
  return (
    <AriaTextField
      {...given({ onBlur, autoFocus, maxLength, isReadOnly: readOnly })}
      className={styles.field ?? ""}
      value={value}
      onChange={onChange}
      type={type}
      isRequired={required}
      isDisabled={disabled}
      isInvalid={error !== undefined}
      validationBehavior="aria"
    >
      <FieldParts {...{ label, help, error, required }}>
        <Input className={styles.input ?? ""} autoComplete="off" spellCheck="false" {...given({ placeholder })} />
      </FieldParts>
    </AriaTextField>
  );
}
