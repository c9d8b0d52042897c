import { useMemo } from "react";
import { cx } from "@/lib/cx";
import styles from "./Logo.module.css";

interface LogoProps {
  /** The vendor's drawing, as given. */
  svg: string;
  /** The vendor's name; empty when it stands beside the logo anyway. */
  name: string;
  size?: "small" | "medium" | "large";
}

/**
 * A vendor's logo on a neutral plate. Shown as an image, where scripts and outside references inside the drawing are
 * dead: the text comes from a connector's folder and is still not trusted with our page.
 */
export function Logo({ svg, name, size = "medium" }: LogoProps) {
  const source = useMemo(() => `data:image/svg+xml,${encodeURIComponent(svg)}`, [svg]);
  return (
    <span className={cx(styles.plate, styles[size])}>
      <img src={source} alt={name} className={styles.image} draggable={false} />
    </span>
  );
}
