import type { ReactNode } from "react";
import type { GroupFix, Selection as Picked } from "@/api/generated";
import { Button } from "@/components/controls/Button";
import { Skeleton } from "@/components/feedback/Skeleton";
import { InfoIcon, SyncedIcon, WarningIcon } from "@/components/icons";
import { Card } from "@/components/page/Card";
import { text } from "@/text/en";
import { useFix } from "./useFix";
import styles from "./FixFrame.module.css";

interface FixFrameProps {
  title: string;
  help: string;
  picked: Picked;
  /** Selected leads, where it is not for the whole group. */
  selected: number | undefined;
  /** Nothing until the form says enough. */
  fix: GroupFix | undefined;
  onClose: () => void;
  children?: ReactNode;
}

/** The frame of every fix: what it does, its form, how many would pass, and only then the button. */
export function FixFrame({ title, help, picked, selected, fix, onClose, children }: FixFrameProps) {
  const { preview, error, checking, applying, apply } = useFix(picked, fix, onClose);
  const words = text.errors.fix;
  const rest = preview ? preview.leads - preview.pass : 0;
  const Mark = !preview ? InfoIcon : rest === 0 ? SyncedIcon : WarningIcon;
  return (
    <Card title={title}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          apply();
        }}
      >
        <p className={styles.help}>
          {help} {selected !== undefined && words.forSelection(selected)}
        </p>
        {children}
        <div className={styles.effect} role="status" aria-label={words.effect}>
          {error && <p className={styles.error}>{error.message}</p>}
          {checking && !error && <Skeleton label={words.checking} width="16rem" />}
          {preview && !checking && (
            <>
              <p className={styles.pass} data-tone={rest === 0 ? "ok" : "warn"}>
                <Mark />
                <strong>{rest === 0 ? words.passAll(preview.leads) : `${words.pass(preview.pass, preview.leads)}; ${words.rest(rest)}.`}</strong>
              </p>
              {preview.other.length > 0 && (
                <ul className={styles.others}>
                  {preview.other.map((other) => (
                    <li key={other.title}>{text.errors.leads(other.count)}: {other.title}</li>
                  ))}
                </ul>
              )}
            </>
          )}
        </div>
        <div className={styles.buttons}>
          <Button onPress={onClose}>{text.common.cancel}</Button>
          <Button kind="primary" type="submit" busy={applying} disabled={!preview || checking || preview.pass === 0}>
            {preview && !checking ? words.apply(preview.leads) : words.applyWaiting}
          </Button>
        </div>
      </form>
    </Card>
  );
}
