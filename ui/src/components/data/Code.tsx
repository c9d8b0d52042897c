import { useEffect, useState } from "react";
import { Button } from "@/components/controls/Button";
import { announce } from "@/components/feedback/announcer";
import { CheckIcon, CopyIcon } from "@/components/icons";
import { usePlatform } from "@/platform/context";
import { text } from "@/text/en";
import { jsonPieces } from "./json";
import styles from "./Code.module.css";

interface CodeProps {
  /** What it is: "Request body". */
  label: string;
  /** Already redacted by the host; the window never sees a secret. */
  code: string;
  language?: "json" | "text";
}

const COPIED_FOR = 2_000;

/** Technical text with a copy button. Lives in drawers only; an owner's screen shows none. */
export function Code({ label, code, language = "text" }: CodeProps) {
  const platform = usePlatform();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), COPIED_FOR);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = () =>
    void platform.copyText(code).then(() => {
      setCopied(true);
      announce(text.common.copied);
    });
  return (
    <figure className={styles.figure}>
      <figcaption className={styles.caption}>
        {label}
        <Button kind="quiet" icon={copied ? CheckIcon : CopyIcon} onPress={copy}>
          {copied ? text.common.copied : text.common.copy}
        </Button>
      </figcaption>
      {/* A region that scrolls must be reachable by keyboard. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre className={styles.code} tabIndex={0} aria-label={label} role="region">
        {language === "json" ? jsonPieces(code).map(({ kind, words }, at) => <span key={at} data-kind={kind}>{words}</span>) : code}
      </pre>
    </figure>
  );
}
