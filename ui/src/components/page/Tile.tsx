import type { ReactNode } from "react";
import { Button } from "react-aria-components";
import styles from "./Tile.module.css";

interface TileProps {
  /** A Logo or an icon. */
  picture: ReactNode;
  title: string;
  line: ReactNode;
  /** Small facts: "instant", "checked every 60 s". */
  badge?: ReactNode;
  selected?: boolean;
  disabled?: boolean;
  onPress: () => void;
}

/** One choice of few, with a picture. Stands in a TileGrid. */
export function Tile({ picture, title, line, badge, selected, disabled = false, onPress }: TileProps) {
  return (
    <Button className={styles.tile ?? ""} isDisabled={disabled} onPress={onPress} {...(selected === undefined ? {} : { "aria-pressed": selected })}>
      {picture}
      <span className={styles.words}>
        <span className={styles.title}>{title}</span>
        <span className={styles.line}>{line}</span>
      </span>
      {badge}
    </Button>
  );
}

export function TileGrid({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div role="group" aria-label={label} className={styles.grid}>
      {children}
    </div>
  );
}
