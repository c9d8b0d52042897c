import { Button as AriaButton, type ButtonProps as AriaButtonProps } from "react-aria-components";
import type { Icon } from "@/components/icons";
import { cx } from "@/lib/cx";
import { Tooltip } from "./Tooltip";
import styles from "./IconButton.module.css";

export interface IconButtonProps extends Pick<AriaButtonProps, "onPress" | "slot" | "aria-expanded" | "aria-pressed" | "aria-haspopup" | "excludeFromTabOrder"> {
  icon: Icon;
  /** The name, for everybody: read aloud and shown as tooltip. */
  label: string;
  keys?: string | undefined;
  disabled?: boolean;
  tone?: "normal" | "danger";
}

/** Only where words do not fit: row menus, closing, stepping. */
export function IconButton({ icon: Drawing, label, keys, disabled = false, tone = "normal", ...rest }: IconButtonProps) {
  return (
    <Tooltip words={label} keys={keys}>
      <AriaButton {...rest} aria-label={label} isDisabled={disabled} className={cx(styles.button, styles[tone])}>
        <Drawing />
      </AriaButton>
    </Tooltip>
  );
}
