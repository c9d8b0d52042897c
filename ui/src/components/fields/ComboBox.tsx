import { useMemo, useState } from "react";
import { Button, ComboBox as AriaComboBox, Group, Input, ListBox, ListLayout, Popover, Virtualizer } from "react-aria-components";
import { ChevronDownIcon } from "@/components/icons";
import { cx } from "@/lib/cx";
import { given } from "@/lib/given";
import { text } from "@/text/en";
import { FieldParts, type FieldProps } from "./Field";
import field from "./field.module.css";
import { OptionRow, type Option } from "./Option";
import { matching } from "./matching";
import options from "./options.module.css";
import styles from "./ComboBox.module.css";

interface ComboBoxProps<Value extends string> extends FieldProps {
  value: Value | undefined;
  onChange: (value: Value | undefined) => void;
  options: readonly Option<Value>[];
  placeholder?: string;
}

/** The layout keeps the distance to the edges: as padding of the list it would make each row wider than the list. */
const layout = { rowHeight: 30, padding: 4 };

/** Searchable, and drawn only where it is looked at: made for hundreds of fields. Finds labels and internal names. */
export function ComboBox<Value extends string>({ label, help, error, required = false, disabled = false, value, onChange, options: choices, placeholder }: ComboBoxProps<Value>) {
  const chosen = choices.find((option) => option.value === value);
  const [typed, setTyped] = useState<string>();
  const query = typed ?? "";
  const shown = useMemo(() => matching(choices, query).map((option) => ({ ...option, id: option.value })), [choices, query]);
  return (
    <AriaComboBox
      {...given({ disabledKeys: choices.some((option) => option.disabled) ? choices.filter((option) => option.disabled).map((option) => option.value) : undefined })}
      className={field.field ?? ""}
      items={shown}
      value={value ?? null}
      inputValue={typed ?? chosen?.label ?? ""}
      onInputChange={(next) => {
        // The library also reports what it wrote itself; only what differs from the choice is a search.
        setTyped(next === chosen?.label ? undefined : next);
        if (next === "" && value !== undefined) onChange(undefined);
      }}
      onChange={(key) => {
        setTyped(undefined);
        if (key !== null) onChange(key as Value);
      }}
      onOpenChange={(open) => {
        if (!open) setTyped(undefined);
      }}
      allowsEmptyCollection
      menuTrigger="focus"
      isRequired={required}
      isDisabled={disabled}
      isInvalid={error !== undefined}
      validationBehavior="aria"
    >
      <FieldParts {...{ label, help, error, required }}>
        <Group className={cx(field.input, styles.group)}>
          <Input className={styles.input ?? ""} spellCheck="false" {...given({ placeholder })} />
          <Button className={styles.open ?? ""} aria-label={text.common.showOptions}>
            <ChevronDownIcon size={14} />
          </Button>
        </Group>
      </FieldParts>
      <Popover className={options.popover ?? ""} offset={4}>
        <Virtualizer layout={ListLayout} layoutOptions={layout}>
          <ListBox
            className={cx(options.list, options.drawn, shown.length > 8 ? options.virtual : options.few)}
            items={shown}
            renderEmptyState={() => <p className={options.nothing}>{text.common.nothingMatches(query)}</p>}
          >
            {(option: Option) => <OptionRow option={option} />}
          </ListBox>
        </Virtualizer>
      </Popover>
    </AriaComboBox>
  );
}
