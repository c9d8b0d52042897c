import type { KeyboardEvent } from "react";
import { IconButton } from "@/components/controls/IconButton";
import { announce } from "@/components/feedback/announcer";
import { ChevronDownIcon, ChevronUpIcon } from "@/components/icons";
import { text } from "@/text/en";
import styles from "./Home.module.css";

const words = text.sync;
const nameOf = (key: string) => words.matchKeys[key] ?? key;

/** Keys that find an existing record, the first that fits decides. Moved by buttons, or by Alt with the arrows. */
export function MatchOrder({ order, onChange }: { order: string[]; onChange: (order: string[]) => void }) {
  const move = (from: number, by: -1 | 1) => {
    const to = from + by;
    const [moved, other] = [order[from], order[to]];
    if (moved === undefined || other === undefined) return;
    onChange(order.map((key, at) => (at === from ? other : at === to ? moved : key)));
    announce(words.moved(nameOf(moved), to + 1));
  };
  const hear = (at: number) => (event: KeyboardEvent) => {
    if (!event.altKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
    event.preventDefault();
    move(at, event.key === "ArrowUp" ? -1 : 1);
  };
  return (
    <>
      <ol className={styles.list}>
        {order.map((key, at) => (
          // The item moves with its keys, so that the focus stays on what is moved. Its buttons do the same by click.
          // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
          <li key={key} className={styles.item} onKeyDown={hear(at)}>
            <span className={styles.place} aria-hidden="true">{at + 1}</span>
            <span>{nameOf(key)}</span>
            <IconButton icon={ChevronUpIcon} label={words.up(nameOf(key))} disabled={at === 0} onPress={() => move(at, -1)} />
            <IconButton icon={ChevronDownIcon} label={words.down(nameOf(key))} disabled={at === order.length - 1} onPress={() => move(at, 1)} />
          </li>
        ))}
      </ol>
      <p className={styles.muted}>{words.matchKeysHelp}</p>
    </>
  );
}
