import { Button, Group, Input, NumberField as AriaNumberField } from "react-aria-components";
import { ChevronDownIcon, ChevronUpIcon } from "@/components/icons";
import { cx } from "@/lib/cx";
import { given } from "@/lib/given";
import { text } from "@/text/en";
import { FieldParts, type FieldProps } from "./Field";
import field from "./field.module.css";
import styles from "./NumberField.module.css";

interface NumberFieldProps extends FieldProps {
  /** `undefined` is an empty field. */
  value: number | undefined;
  onChange: (value: number | undefined) => void;
  min?: number;
  max?: number;
  step?: number;
  /** Such as `{ style: "unit", unit: "day" }`. */
  format?: Intl.NumberFormatOptions;
}

export function NumberField({ label, help, error, required = false, disabled = false, value, onChange, min, max, step, format }: NumberFieldProps) {
  return (
    <AriaNumberField
      {...given({ minValue: min, maxValue: max, step, formatOptions: format })}
      className={field.field ?? ""}
      value={value ?? Number.NaN}
      onChange={(next) => onChange(Number.isNaN(next) ? undefined : next)}
      isRequired={required}
      isDisabled={disabled}
      isInvalid={error !== undefined}
      validationBehavior="aria"
    >
      <FieldParts {...{ label, help, error, required }}>
        <Group className={cx(field.input, styles.group)}>
          <Input className={styles.number ?? ""} />
          <span className={styles.steps}>
            <Button slot="increment" className={styles.step ?? ""} aria-label={text.common.increase}>
              <ChevronUpIcon size={12} />
            </Button>
            <Button slot="decrement" className={styles.step ?? ""} aria-label={text.common.decrease}>
              <ChevronDownIcon size={12} />
            </Button>
          </span>
        </Group>
      </FieldParts>
    </AriaNumberField>
  );
}
