import { useWrite } from "@/api/client";
import type { ReceiverView } from "@/api/generated";
import { useCommands } from "@/app/shortcuts/commands";
import { Button } from "@/components/controls/Button";
import { RelativeTime } from "@/components/data/RelativeTime";
import { Banner } from "@/components/feedback/Banner";
import { toasts } from "@/components/feedback/toasts";
import { FormRow } from "@/components/fields/FormRow";
import { BoltIcon } from "@/components/icons";
import { Card } from "@/components/page/Card";
import { text } from "@/text/en";
import styles from "./Connections.module.css";
import { CopyLine } from "./CopyLine";
import { testLead } from "./testLead";

const words = text.connections.receiver;

/** A receiver's address, what it brought and what it turned away; its secret only right after it was made. */
export function ReceiverPanel({ receiver, secret = null }: { receiver: ReceiverView; secret?: string | null }) {
  const send = useWrite("send_test_lead");
  const sendTest = () => send.mutate({ source: receiver.id, fields: testLead }, { onSuccess: () => toasts.show({ words: words.sent }) });
  useCommands([{ id: `receiver.test.${receiver.id}`, label: words.sendTest, group: receiver.name, icon: BoltIcon, run: sendTest }]);
  const { public_url: outside, local_url: local, last_at: last, received, refusals } = receiver;
  return (
    <Card title={words.title} actions={<Button icon={BoltIcon} busy={send.isPending} onPress={sendTest}>{words.sendTest}</Button>}>
      {secret !== null && <Banner tone="warn" title={words.secretOnce} line={<CopyLine words={secret} label={words.copySecret} />} />}
      {outside !== null && <FormRow title={words.publicAddress}><CopyLine words={outside} label={words.copyAddress} /></FormRow>}
      <FormRow title={words.localAddress} line={outside === null ? words.localOnly : undefined}><CopyLine words={local} label={words.copyAddress} /></FormRow>
      <FormRow title={received === 0 ? words.waiting : words.received(received)}>
        {last !== null && <span className={styles.actions}>{words.last}: <RelativeTime time={new Date(last)} /></span>}
      </FormRow>
      <FormRow title={words.refusals}>
        {refusals.length === 0 ? <span className={styles.muted}>{words.noRefusals}</span> : refusals.map(({ at, reason }) => <span key={at}>{reason} <RelativeTime inTable time={new Date(at)} /></span>)}
      </FormRow>
    </Card>
  );
}
