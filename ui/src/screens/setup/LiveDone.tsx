import { useState } from "react";
import { useRead, useWrite } from "@/api/client";
import { go } from "@/app/router";
import { useCommands } from "@/app/shortcuts/commands";
import { Button } from "@/components/controls/Button";
import { Banner } from "@/components/feedback/Banner";
import { ProgressStrip } from "@/components/feedback/ProgressStrip";
import { ErrorsIcon, HomeIcon, LeadsIcon } from "@/components/icons";
import { Card } from "@/components/page/Card";
import { Page } from "@/components/page/Page";
import { PageHeader } from "@/components/page/PageHeader";
import { text } from "@/text/en";
import styles from "./Setup.module.css";

const words = text.setup.live;

export interface WentLive {
  sync: string;
  /** The run to watch. */
  run: number | undefined;
  sending: number;
  /** Those that wait for a second look. */
  others: number;
}

/** After going live: the first leads, the question before the others, and where Leadferry is found from now on. */
export function LiveDone({ live }: { live: WentLive }) {
  const { data } = useRead("run", { id: live.run ?? 0 }, { enabled: live.run !== undefined });
  const [asked, setAsked] = useState(live.others > 0);
  const now = useWrite("sync_now");
  const sendOthers = () => now.mutate({ id: live.sync, leads: [] }, { onSuccess: () => setAsked(false) });
  const { synced = 0, failed = 0 } = data?.row.counts ?? {};
  const under = data !== undefined && data.row.cancellable;
  useCommands([
    { id: "setup.home", label: words.home, group: text.setup.title, icon: HomeIcon, run: () => go("home") },
    ...(asked ? [{ id: "setup.others", label: words.others(live.others), group: text.setup.title, shortcut: "app.primary" as const, run: sendOthers }] : []),
  ]);
  const over = data !== undefined && !under && synced + failed > 0;
  const sentence = !over ? words.onTheirWay(live.sending) : synced === 0 ? words.noneSent : words.sent(synced);
  return (
    <Page>
      <PageHeader title={text.setup.steps.live} sentence={`${words.allOn} ${sentence}`} line={failed > 0 ? words.problems(failed) : words.noProblems} />
      <div className={styles.done}>
        {/* It stays when it is full: what stands below must not move from under the pointer. */}
        {live.run !== undefined && <ProgressStrip label={over ? words.sentAll : words.sending} done={synced + failed} total={live.sending} rate={data?.row.per_second ?? undefined} />}
        {asked && (
          <Card title={words.looksRight} actions={<Button icon={LeadsIcon} onPress={() => go("leads")}>{words.openCrm}</Button>}>
            <div className={styles.form}>
              <p className={styles.muted}>{words.look}</p>
              <span><Button kind="primary" size="large" busy={now.isPending} onPress={sendOthers}>{words.others(live.others)}</Button></span>
            </div>
          </Card>
        )}
        <Banner tone="ok" title={words.close} line={words.closeLine} />
        <div className={styles.actions}>
          {failed > 0 && <Button icon={ErrorsIcon} onPress={() => go("errors", undefined, { sync: live.sync })}>{words.errors}</Button>}
          <Button {...(!asked && { kind: "primary" as const })} icon={HomeIcon} onPress={() => go("home")}>{words.home}</Button>
        </div>
      </div>
    </Page>
  );
}
