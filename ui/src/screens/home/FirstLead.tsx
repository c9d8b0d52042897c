import { useRead } from "@/api/client";
import { go } from "@/app/router";
import { useCommands } from "@/app/shortcuts/commands";
import { Button } from "@/components/controls/Button";
import { EmptyState } from "@/components/feedback/EmptyState";
import { ConnectionsIcon } from "@/components/icons";
import { Page } from "@/components/page/Page";
import { PageHeader } from "@/components/page/PageHeader";
import { text } from "@/text/en";

const words = text.home.empty;

/** The first start: the way into the set-up, or back into it. */
export function FirstLead() {
  const { data: wizard } = useRead("wizard", {});
  const begun = wizard?.open === true;
  const start = () => go("setup");
  const practice = () => go("setup", undefined, { practice: "1" });
  const startLabel = begun ? words.goOn : words.start;
  const group = text.sections.home;
  useCommands([
    { id: "home.start", label: startLabel, group, shortcut: "app.primary", run: start },
    { id: "home.practice", label: words.practice, group, run: practice },
  ]);
  return (
    <Page>
      <PageHeader title={text.sections.home} />
      <EmptyState
        icon={ConnectionsIcon}
        title={words.title}
        line={begun ? words.goOnLine : words.line}
        action={
          <>
            <Button size="large" onPress={practice}>{words.practice}</Button>
            <Button size="large" kind="primary" onPress={start}>{startLabel}</Button>
          </>
        }
      />
    </Page>
  );
}
