import type { MappingView, Sample } from "@/api/generated";
import { Button } from "@/components/controls/Button";
import { IconButton } from "@/components/controls/IconButton";
import { RadioGroup } from "@/components/controls/RadioGroup";
import { TextField } from "@/components/fields/TextField";
import { ChevronLeftIcon, ChevronRightIcon } from "@/components/icons";
import { Card } from "@/components/page/Card";
import { text } from "@/text/en";
import styles from "./Test.module.css";

const words = text.mappingTest;
type Kind = keyof typeof words.samples;

interface SamplePickerProps {
  mapping: MappingView;
  sample: Sample;
  busy: boolean;
  onChoose: (sample: Sample) => void;
  onTest: () => void;
}

/** Which lead: a made-up one, a recent one, the last that failed, or values of one's own. */
export function SamplePicker({ mapping, sample, busy, onChoose, onTest }: SamplePickerProps) {
  const all = mapping.sample_count;
  const chosen = (kind: Kind): Sample => {
    switch (kind) {
      case "recent":
        return { kind, index: 0 };
      case "typed":
        return { kind, fields: mapping.source_fields.map(({ name, samples }) => ({ name, value: samples[0] ?? "" })) };
      case "made_up":
      case "last_failed":
        return { kind };
    }
  };
  const kind: Kind = sample.kind === "lead" ? "recent" : sample.kind;
  return (
    <Card>
      <RadioGroup<Kind>
        label={words.sample}
        value={kind}
        onChange={(next) => onChoose(chosen(next))}
        choices={(Object.keys(words.samples) as Kind[]).map((value) => ({ value, label: words.samples[value], disabled: value === "recent" && all === 0, ...(value === "recent" && all === 0 && { help: words.noRecent }) }))}
      />
      {sample.kind === "recent" && (
        <p className={styles.stepper}>
          <IconButton icon={ChevronLeftIcon} label={words.previous} disabled={sample.index === 0} onPress={() => onChoose({ kind: "recent", index: sample.index - 1 })} />
          <span>{words.recentOf(sample.index + 1, all)}</span>
          <IconButton icon={ChevronRightIcon} label={words.next} disabled={sample.index + 1 >= all} onPress={() => onChoose({ kind: "recent", index: sample.index + 1 })} />
        </p>
      )}
      {sample.kind === "typed" && (
        <form
          className={styles.typed}
          onSubmit={(event) => {
            event.preventDefault();
            onTest();
          }}
        >
          <p className={styles.quiet}>{words.typedHint}</p>
          <div className={styles.inputs}>
            {sample.fields.map(({ name, value }) => (
              <TextField
                key={name}
                label={mapping.source_fields.find((field) => field.name === name)?.label ?? name}
                value={value}
                onChange={(typed) => onChoose({ kind: "typed", fields: sample.fields.map((field) => (field.name === name ? { name, value: typed } : field)) })}
              />
            ))}
          </div>
          <Button type="submit" kind="primary" busy={busy}>
            {words.typedTest}
          </Button>
        </form>
      )}
    </Card>
  );
}
