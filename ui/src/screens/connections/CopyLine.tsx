import { Button } from "@/components/controls/Button";
import { announce } from "@/components/feedback/announcer";
import { CheckIcon, CopyIcon } from "@/components/icons";
import { usePlatform } from "@/platform/context";
import { text } from "@/text/en";
import { useState } from "react";
import styles from "./Connections.module.css";

/** One line to take elsewhere: an address, a secret. */
export function CopyLine({ words, label }: { words: string; label: string }) {
  const platform = usePlatform();
  const [copied, setCopied] = useState(false);
  const copy = () =>
    void platform.copyText(words).then(() => {
      setCopied(true);
      announce(text.common.copied);
    });
  return (
    <span className={styles.copyLine}>
      <code>{words}</code>
      <Button icon={copied ? CheckIcon : CopyIcon} aria-label={label} onPress={copy}>{copied ? text.common.copied : text.common.copy}</Button>
    </span>
  );
}
