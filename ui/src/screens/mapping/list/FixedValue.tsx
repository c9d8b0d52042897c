import { useState, type RefObject } from "react";
import { Dialog, Form, Popover } from "react-aria-components";
import type { Field, Value } from "@/api/generated";
import { Button } from "@/components/controls/Button";
import popover from "@/components/overlays/Popover.module.css";
import { text } from "@/text/en";
import { useMapper } from "../mapper";
import styles from "../Mapper.module.css";
import { ValueField } from "../panel/ValueField";
import { emptyValue } from "../model/values";

const words = text.mapping;

interface FixedValueProps {
  field: Field;
  now: Value | undefined;
  anchor: RefObject<HTMLElement | null>;
  onClose: () => void;
}

/** `=` or a double click on an empty row: the same value for every lead. */
export function FixedValue({ field, now, anchor, onClose }: FixedValueProps) {
  const { fixValue } = useMapper();
  const [value, setValue] = useState<Value>(now ?? emptyValue(field));
  return (
    <Popover className={popover.popover ?? ""} triggerRef={anchor} isOpen onOpenChange={(open) => !open && onClose()} placement="bottom start">
      <Dialog aria-label={words.fixedFor(field.label)} className={styles.picker ?? ""}>
        <Form
          className={styles.form ?? ""}
          onSubmit={(event) => {
            event.preventDefault();
            onClose();
            fixValue(field.name, value);
          }}
        >
          {/* It was opened to type into. */}
          {/* eslint-disable-next-line jsx-a11y/no-autofocus */}
          <ValueField label={words.fixedFor(field.label)} help={words.fixedHelp} field={field} value={value} onChange={setValue} autoFocus />
          <Button type="submit" kind="primary">
            {words.keepFixed}
          </Button>
        </Form>
      </Dialog>
    </Popover>
  );
}
