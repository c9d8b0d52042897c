import { useEffect, useEffectEvent, useState } from "react";
import { useRead, useWrite } from "@/api/client";
import type { ScreenProps } from "@/app/screens";
import type { Sample } from "@/api/generated";
import { href } from "@/app/router";
import { useCommands } from "@/app/shortcuts/commands";
import { Button } from "@/components/controls/Button";
import { Banner } from "@/components/feedback/Banner";
import { Skeleton } from "@/components/feedback/Skeleton";
import { RetryingIcon } from "@/components/icons";
import { Page } from "@/components/page/Page";
import { PageHeader } from "@/components/page/PageHeader";
import { Tabs } from "@/components/page/Tabs";
import { BackLink } from "@/screens/shared/BackLink";
import { text } from "@/text/en";
import { ExactRequest } from "./ExactRequest";
import { FieldByField } from "./FieldByField";
import { InWords } from "./InWords";
import { RealRecord } from "./RealRecord";
import { SamplePicker } from "./SamplePicker";
import styles from "./Test.module.css";

const words = text.mappingTest;
type View = "words" | "fields" | "request";

/** What the draft would do with one lead. Nothing leaves the computer until a real test record is asked for. */
export default function TestScreen({ params, query }: ScreenProps) {
  const sync = params.sync ?? "";
  const { data: mapping, error: unread } = useRead("mapping", { id: sync });
  const { mutate, data: result, error, isPending } = useWrite("test_mapping", { quiet: true });
  const [sample, setSample] = useState<Sample>({ kind: "made_up" });
  const [view, setView] = useState<View>("words");
  const test = (of: Sample) => mutate({ sync, sample: of });
  const begin = useEffectEvent(() => test(sample));
  useEffect(() => begin(), [sync]);
  const choose = (next: Sample) => {
    setSample(next);
    // Typed values are tested when they are ready.
    if (next.kind !== "typed") test(next);
  };
  useCommands([
    { id: "test.run", label: words.run, group: words.title, run: () => test(sample) },
    ...(["words", "fields", "request"] as const).map((each) => ({ id: `test.${each}`, label: words.tabs[each], group: words.title, run: () => setView(each) })),
  ]);
  return (
    <Page width="full">
      <PageHeader
        title={words.title}
        back={query.has("setup") ? <BackLink href={href("setup")}>{words.backToSetup}</BackLink> : <BackLink href={href("mapper", { sync })}>{words.back}</BackLink>}
        sentence={result ? result.words : error ? words.failedTitle : words.running}
        line={words.line}
        tone={result?.effect === "refused" ? "needsYou" : "calm"}
        actions={
          <Button icon={RetryingIcon} busy={isPending} onPress={() => test(sample)}>
            {words.run}
          </Button>
        }
      />
      {(unread ?? error) && <Banner tone="bad" title={words.failedTitle} line={(error ?? unread)?.message} actions={<Button onPress={() => test(sample)}>{words.run}</Button>} />}
      {mapping && (
        <div className={styles.columns}>
          <div className={styles.side}>
            <SamplePicker {...{ sample, mapping }} busy={isPending} onChoose={choose} onTest={() => test(sample)} />
            <RealRecord sync={sync} sample={sample} destination={mapping.destination} ready={result !== undefined && result.effect !== "refused"} />
          </div>
          <div className={styles.result}>
            {!result && !error && <Skeleton label={words.running} lines={6} />}
            {result && (
              <Tabs<View>
                label={words.title}
                selected={view}
                onSelect={setView}
                tabs={[
                  { id: "words", label: words.tabs.words, content: <InWords result={result} sources={mapping.source_fields} /> },
                  { id: "fields", label: words.tabs.fields, count: result.fields.length, content: <FieldByField fields={result.fields} /> },
                  { id: "request", label: words.tabs.request, count: result.requests.length, content: <ExactRequest requests={result.requests} /> },
                ]}
              />
            )}
          </div>
        </div>
      )}
    </Page>
  );
}
