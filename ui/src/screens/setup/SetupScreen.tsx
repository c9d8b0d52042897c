import { useState } from "react";
import type { WizardState } from "@/api/generated";
import { go } from "@/app/router";
import type { ScreenProps } from "@/app/screens";
import { useCommands } from "@/app/shortcuts/commands";
import { Button } from "@/components/controls/Button";
import { Skeleton } from "@/components/feedback/Skeleton";
import { Page } from "@/components/page/Page";
import { PageHeader } from "@/components/page/PageHeader";
import { Stepper } from "@/components/page/Stepper";
import { ReadFailed } from "@/screens/shared/ReadFailed";
import { text } from "@/text/en";
import { DestinationStep } from "./DestinationStep";
import { LiveDone, type WentLive } from "./LiveDone";
import { LiveStep } from "./LiveStep";
import { MatchStep } from "./MatchStep";
import { RehearseStep } from "./RehearseStep";
import styles from "./Setup.module.css";
import { SourceStep } from "./SourceStep";
import { steps, useWizard, type StepId, type Wizard } from "./useWizard";

const words = text.setup;

export default function SetupScreen({ query }: ScreenProps) {
  const { wizard, error, retry } = useWizard();
  const [live, setLive] = useState<WentLive>();
  if (live) return <LiveDone live={live} />;
  if (wizard) return <Running wizard={wizard} query={query} onLive={setLive} />;
  return (
    <Page>
      <PageHeader title={words.title} />
      {error === undefined ? <Skeleton label={text.app.loading} lines={4} /> : <ReadFailed title={words.unreadable} message={error} onRetry={retry} />}
    </Page>
  );
}

function Running({ wizard, query, onLive }: { wizard: Wizard; query: URLSearchParams; onLive: (live: WentLive) => void }) {
  const { state, save, startOver } = wizard;
  // A file dropped on the window is a source, whatever step was open.
  const dropped = query.get("file") ?? undefined;
  const step: StepId = dropped === undefined ? wizard.step : "source";
  const goTo = (next: StepId) => {
    if (dropped !== undefined) go("setup");
    save({ step: next });
  };
  const over = () => {
    startOver();
    go("setup");
  };
  useCommands([
    { id: "setup.leave", label: words.leave, group: words.title, run: () => go("home") },
    ...(state.open ? [{ id: "setup.over", label: words.startOver, group: words.title, run: over }] : []),
    ...steps.filter((id) => isReached(id, state)).map((id) => ({ id: `setup.${id}`, label: words.steps[id], group: words.title, run: () => goTo(id) })),
  ]);
  return (
    <Page>
      <div className={styles.top}>
        <Stepper steps={steps.map((id) => ({ id, label: words.steps[id], mark: id === step ? "now" : isReached(id, state) ? "done" : "later" }))} onGo={goTo} />
        <span className={styles.actions}>
          {state.open && <Button kind="quiet" onPress={over}>{words.startOver}</Button>}
          <Button kind="quiet" onPress={() => go("home")}>{words.leave}</Button>
        </span>
      </div>
      {step === "source" && (
        <SourceStep
          key={dropped}
          chosen={state.source}
          file={dropped}
          practice={query.has("practice")}
          onChosen={(source, file) => {
            if (dropped !== undefined) go("setup");
            save({ source, file: file ?? null, step: "destination", ...(source !== state.source && { sync: null }) });
          }}
        />
      )}
      {step === "destination" && <DestinationStep state={state} practice={query.has("practice")} onChosen={(part) => save({ ...part, step: "match" })} onBack={() => goTo("source")} />}
      {step === "match" && state.sync !== null && <MatchStep sync={state.sync} onNext={() => goTo("rehearse")} onBack={() => goTo("destination")} />}
      {step === "rehearse" && state.sync !== null && (
        <RehearseStep state={state} sync={state.sync} onImported={() => save({ file: null })} onNext={() => goTo("live")} onBack={() => goTo("match")} />
      )}
      {step === "live" && state.sync !== null && <LiveStep sync={state.sync} onLive={onLive} onBack={() => goTo("rehearse")} />}
    </Page>
  );
}

/** A step can be gone to when what it needs is chosen. Rehearsing and going live come one after the other. */
function isReached(id: StepId, state: WizardState): boolean {
  const at = steps.indexOf(id);
  const now = steps.findIndex((step) => step === state.step);
  if (at <= now) return true;
  return id === "destination" ? state.source !== null : id === "match" && state.sync !== null;
}
