import type { ReactNode } from "react";
import { IconButton } from "@/components/controls/IconButton";
import { CloseIcon, FailedIcon, InfoIcon, OfflineIcon, SyncedIcon, WarningIcon, type Icon } from "@/components/icons";
import { cx } from "@/lib/cx";
import { text } from "@/text/en";
import styles from "./Banner.module.css";

export type BannerTone = "ok" | "info" | "warn" | "bad" | "wait";

interface BannerProps {
  tone: BannerTone;
  /** What is so: "HubSpot no longer has *Campaign 2023*." */
  title: ReactNode;
  /** What it means for the leads. */
  line?: ReactNode;
  /** The button that solves it. A problem without one is a defect. */
  actions?: ReactNode;
  onDismiss?: () => void;
}

const icons: Record<BannerTone, Icon> = { ok: SyncedIcon, info: InfoIcon, warn: WarningIcon, bad: FailedIcon, wait: OfflineIcon };

/** A state of the page that lasts. What only happened is a toast. */
export function Banner({ tone, title, line, actions, onDismiss }: BannerProps) {
  const Mark = icons[tone];
  return (
    <div className={cx(styles.banner, styles[tone])} role={tone === "bad" ? "alert" : "status"}>
      <Mark className={styles.mark ?? ""} />
      <div className={styles.words}>
        <p className={styles.title}>{title}</p>
        {line !== undefined && <p className={styles.line}>{line}</p>}
      </div>
      {actions !== undefined && <div className={styles.actions}>{actions}</div>}
      {onDismiss && <IconButton icon={CloseIcon} label={text.common.dismiss} onPress={onDismiss} />}
    </div>
  );
}
