import { Button } from "@/components/controls/Button";
import { text } from "@/text/en";
import styles from "./Mapper.module.css";
import { useMapper } from "./mapper";
import { labelOf } from "./model/words";

/** While a source field is in hand: which, what to do, and a way to put it back that needs no key. */
export function CarryBar() {
  const { carried, putBack, view } = useMapper();
  if (carried === undefined) return null;
  return (
    <div className={styles.carrying}>
      <strong>{text.mapping.carrying(labelOf(view.source_fields, carried))}</strong>
      <span>{text.mapping.carryHelp}</span>
      <span className={styles.spacer} />
      <Button kind="quiet" onPress={putBack}>
        {text.mapping.putBack}
      </Button>
    </div>
  );
}
