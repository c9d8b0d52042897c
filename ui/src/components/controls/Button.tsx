import type { ReactNode } from "react";
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from "react-aria-components";
import type { Icon } from "@/components/icons";
import { cx } from "@/lib/cx";
import { text } from "@/text/en";
import { Spinner } from "./Spinner";
import styles from "./Button.module.css";

export interface ButtonProps extends Pick<AriaButtonProps, "onPress" | "autoFocus" | "type" | "aria-label" | "aria-describedby" | "aria-haspopup" | "aria-expanded" | "slot" | "form"> {
  /** Primary once per view; danger only for what cannot be undone. */
  kind?: "primary" | "secondary" | "quiet" | "danger";
  size?: "normal" | "large";
  icon?: Icon;
  /** Such as a chevron for a menu. */
  iconAfter?: Icon;
  /** The action is under way: keeps its place and its focus, and does nothing more. */
  busy?: boolean;
  disabled?: boolean;
  /** Verb and object: "Sign in again", "Create 812 and update 341". */
  children: ReactNode;
}

export function Button({ kind = "secondary", size = "normal", icon: Before, iconAfter: After, busy = false, disabled = false, children, ...rest }: ButtonProps) {
  return (
    <AriaButton {...rest} className={cx(styles.button, styles[kind], styles[size])} isDisabled={disabled} isPending={busy}>
      {busy ? <Spinner label={text.common.busy} /> : Before && <Before />}
      <span className={styles.label}>{children}</span>
      {After && <After size={14} />}
    </AriaButton>
  );
}
