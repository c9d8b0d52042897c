import { Button, ListBox, Popover, Select as AriaSelect, SelectValue } from "react-aria-components";
import { ChevronDownIcon } from "@/components/icons";
import { cx } from "@/lib/cx";
import { given } from "@/lib/given";
import { FieldParts, type FieldProps } from "./Field";
import field from "./field.module.css";
import { OptionRow, type Option } from "./Option";
import options from "./options.module.css";
import styles from "./Select.module.css";

interface SelectProps<Value extends string> extends FieldProps {
  value: Value | undefined;
  onChange: (value: Value) => void;
  options: readonly Option<Value>[];
  placeholder?: string;
}

/** Seven to about thirty choices. Fewer are a RadioGroup, more are a ComboBox. */
export function Select<Value extends string>({ label, help, error, required = false, disabled = false, value, onChange, options: choices, placeholder }: SelectProps<Value>) {
  return (
    <AriaSelect
      {...given({ placeholder })}
      className={field.field ?? ""}
      value={value ?? null}
      onChange={(key) => {
        if (key !== null) onChange(key as Value);
      }}
      isRequired={required}
      isDisabled={disabled}
      isInvalid={error !== undefined}
      validationBehavior="aria"
    >
      <FieldParts {...{ label, help, error, required }}>
        <Button className={cx(field.input, styles.button)}>
          <SelectValue className={styles.value ?? ""}>{({ isPlaceholder, selectedText, defaultChildren }) => (isPlaceholder ? defaultChildren : selectedText)}</SelectValue>
          <ChevronDownIcon size={14} />
        </Button>
      </FieldParts>
      <Popover className={options.popover ?? ""} offset={4}>
        <ListBox className={options.list ?? ""} items={choices.map((option) => ({ ...option, id: option.value }))}>
          {(option) => <OptionRow option={option} />}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}
