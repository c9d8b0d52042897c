import { useEffect, useState } from "react";
import { hearAnnouncements } from "./announcer";
import styles from "./LiveAnnouncer.module.css";

interface Spoken {
  words: string;
  turn: number;
}

const SILENT: Spoken = { words: "", turn: 0 };

/** The two live regions of the window. Mounted once, by the shell. */
export function LiveAnnouncer() {
  const [polite, setPolite] = useState(SILENT);
  const [assertive, setAssertive] = useState(SILENT);
  useEffect(
    () =>
      hearAnnouncements((words, urgency) => {
        const speak = urgency === "polite" ? setPolite : setAssertive;
        speak(({ turn }) => ({ words, turn: turn + 1 }));
      }),
    [],
  );
  // The key makes the same words twice a change of the region, so that they are spoken twice.
  return (
    <div className={styles.hidden}>
      <div aria-live="polite"><p key={polite.turn}>{polite.words}</p></div>
      <div aria-live="assertive"><p key={assertive.turn}>{assertive.words}</p></div>
    </div>
  );
}
