import { useState } from "react";
import type { GroupView } from "@/api/generated";
import { Button } from "@/components/controls/Button";
import { TextField } from "@/components/fields/TextField";
import { Dialog } from "@/components/overlays/Dialog";
import { text } from "@/text/en";

interface IgnoreDialogProps {
  group: GroupView | undefined;
  onIgnore: (group: GroupView, reason: string) => void;
  onClose: () => void;
}

/** Asks why, because somebody else will. */
export function IgnoreDialog({ group, onIgnore, onClose }: IgnoreDialogProps) {
  return group ? <Asking key={group.key} group={group} onIgnore={onIgnore} onClose={onClose} /> : null;
}

function Asking({ group, onIgnore, onClose }: IgnoreDialogProps & { group: GroupView }) {
  const [reason, setReason] = useState("");
  const words = text.errors.ignore;
  const ignore = () => {
    if (reason.trim() === "") return;
    onIgnore(group, reason.trim());
    onClose();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={words.title}
      size="small"
      footer={
        <>
          <Button onPress={onClose}>{text.common.cancel}</Button>
          <Button kind="primary" type="submit" form="ignore-reason" disabled={reason.trim() === ""}>{words.action}</Button>
        </>
      }
    >
      <form
        id="ignore-reason"
        onSubmit={(event) => {
          event.preventDefault();
          ignore();
        }}
      >
        <p>{group.explained.title}</p>
        <p>{words.line(group.leads)}</p>
        {/* The dialog asks this one question. */}
        {/* eslint-disable-next-line jsx-a11y/no-autofocus */}
        <TextField label={words.reason} value={reason} onChange={setReason} required autoFocus />
      </form>
    </Dialog>
  );
}
