import type { ReactNode } from "react";

export interface IconProps {
  /** Side length in px; the stroke keeps 1.5 on the 24 grid. */
  size?: 12 | 14 | 16 | 20 | 24 | 32;
  className?: string;
}

export type Icon = (props: IconProps) => ReactNode;

/** An icon of our set. Always decorative: the word beside it, or the button's name, says what it means. */
export function icon(drawing: ReactNode): Icon {
  return function DrawnIcon({ size = 16, className }: IconProps) {
    return (
      <svg
        className={className}
        width={size}
        height={size}
        viewBox="0 0 24 24"
        fill="none"
        stroke="currentColor"
        strokeWidth={1.5}
        strokeLinecap="round"
        strokeLinejoin="round"
        aria-hidden="true"
        focusable="false"
        style={{ flex: "none" }}
      >
        {drawing}
      </svg>
    );
  };
}
