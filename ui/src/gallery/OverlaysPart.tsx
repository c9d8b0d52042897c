import { useState } from "react";
import { Button } from "@/components/controls/Button";
import { ChevronDownIcon, CopyIcon, DeleteIcon, SkipIcon, SyncIcon } from "@/components/icons";
import { ConfirmDialog } from "@/components/overlays/ConfirmDialog";
import { Dialog } from "@/components/overlays/Dialog";
import { Menu } from "@/components/overlays/Menu";
import { Popover } from "@/components/overlays/Popover";
import { SidePanel } from "@/components/overlays/SidePanel";
import { Shelf } from "./Shelf";

export function OverlaysPart() {
  const [open, setOpen] = useState<"dialog" | "confirm" | "panel">();
  const close = () => setOpen(undefined);
  const nothing = () => undefined;
  return (
    <Shelf title="Overlays">
      <Button onPress={() => setOpen("dialog")}>Open dialog</Button>
      <Button onPress={() => setOpen("confirm")}>Open question</Button>
      <Button onPress={() => setOpen("panel")}>Open panel</Button>
      <Popover label="Pace" trigger={<Button iconAfter={ChevronDownIcon}>Show pace</Button>}>
        9 % of today’s calls are used.
      </Popover>
      <Menu
        label="More"
        trigger={<Button iconAfter={ChevronDownIcon}>More</Button>}
        groups={[
          { choices: [{ id: "retry", label: "Retry", icon: SyncIcon, keys: "R", run: nothing }, { id: "skip", label: "Skip", help: "Can be undone for 30 days", icon: SkipIcon, keys: "S", run: nothing }, { id: "copy", label: "Copy for support", icon: CopyIcon, disabled: true, run: nothing }] },
          { label: "This person", choices: [{ id: "erase", label: "Erase", icon: DeleteIcon, danger: true, run: nothing }] },
        ]}
      />
      <Dialog open={open === "dialog"} onClose={close} title="Send 412 leads again" footer={<><Button onPress={close}>Cancel</Button><Button kind="primary" onPress={close}>Retry 412</Button></>}>
        About 6 minutes at HubSpot’s pace. Uses 9 % of today’s calls. 0 would create duplicates.
      </Dialog>
      <ConfirmDialog open={open === "confirm"} title="Erase Ada Lovelace?" action="Erase 1 person" danger onConfirm={close} onCancel={close}>
        Her 4 events and 2 deliveries go too. This cannot be undone.
      </ConfirmDialog>
      {open === "panel" && (
        <div style={{ position: "fixed", inset: "0 0 0 auto", zIndex: 30 }}>
          <SidePanel title="Ada Lovelace" onClose={close} footer={<Button kind="primary">Retry</Button>}>Failed twice. HubSpot does not know the value “Webinar”.</SidePanel>
        </div>
      )}
    </Shelf>
  );
}
