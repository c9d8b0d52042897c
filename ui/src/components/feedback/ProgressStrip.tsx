import { useEffect, useId, useRef, type ReactNode } from "react";
import { Button } from "@/components/controls/Button";
import { formatDuration } from "@/lib/format";
import { text } from "@/text/en";
import { announce } from "./announcer";
import styles from "./ProgressStrip.module.css";

interface ProgressStripProps {
  /** What is being done: "Retrying 412 leads". */
  label: string;
  done: number;
  total: number;
  /** Measured, in units per second; `undefined` until there is a measurement. */
  rate?: number | undefined;
  /** From pace and quota, in seconds. A range is honest. */
  left?: { from: number; to: number } | undefined;
  /** Extra words: "180 synced, 7 failed again". */
  detail?: ReactNode;
  onCancel?: () => void;
  cancelling?: boolean;
}

/** Long work, not modal. Spoken every 10 %. */
export function ProgressStrip({ label, done, total, rate, left, detail, onCancel, cancelling = false }: ProgressStripProps) {
  const id = useId();
  const share = total === 0 ? 0 : Math.min(1, done / total);
  const tenth = Math.floor(share * 10);
  const spoken = useRef(0);
  useEffect(() => {
    if (tenth > spoken.current) announce(text.progress.announce(label, tenth * 10));
    spoken.current = tenth;
  }, [tenth, label]);
  return (
    <div className={styles.strip}>
      <div className={styles.words}>
        <p id={id} className={styles.label}>
          {cancelling ? text.progress.cancelling : label}
        </p>
        <p className={styles.facts}>
          <span>{text.progress.of(done, total)}</span>
          {detail !== undefined && <span>{detail}</span>}
          {done < total && <span>{rate === undefined ? text.progress.measuring : text.progress.rate(rate)}</span>}
          {left && <span>{text.progress.left(formatDuration(left.from), formatDuration(left.to))}</span>}
        </p>
        <div className={styles.track} role="progressbar" aria-labelledby={id} aria-valuemin={0} aria-valuemax={total} aria-valuenow={done} aria-valuetext={text.progress.of(done, total)}>
          <div className={styles.fill} style={{ width: `${share * 100}%` }} />
        </div>
      </div>
      {onCancel && (
        <Button onPress={onCancel} disabled={cancelling}>
          {text.common.cancel}
        </Button>
      )}
    </div>
  );
}
