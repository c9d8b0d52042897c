import { useEffect, useId, useRef, type ReactNode } from "react";
import { IconButton } from "@/components/controls/IconButton";
import { CloseIcon } from "@/components/icons";
import { text } from "@/text/en";
import styles from "./SidePanel.module.css";

interface SidePanelProps {
  title: ReactNode;
  onClose: () => void;
  footer?: ReactNode;
  children: ReactNode;
}

/**
 * Details beside the list, 420 px, instead of a modal: the list stays usable. Takes the focus when it opens and gives it
 * back when it closes. On a narrow window it lies over the page.
 */
export function SidePanel({ title, onClose, footer, children }: SidePanelProps) {
  const id = useId();
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    panel.current?.focus({ preventScroll: true });
    const here = panel.current;
    return () => {
      if (before instanceof HTMLElement && (document.activeElement === document.body || here?.contains(document.activeElement))) before.focus();
    };
  }, []);
  return (
    // Escape is the panel's only key; the controls inside handle their own.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <aside
      ref={panel}
      className={styles.panel}
      aria-labelledby={id}
      tabIndex={-1}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || event.defaultPrevented) return;
        event.stopPropagation();
        onClose();
      }}
    >
      <header className={styles.header}>
        <h2 id={id} className={styles.title}>
          {title}
        </h2>
        <IconButton icon={CloseIcon} label={text.common.closePanel} keys="Escape" onPress={onClose} />
      </header>
      <div className={styles.body}>{children}</div>
      {footer !== undefined && <footer className={styles.footer}>{footer}</footer>}
    </aside>
  );
}
