import type { ReactNode } from "react";
import { Button } from "@/components/controls/Button";
import { ArrowLeftIcon } from "@/components/icons";
import { text } from "@/text/en";
import styles from "./Setup.module.css";

/** Back at the one end, onwards at the other. */
export function Foot({ onBack, back = text.setup.back, children }: { onBack: () => void; back?: string; children?: ReactNode }) {
  return (
    <div className={styles.foot}>
      <Button kind="quiet" icon={ArrowLeftIcon} onPress={onBack}>{back}</Button>
      <span className={styles.actions}>{children}</span>
    </div>
  );
}
