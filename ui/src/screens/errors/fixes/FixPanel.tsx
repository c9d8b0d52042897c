import { createElement, type ComponentType } from "react";
import type { GroupView, Selection as Picked } from "@/api/generated";
import type { PanelName } from "../actions";
import { ChooseRecordFix, DefaultFix, EditFix, LeaveOutFix, RegionFix, ShortenFix } from "./simpleFixes";
import { TranslateFix } from "./TranslateFix";

export interface FixProps {
  group: GroupView;
  /** Destination field; empty where the person still has to choose it. */
  field: string;
  picked: Picked;
  selected: number | undefined;
  onClose: () => void;
}

const panels: Record<PanelName, ComponentType<FixProps>> = {
  translate_value: TranslateFix,
  set_default: DefaultFix,
  edit_value: EditFix,
  leave_out: LeaveOutFix,
  shorten: ShortenFix,
  choose_record: ChooseRecordFix,
  region: RegionFix,
};

/** An address may name anything. */
export const isPanel = (name: string | null): name is PanelName => name !== null && name in panels;

export function FixPanel({ panel, ...props }: FixProps & { panel: PanelName }) {
  return createElement(panels[panel], props);
}
