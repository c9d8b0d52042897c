import type { SourceField, TestResult } from "@/api/generated";
import { Button } from "@/components/controls/Button";
import { Badge } from "@/components/data/Badge";
import { Banner } from "@/components/feedback/Banner";
import { ExternalIcon } from "@/components/icons";
import { usePlatform } from "@/platform/context";
import { text } from "@/text/en";
import { labelOf } from "../model/words";
import styles from "./Test.module.css";

const words = text.mappingTest;
const tones = { create: "ok", update: "info", unchanged: "wait", refused: "bad" } as const;
const isEffect = (effect: string): effect is keyof typeof tones => effect in tones;

/** One sentence, what to know about it, and what the lead brings. */
export function InWords({ result, sources }: { result: TestResult; sources: readonly SourceField[] }) {
  const platform = usePlatform();
  const { effect, record_url, warnings, fields, source } = result;
  const many = (change: string) => fields.filter((field) => field.change === change).length;
  return (
    <div className={styles.words}>
      <p className={styles.line}>
        {isEffect(effect) && <Badge tone={tones[effect]}>{words.effects[effect]}</Badge>}
        <strong>{words.counts(many("add"), many("change"), many("same") + many("keep"))}.</strong>
        {record_url !== null && <Button kind="quiet" icon={ExternalIcon} onPress={() => void platform.openExternal(record_url)}>{words.openRecord}</Button>}
      </p>
      {warnings.length === 0 ? <p className={styles.quiet}>{words.noWarnings}</p> : warnings.map((warning) => <Banner key={warning} tone="warn" title={warning} />)}
      <h2>{words.sourceValues}</h2>
      <dl className={styles.pairs}>
        {source.map(({ name, value }) => (
          <div key={name}>
            <dt>{labelOf(sources, name)}</dt>
            <dd>{value === "" ? <em>{words.empty}</em> : value}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
