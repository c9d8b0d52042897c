import { Button } from "@/components/controls/Button";
import { ChevronDownIcon, PauseIcon } from "@/components/icons";
import { Menu } from "@/components/overlays/Menu";
import { text } from "@/text/en";
import { pauseLengths, type PauseLength } from "./pauses";

interface PauseMenuProps {
  /** What is paused, for screen readers. */
  label: string;
  words: string;
  onPause: (length: PauseLength) => void;
}

export function PauseMenu({ label, words, onPause }: PauseMenuProps) {
  return (
    <Menu
      label={label}
      trigger={<Button icon={PauseIcon} iconAfter={ChevronDownIcon} aria-label={label}>{words}</Button>}
      groups={[{ choices: pauseLengths.map((length) => ({ id: length, label: text.home.pauseFor[length], run: () => onPause(length) })) }]}
    />
  );
}
