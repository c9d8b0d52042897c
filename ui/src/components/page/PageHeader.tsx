import { useEffect, type ReactNode } from "react";
import { text } from "@/text/en";
import { Sentence } from "./Sentence";
import styles from "./PageHeader.module.css";

interface PageHeaderProps {
  /** The section's name; also the window's title. */
  title: string;
  /** A way back, above the title. */
  back?: ReactNode;
  /** What this page answers, in one sentence. */
  sentence?: ReactNode;
  line?: ReactNode;
  tone?: "calm" | "needsYou";
  /** At the end; the primary button last. */
  actions?: ReactNode;
}

export function PageHeader({ title, back, sentence, line, tone = "calm", actions }: PageHeaderProps) {
  useEffect(() => {
    document.title = `${title} · ${text.app.name}`;
  }, [title]);
  return (
    <header className={styles.header}>
      <div className={styles.words}>
        {back}
        <h1 className={sentence === undefined ? styles.large : styles.title}>{title}</h1>
        {sentence !== undefined && (
          <Sentence tone={tone} line={line}>
            {sentence}
          </Sentence>
        )}
      </div>
      {actions !== undefined && <div className={styles.actions}>{actions}</div>}
    </header>
  );
}
