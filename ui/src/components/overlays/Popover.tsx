import type { ReactElement, ReactNode } from "react";
import { Dialog, DialogTrigger, Popover as AriaPopover, type PopoverProps as AriaPopoverProps } from "react-aria-components";
import styles from "./Popover.module.css";

interface PopoverProps extends Pick<AriaPopoverProps, "placement"> {
  /** The button that opens it. */
  trigger: ReactElement;
  /** The name of what opens, for screen readers. */
  label: string;
  children: ReactNode | ((close: () => void) => ReactNode);
}

/** A small form or explanation next to what it is about. */
export function Popover({ trigger, label, placement = "bottom start", children }: PopoverProps) {
  return (
    <DialogTrigger>
      {trigger}
      <AriaPopover className={styles.popover ?? ""} placement={placement} offset={4}>
        <Dialog aria-label={label} className={styles.dialog ?? ""}>
          {({ close }) => (typeof children === "function" ? children(close) : children)}
        </Dialog>
      </AriaPopover>
    </DialogTrigger>
  );
}
