import { useState } from "react";
import { useWrite } from "@/api/client";
import type { Sample, TestRecord } from "@/api/generated";
import { useCommands } from "@/app/shortcuts/commands";
import { Button } from "@/components/controls/Button";
import { Banner } from "@/components/feedback/Banner";
import { toasts } from "@/components/feedback/toasts";
import { DeleteIcon, ExternalIcon, SendingIcon } from "@/components/icons";
import { ConfirmDialog } from "@/components/overlays/ConfirmDialog";
import { Card } from "@/components/page/Card";
import { usePlatform } from "@/platform/context";
import { text } from "@/text/en";
import styles from "./Test.module.css";

const words = text.mappingTest;

interface RealRecordProps {
  sync: string;
  sample: Sample;
  destination: string;
  ready: boolean;
}

/** The one thing here that leaves the computer, asked for first. What was sent stays listed until it is removed again. */
export function RealRecord({ sync, sample, destination, ready }: RealRecordProps) {
  const [asking, setAsking] = useState(false);
  const [records, setRecords] = useState<readonly TestRecord[]>([]);
  const send = useWrite("send_test_record");
  useCommands(ready ? [{ id: "test.send", label: words.send, group: words.title, run: () => setAsking(true) }] : []);
  const confirm = () =>
    send.mutate({ sync, sample }, {
      onSuccess: (record) => {
        setRecords((before) => [...before, record]);
        toasts.show({ words: words.sent });
      },
      onSettled: () => setAsking(false),
    });
  return (
    <>
      <Card>
        <div className={styles.words}>
          <Button icon={SendingIcon} disabled={!ready} onPress={() => setAsking(true)}>
            {words.send}
          </Button>
          {records.map((record) => (
            <Sent key={record.record} record={record} onRemoved={() => setRecords((before) => before.filter((each) => each !== record))} />
          ))}
        </div>
      </Card>
      <ConfirmDialog open={asking} title={words.sendTitle} action={words.sendAction} busy={send.isPending} onConfirm={confirm} onCancel={() => setAsking(false)}>
        <p>{words.sendLine(destination)}</p>
      </ConfirmDialog>
    </>
  );
}

function Sent({ record, onRemoved }: { record: TestRecord; onRemoved: () => void }) {
  const platform = usePlatform();
  const remove = useWrite("remove_test_record");
  const { url } = record;
  return (
    <Banner
      tone="ok"
      title={words.sent}
      line={record.removable ? words.sentLine(record.record) : `${words.sentLine(record.record)} ${words.cannotRemove}`}
      actions={
        <>
          {url !== null && <Button kind="quiet" icon={ExternalIcon} onPress={() => void platform.openExternal(url)}>{words.look}</Button>}
          {record.removable && (
            <Button
              icon={DeleteIcon}
              busy={remove.isPending}
              onPress={() =>
                remove.mutate(record, {
                  onSuccess: () => {
                    onRemoved();
                    toasts.show({ words: words.removed });
                  },
                })
              }
            >
              {words.removeAgain}
            </Button>
          )}
        </>
      }
    />
  );
}
