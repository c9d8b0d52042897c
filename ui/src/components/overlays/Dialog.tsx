import type { ReactNode } from "react";
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import { IconButton } from "@/components/controls/IconButton";
import { CloseIcon } from "@/components/icons";
import { cx } from "@/lib/cx";
import { text } from "@/text/en";
import styles from "./Dialog.module.css";

interface DialogProps {
  open: boolean;
  /** Escape, a click outside, and the cross. */
  onClose: () => void;
  title: string;
  size?: "small" | "medium" | "large";
  /** Buttons: the one that acts last. */
  footer?: ReactNode;
  /** For questions: announced with its whole text, and not closed by a click outside. */
  role?: "dialog" | "alertdialog";
  children: ReactNode;
}

/** Focus is kept inside and goes back where it was. Details belong in a SidePanel; this is for what needs an answer. */
export function Dialog({ open, onClose, title, size = "medium", footer, role = "dialog", children }: DialogProps) {
  return (
    <ModalOverlay
      className={styles.overlay ?? ""}
      isOpen={open}
      isDismissable={role === "dialog"}
      onOpenChange={(next) => {
        if (!next) onClose();
      }}
    >
      <Modal className={cx(styles.modal, styles[size])}>
        <AriaDialog role={role} className={styles.dialog ?? ""}>
          <header className={styles.header}>
            <Heading slot="title" level={2} className={styles.title ?? ""}>
              {title}
            </Heading>
            <IconButton icon={CloseIcon} label={text.common.close} onPress={onClose} />
          </header>
          <div className={styles.body}>{children}</div>
          {footer !== undefined && <footer className={styles.footer}>{footer}</footer>}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
