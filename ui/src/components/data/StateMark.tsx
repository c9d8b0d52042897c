import { cx } from "@/lib/cx";
import { deliveryLooks, laneLooks, type DeliveryState, type LaneState } from "./states";
import styles from "./StateMark.module.css";

type StateMarkProps = ({ state: DeliveryState; lane?: never } | { lane: LaneState; state?: never }) & {
  /** On a tinted pill, for headers; plain inside tables. */
  pill?: boolean;
};

/** A state as icon, word and colour together: never a colour alone. */
export function StateMark({ state, lane, pill = false }: StateMarkProps) {
  const { word, icon: Mark, tone } = state === undefined ? laneLooks[lane] : deliveryLooks[state];
  return (
    <span className={cx(styles.mark, pill && styles.pill)} data-tone={tone}>
      <Mark size={pill ? 14 : 16} />
      {word}
    </span>
  );
}
