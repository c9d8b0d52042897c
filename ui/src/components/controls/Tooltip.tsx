import type { ReactNode } from "react";
import { Tooltip as AriaTooltip, TooltipTrigger, type TooltipProps as AriaTooltipProps } from "react-aria-components";
import { KeyHint } from "./KeyHint";
import styles from "./Tooltip.module.css";

interface TooltipProps extends Pick<AriaTooltipProps, "placement"> {
  words: ReactNode;
  /** Keys to show behind the words, as in "Mod+K". */
  keys?: string | undefined;
  /** One of our buttons, or another element of react-aria. */
  children: ReactNode;
}

/** Says more on hover and on focus; never the only place where something is said. */
export function Tooltip({ words, keys, placement = "top", children }: TooltipProps) {
  return (
    <TooltipTrigger delay={500} closeDelay={100}>
      {children}
      <AriaTooltip className={styles.tooltip ?? ""} offset={6} placement={placement}>
        {words}
        {keys !== undefined && <KeyHint keys={keys} tone="onTooltip" />}
      </AriaTooltip>
    </TooltipTrigger>
  );
}
