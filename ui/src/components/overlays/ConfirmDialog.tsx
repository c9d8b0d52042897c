import type { ReactNode } from "react";
import { Button } from "@/components/controls/Button";
import { text } from "@/text/en";
import { Dialog } from "./Dialog";
import styles from "./ConfirmDialog.module.css";

interface ConfirmDialogProps {
  open: boolean;
  title: string;
  /** What will be so afterwards, in numbers, and whether it can be taken back. */
  children: ReactNode;
  /** Verb and object: "Delete 12 people". */
  action: string;
  danger?: boolean;
  busy?: boolean;
  onConfirm: () => void;
  onCancel: () => void;
}

/** Only for what leaves the machine and cannot be recalled; anything else is done at once and offers Undo. */
export function ConfirmDialog({ open, title, children, action, danger = false, busy = false, onConfirm, onCancel }: ConfirmDialogProps) {
  return (
    <Dialog
      open={open}
      onClose={onCancel}
      title={title}
      size="small"
      role="alertdialog"
      footer={
        <>
          {/* The harmless answer has the focus, so that a stray Enter does no harm. */}
          {/* eslint-disable-next-line jsx-a11y/no-autofocus */}
          <Button autoFocus onPress={onCancel}>
            {text.common.cancel}
          </Button>
          <Button kind={danger ? "danger" : "primary"} busy={busy} onPress={onConfirm}>
            {action}
          </Button>
        </>
      }
    >
      <div className={styles.words}>{children}</div>
    </Dialog>
  );
}
