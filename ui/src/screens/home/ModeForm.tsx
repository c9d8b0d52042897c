import { useState } from "react";
import type { SyncMode } from "@/api/generated";
import { Button } from "@/components/controls/Button";
import { RadioGroup } from "@/components/controls/RadioGroup";
import { Select } from "@/components/fields/Select";
import { TextField } from "@/components/fields/TextField";
import { text } from "@/text/en";
import styles from "./Home.module.css";
import { looksLikeCron, scheduleOf, schedules, type ScheduleName } from "./schedules";

const words = text.sync;

/** How a sync is started: in real time, at times chosen in words or as cron, or by hand. Applies at once. */
export function ModeForm({ mode, onChange }: { mode: SyncMode; onChange: (mode: SyncMode) => void }) {
  return (
    <div className={styles.form}>
      <RadioGroup<SyncMode["kind"]>
        label={words.mode}
        value={mode.kind}
        onChange={(kind) => onChange(kind === "schedule" ? { kind, cron: schedules.hourly } : { kind })}
        choices={[
          { value: "real_time", label: words.modes.real_time, help: words.modes.realTimeLine },
          { value: "schedule", label: words.modes.schedule, help: words.modes.scheduleLine },
          { value: "manual", label: words.modes.manual, help: words.modes.manualLine },
        ]}
      />
      {mode.kind === "schedule" && <Schedule key={mode.cron} cron={mode.cron} onChange={(cron) => onChange({ kind: "schedule", cron })} />}
    </div>
  );
}

function Schedule({ cron, onChange }: { cron: string; onChange: (cron: string) => void }) {
  const [chosen, setChosen] = useState<ScheduleName>(scheduleOf(cron));
  const [line, setLine] = useState(cron);
  const wrong = !looksLikeCron(line);
  return (
    <>
      <Select<ScheduleName>
        label={words.often}
        value={chosen}
        onChange={(next) => {
          setChosen(next);
          if (next !== "custom") onChange(schedules[next]);
        }}
        options={(Object.keys(words.every) as ScheduleName[]).map((value) => ({ value, label: words.every[value] }))}
      />
      {chosen === "custom" && (
        <div className={styles.row}>
          <TextField label={words.cron} help={words.cronHelp} value={line} onChange={setLine} error={wrong ? words.cronWrong : undefined} />
          <Button disabled={wrong || line === cron} onPress={() => onChange(line.trim())}>{words.save}</Button>
        </div>
      )}
    </>
  );
}
