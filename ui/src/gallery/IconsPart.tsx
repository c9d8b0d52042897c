import * as everyIcon from "@/components/icons";
import type { Icon } from "@/components/icons";
import { Shelf } from "./Shelf";
import styles from "./Shelf.module.css";

const icons = Object.entries(everyIcon).filter(([name]) => name.endsWith("Icon")) as [string, Icon][];

export function IconsPart() {
  return (
    <Shelf title="Icons">
      {icons.map(([name, Drawing]) => (
        <span key={name} className={styles.icon}>
          <Drawing size={24} />
          {name.replace(/Icon$/, "")}
        </span>
      ))}
    </Shelf>
  );
}
