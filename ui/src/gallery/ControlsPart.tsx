import { useState } from "react";
import { Button } from "@/components/controls/Button";
import { Checkbox } from "@/components/controls/Checkbox";
import { IconButton } from "@/components/controls/IconButton";
import { KeyHint } from "@/components/controls/KeyHint";
import { RadioGroup } from "@/components/controls/RadioGroup";
import { Switch } from "@/components/controls/Switch";
import { DeleteIcon, MoreIcon, SyncIcon, WandIcon } from "@/components/icons";
import { Stepper } from "@/components/page/Stepper";
import { Tabs } from "@/components/page/Tabs";
import { Shelf } from "./Shelf";

export function ControlsPart() {
  const [on, setOn] = useState(true);
  const [rule, setRule] = useState<"newest" | "crm" | "ask">("newest");
  const [tab, setTab] = useState<"words" | "fields" | "request">("words");
  const nothing = () => undefined;
  return (
    <>
      <Shelf title="Button">
        <Button kind="primary">Create 812 and update 341</Button>
        <Button icon={SyncIcon}>Sync now</Button>
        <Button kind="quiet" icon={WandIcon}>Accept all 7</Button>
        <Button kind="danger" icon={DeleteIcon}>Erase 1 person</Button>
        <Button kind="primary" busy>Retry 412</Button>
        <Button busy>Check again</Button>
        <Button disabled>Publish</Button>
        <Button kind="primary" size="large">Start</Button>
        <IconButton icon={MoreIcon} label="More" />
        <IconButton icon={DeleteIcon} label="Remove the rule" tone="danger" />
        <IconButton icon={SyncIcon} label="Sync now" disabled />
        <KeyHint keys="Mod+Shift+R" keyboard="other" />
        <KeyHint keys="Mod+Shift+R" keyboard="mac" />
      </Shelf>
      <Shelf title="Checkbox, switch, radio">
        <Checkbox checked={on} onChange={setOn} help="Leads arrive from the first minute.">Start at login</Checkbox>
        <Checkbox checked={false} mixed onChange={nothing}>Some of them</Checkbox>
        <Checkbox checked={false} onChange={nothing}>Not this one</Checkbox>
        <Checkbox checked disabled onChange={nothing}>Cannot be changed</Checkbox>
        <Switch on={on} onChange={setOn} help="The window may be closed.">Keep working</Switch>
        <Switch on={false} onChange={nothing}>Weekly summary</Switch>
        <Switch on disabled onChange={nothing}>Managed by IT</Switch>
        <RadioGroup
          label="When both sides changed"
          value={rule}
          onChange={setRule}
          choices={[{ value: "newest", label: "Newest wins" }, { value: "crm", label: "HubSpot wins", help: "What people typed there stays." }, { value: "ask", label: "Ask me", disabled: true }]}
        />
      </Shelf>
      <Shelf title="Stepper and tabs" stack>
        <Stepper
          onGo={nothing}
          steps={[{ id: "from", label: "Leads from", mark: "done" }, { id: "to", label: "Leads to", mark: "done" }, { id: "match", label: "Match fields", mark: "now" }, { id: "rehearse", label: "Rehearse", mark: "later" }, { id: "live", label: "Go live", mark: "later" }]}
        />
        <Tabs
          label="Test result"
          selected={tab}
          onSelect={setTab}
          tabs={[{ id: "words", label: "In words", content: "Would update Ada Lovelace, found by phone. 4 fields change, 1 warning." }, { id: "fields", label: "Field by field", count: 4, content: "Four rows" }, { id: "request", label: "Exact request", content: "One request" }]}
        />
      </Shelf>
    </>
  );
}
