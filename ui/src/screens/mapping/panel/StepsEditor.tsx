import type { KeyboardEvent } from "react";
import type { Field, Rule, Transform } from "@/api/generated";
import { Button } from "@/components/controls/Button";
import { IconButton } from "@/components/controls/IconButton";
import { announce } from "@/components/feedback/announcer";
import { ChevronDownIcon, ChevronUpIcon, CloseIcon, PlusIcon } from "@/components/icons";
import { Menu } from "@/components/overlays/Menu";
import { text } from "@/text/en";
import { useMapper } from "../mapper";
import { moveStep, setStep } from "../model/edit";
import { freshStep, offeredSteps, type StepKind } from "../model/steps";
import styles from "./Panel.module.css";
import { StepForm } from "./StepForm";

const words = text.mapping;

/** The steps of a rule, from left to right in the row and from top to bottom here. Alt with an arrow moves one. */
export function StepsEditor({ field, rule }: { field: Field; rule: Rule }) {
  const { edit, addSteps } = useMapper();
  const steps = rule.transforms;
  const move = (at: number, by: -1 | 1) => {
    const step = steps[at];
    if (!step || at + by < 0 || at + by >= steps.length) return;
    edit((now) => moveStep(now, field.name, at, by));
    announce(words.stepMoved(words.steps[step.step], at + by + 1));
  };
  const keys = (event: KeyboardEvent<HTMLElement>, at: number) => {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key] as -1 | 1 | undefined;
    if (!event.altKey || by === undefined) return;
    event.preventDefault();
    move(at, by);
    const items = event.currentTarget.parentElement?.children;
    (items?.[at + by] as HTMLElement | undefined)?.focus();
  };
  const { first, others } = offeredSteps(field);
  const choice = (kind: StepKind) => ({ id: kind, label: words.steps[kind], run: () => addSteps(field.name, [freshStep(kind, field)]) });
  return (
    <div className={styles.stack}>
      {steps.length === 0 && <p className={styles.quiet}>{words.noSteps}</p>}
      {steps.length > 0 && (
        <ol className={styles.steps} aria-label={words.sectionSteps}>
          {steps.map((step, at) => (
            // A step is a stop of the keyboard, so that it can be moved without a pointer.
            // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions, jsx-a11y/no-noninteractive-tabindex
            <li key={at} className={styles.step} tabIndex={0} aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown" onKeyDown={(event) => keys(event, at)}>
              <StepHead step={step} at={at} last={steps.length - 1} onMove={move} onRemove={() => edit((now) => setStep(now, field.name, at, undefined))} />
              <StepForm step={step} field={field} onChange={(next, topic) => edit((now) => setStep(now, field.name, at, next), topic && `${field.name} step ${at} ${topic}`)} />
            </li>
          ))}
        </ol>
      )}
      <p className={styles.line}>
        <Menu
          label={words.addStep}
          trigger={<Button icon={PlusIcon}>{words.addStep}</Button>}
          groups={[
            ...(first.length > 0 ? [{ label: words.stepsFitting, choices: first.map(choice) }] : []),
            { label: words.stepsOther, choices: others.map(choice) },
          ]}
        />
        {steps.length > 1 && <span className={styles.quiet}>{words.stepKeys}</span>}
      </p>
    </div>
  );
}

interface StepHeadProps {
  step: Transform;
  at: number;
  last: number;
  onMove: (at: number, by: -1 | 1) => void;
  onRemove: () => void;
}

function StepHead({ step, at, last, onMove, onRemove }: StepHeadProps) {
  const name = words.steps[step.step];
  return (
    <p className={styles.line}>
      <strong>
        {at + 1}. {name}
      </strong>
      <span className={styles.buttons}>
        <IconButton icon={ChevronUpIcon} label={words.stepUp(name)} disabled={at === 0} onPress={() => onMove(at, -1)} />
        <IconButton icon={ChevronDownIcon} label={words.stepDown(name)} disabled={at === last} onPress={() => onMove(at, 1)} />
        <IconButton icon={CloseIcon} label={words.removeStep(name)} onPress={onRemove} />
      </span>
    </p>
  );
}
