import { useEffect, useState, useSyncExternalStore } from "react";
import { IconButton } from "@/components/controls/IconButton";
import { Button } from "@/components/controls/Button";
import { CheckIcon, CloseIcon, InfoIcon, WarningIcon, type Icon } from "@/components/icons";
import { text } from "@/text/en";
import { announce } from "./announcer";
import { TOAST_MILLISECONDS, toasts, type ShownToast, type ToastTone } from "./toasts";
import styles from "./ToastRegion.module.css";

const toneIcon: Record<ToastTone, Icon> = { ok: CheckIcon, info: InfoIcon, warn: WarningIcon, bad: WarningIcon };

/** Draws the notices. Mounted once, by the shell; the words are spoken by the announcer, not by this region. */
export function ToastRegion() {
  const shown = useSyncExternalStore(toasts.watch, toasts.current);
  const [held, setHeld] = useState(false);
  return (
    // Not a control: it only notices that somebody is reading, and waits.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <section
      className={styles.region}
      aria-label={text.common.notices}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      {shown.map((toast) => (
        <ToastCard key={toast.id} toast={toast} held={held} />
      ))}
    </section>
  );
}

/** Time stands still while the pointer or the focus is on any notice (WCAG 2.2.1). */
function ToastCard({ toast, held }: { toast: ShownToast; held: boolean }) {
  const { id, words, tone, undo, action } = toast;
  const Mark = toneIcon[tone];
  useEffect(() => {
    if (held) return;
    const timer = setTimeout(() => toasts.dismiss(id), TOAST_MILLISECONDS);
    return () => clearTimeout(timer);
  }, [id, held]);
  const leave = (run: () => void | Promise<void>, spoken?: string) => {
    toasts.dismiss(id);
    void run();
    if (spoken !== undefined) announce(spoken);
  };
  return (
    <div className={styles.toast} data-tone={tone}>
      <Mark className={styles.mark ?? ""} />
      <p className={styles.words}>{words}</p>
      {undo && (
        <Button kind="quiet" onPress={() => leave(undo, text.common.undone)}>
          {text.common.undo}
        </Button>
      )}
      {action && (
        <Button kind="quiet" onPress={() => leave(action.run)}>
          {action.label}
        </Button>
      )}
      <IconButton icon={CloseIcon} label={text.common.dismiss} onPress={() => toasts.dismiss(id)} />
    </div>
  );
}
