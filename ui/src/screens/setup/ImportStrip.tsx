import { useWrite } from "@/api/client";
import { useEffect, useEffectEvent } from "react";
import { Button } from "@/components/controls/Button";
import { Banner } from "@/components/feedback/Banner";
import { ProgressStrip } from "@/components/feedback/ProgressStrip";
import { text } from "@/text/en";
import { optionsFor } from "./fileOptions";
import type { useFileImport } from "./useFileImport";

const words = text.setup.rehearse;

interface ImportStripProps {
  reading: ReturnType<typeof useFileImport>;
  path: string;
  /** Goes on with the rows that are in. */
  onUseRead: () => void;
}

/** A file on its way in: how far, what was found, and Cancel. */
export function ImportStrip({ reading: { progress, problem, stopped, begin, cancel }, path, onUseRead }: ImportStripProps) {
  // The progress counts rows read; how many there are, the preview knows.
  const { mutate, data: preview } = useWrite("preview_file", { quiet: true });
  const look = useEffectEvent(() => mutate({ path, options: optionsFor(path) }));
  useEffect(() => look(), [path]);
  if (problem !== undefined || stopped) {
    return (
      <Banner
        tone={problem === undefined ? "info" : "bad"}
        title={problem ?? words.stopped}
        line={progress && words.rows(progress.rows)}
        actions={
          <>
            {progress && progress.rows > 0 && <Button onPress={onUseRead}>{words.useRead}</Button>}
            <Button kind="primary" onPress={begin}>{words.continueReading}</Button>
          </>
        }
      />
    );
  }
  const rows = progress?.rows ?? 0;
  return (
    <ProgressStrip
      label={words.importing(preview?.name ?? "")}
      done={rows}
      total={Math.max(preview?.row_count ?? 0, rows)}
      detail={progress && words.imported(progress.new, progress.merged, progress.broken)}
      onCancel={cancel}
    />
  );
}
