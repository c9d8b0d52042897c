import { Button } from "@/components/controls/Button";
import { Stat, StatRow } from "@/components/data/Stat";
import { Banner } from "@/components/feedback/Banner";
import { EmptyState } from "@/components/feedback/EmptyState";
import { ProgressStrip } from "@/components/feedback/ProgressStrip";
import { Skeleton } from "@/components/feedback/Skeleton";
import { toasts } from "@/components/feedback/toasts";
import { LeadsIcon } from "@/components/icons";
import { Shelf } from "./Shelf";

export function FeedbackPart() {
  const nothing = () => undefined;
  return (
    <>
      <Shelf title="Stat" stack><StatRow>
        <Stat label="Create" value={812} pressed onPress={nothing} />
        <Stat label="Update" value={341} onPress={nothing} />
        <Stat label="No change" value={47} onPress={nothing} />
        <Stat label="Refused" value={12} tone="bad" onPress={nothing} />
        <Stat label="Synced, all time" value={1204567} line="98.4 % at once" />
        <Stat label="Half within" value="12 s" tone="ok" />
        </StatRow>
      </Shelf>
      <Shelf title="Progress" stack>
        <ProgressStrip label="Retrying 412 leads" done={187} total={412} rate={1.9} left={{ from: 110, to: 360 }} detail="180 synced, 7 failed again" onCancel={nothing} />
        <ProgressStrip label="Reading HubSpot" done={0} total={3120} onCancel={nothing} cancelling />
      </Shelf>
      <Shelf title="Banner" stack>
        <Banner tone="bad" title="Salesforce no longer lets Leadferry in" line="31 leads wait safely and go by themselves afterwards." actions={<Button kind="primary">Sign in again</Button>} />
        <Banner tone="warn" title="HubSpot no longer has Campaign 2023" line="Leads still go, without it." actions={<><Button>Choose another</Button><Button>Remove</Button></>} onDismiss={nothing} />
        <Banner tone="info" title="HubSpot asked us to slow down" line="Normal on busy days. Continues at 14:20." />
        <Banner tone="ok" title="398 synced" line="14 moved to “Phone too short”." onDismiss={nothing} />
        <Banner tone="wait" title="This computer is offline" line="New leads are kept here and go out by themselves." actions={<Button>Check again</Button>} />
      </Shelf>
      <Shelf title="Empty and loading" stack>
        <EmptyState icon={LeadsIcon} title="Bring your first lead across" line="It takes about four minutes." action={<><Button kind="primary">Start</Button><Button>Try with a practice CRM</Button></>} />
        <Skeleton label="Loading leads" lines={3} />
      </Shelf>
      <Shelf title="Toasts">
        <Button onPress={() => toasts.show({ words: "12 people skipped.", undo: nothing })}>Show with undo</Button>
        <Button onPress={() => toasts.show({ words: "Pipedrive is not answering. 31 leads are waiting safely.", tone: "bad" })}>Show a failure</Button>
      </Shelf>
    </>
  );
}
