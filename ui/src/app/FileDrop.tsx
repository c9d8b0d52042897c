import { useEffect, useState } from "react";
import { FileIcon } from "@/components/icons";
import { usePlatform } from "@/platform/context";
import { text } from "@/text/en";
import styles from "./App.module.css";
import { go, placeOf, sectionOf } from "./router";

/** A file of leads may be dropped anywhere on the window. The error desk takes files of its own: corrections. */
export function FileDrop() {
  const platform = usePlatform();
  const [over, setOver] = useState(false);
  useEffect(
    () =>
      platform.onFileDrop((drop) => {
        const place = placeOf(window.location.hash);
        if (place && sectionOf(place.name) === "errors") return;
        setOver(drop.kind === "over");
        const [path] = drop.kind === "dropped" ? drop.paths : [];
        if (path !== undefined) go("setup", undefined, { file: path });
      }),
    [platform],
  );
  if (!over) return null;
  return (
    <div className={styles.drop} role="status">
      <p><FileIcon size={24} /> {text.frame.dropHere}</p>
    </div>
  );
}
