import { useState } from "react";
import { announce } from "@/components/feedback/announcer";
import type { MappingCheck, MappingView, Suggestion } from "@/api/generated";
import { text } from "@/text/en";
import type { Mapper, PanelPlace } from "./mapper";
import { accept, addSteps, clear, fix, place, placement, ruleOf } from "./model/edit";
import { suggestionKey } from "./model/rows";
import { labelOf, stepsWords } from "./model/words";
import type { Draft } from "./useDraft";

const words = text.mapping;

interface Ground {
  view: MappingView;
  draft: Draft;
  check: MappingCheck | undefined;
  goTo: (target: string) => void;
  /** Brings the focus to the list of targets, where a picked-up field is placed. */
  focusTargets: () => void;
  targetCount: number;
}

/** What a person can do to the mapping, each said aloud. */
export function useMapperActions({ view, draft, check, goTo, focusTargets, targetCount }: Ground): Mapper {
  const [carried, setCarried] = useState<string>();
  const [panel, open] = useState<PanelPlace>();
  const fieldOf = (target: string) => view.schema.fields.find(({ name }) => name === target);
  const called = (target: string) => fieldOf(target)?.label ?? target;
  const sourceCalled = (source: string) => labelOf(view.source_fields, source);
  const placementOf: Mapper["placementOf"] = (source, field) => placement(field, source, check?.impossible ?? [], words.ownField);

  return {
    view,
    mapping: draft.mapping,
    check,
    edit: draft.edit,
    carried,
    pickUp: (source) => {
      setCarried(source);
      announce(words.carried(sourceCalled(source), targetCount));
      focusTargets();
    },
    putBack: () => {
      if (carried !== undefined) announce(words.cancelled(sourceCalled(carried)));
      setCarried(undefined);
    },
    drop: (source, target) => {
      const field = fieldOf(target);
      const can = field ? placementOf(source, field) : ({ possible: false, why: words.gone } as const);
      // What cannot land stays in hand: the next field may take it.
      if (!can.possible) return announce(words.notPlaced(called(target), can.why), "assertive");
      setCarried(undefined);
      draft.edit((mapping) => place(mapping, target, source, can.steps));
      goTo(target);
      announce(words.placed(called(target), sourceCalled(source), stepsWords(can.steps)));
    },
    placementOf,
    fixValue: (target, value) => {
      draft.edit((mapping) => fix(mapping, target, value));
      goTo(target);
    },
    clear: (target) => {
      if (!ruleOf(draft.mapping, target)) return announce(words.nothingToClear(called(target)));
      draft.edit((mapping) => clear(mapping, [target]));
      announce(words.cleared(called(target)));
    },
    accept: (suggestions: readonly Suggestion[]) => {
      draft.edit((mapping) => accept(mapping, suggestions));
      announce(words.accepted(suggestions.length));
    },
    reject: (suggestions) => {
      draft.reject(suggestions.map(suggestionKey));
      announce(words.rejected(suggestions.length));
    },
    addSteps: (target, steps) => draft.edit((mapping) => addSteps(mapping, target, steps)),
    panel,
    open,
    goTo,
    sampleValue: (source) => {
      const value = check?.source_values.find(({ name }) => name === source)?.value;
      return value === undefined || value === "" ? undefined : value;
    },
  };
}
