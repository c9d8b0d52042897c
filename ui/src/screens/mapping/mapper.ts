// What every part of the editor shares. One object, made by Editor.tsx.
import { createContext, use } from "react";
import type { Field, Mapping, MappingCheck, MappingView, Suggestion, Transform, Value } from "@/api/generated";
import type { Placement } from "./model/edit";

/** What the side panel is about. */
export type PanelPlace = { about: "rule" | "picklist"; target: string } | { about: "problems" | "history" | "templates" | "defaults" };

export interface Mapper {
  view: MappingView;
  mapping: Mapping;
  check: MappingCheck | undefined;
  edit: (change: (mapping: Mapping) => Mapping, topic?: string) => void;
  /** The source field in hand, being placed. */
  carried: string | undefined;
  pickUp: (source: string) => void;
  putBack: () => void;
  /** The one end of dragging, clicking and typing. Says what became of it. */
  drop: (source: string, target: string) => void;
  placementOf: (source: string, target: Field) => Placement;
  fixValue: (target: string, value: Value) => void;
  clear: (target: string) => void;
  accept: (suggestions: readonly Suggestion[]) => void;
  reject: (suggestions: readonly Suggestion[]) => void;
  addSteps: (target: string, steps: readonly Transform[]) => void;
  panel: PanelPlace | undefined;
  open: (place: PanelPlace | undefined) => void;
  /** Goes to a field in the list, whatever hides it now. */
  goTo: (target: string) => void;
  sampleValue: (source: string) => string | undefined;
}

export const MapperContext = createContext<Mapper | undefined>(undefined);

export function useMapper(): Mapper {
  const mapper = use(MapperContext);
  if (!mapper) throw new Error("BUG: a part of the mapping editor outside of it");
  return mapper;
}
