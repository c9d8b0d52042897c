import type { Mapping } from "@/api/generated";
import { useMapper } from "../mapper";
import { DefaultsPanel } from "./DefaultsPanel";
import { HistoryPanel } from "./HistoryPanel";
import { PicklistPanel } from "./PicklistPanel";
import { ProblemsPanel } from "./ProblemsPanel";
import { RulePanel } from "./RulePanel";
import { TemplatesPanel } from "./TemplatesPanel";

/** What stands beside the list now, if anything. */
export function SidePart({ take }: { take: (mapping: Mapping) => void }) {
  const { panel, view } = useMapper();
  switch (panel?.about) {
    case "rule":
    case "picklist": {
      const field = view.schema.fields.find(({ name }) => name === panel.target);
      if (!field) return null;
      return panel.about === "rule" ? <RulePanel key={field.name} field={field} /> : <PicklistPanel key={field.name} field={field} />;
    }
    case "problems":
      return <ProblemsPanel />;
    case "history":
      return <HistoryPanel take={take} />;
    case "templates":
      return <TemplatesPanel take={take} />;
    case "defaults":
      return <DefaultsPanel />;
    case undefined:
      return null;
  }
}
