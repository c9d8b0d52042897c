import { href } from "@/app/router";
import { useKeysOf } from "@/app/shortcuts/registry";
import { Button } from "@/components/controls/Button";
import { Tooltip } from "@/components/controls/Tooltip";
import { ChevronDownIcon, PlayIcon } from "@/components/icons";
import { Menu } from "@/components/overlays/Menu";
import { PageHeader } from "@/components/page/PageHeader";
import { BackLink } from "@/screens/shared/BackLink";
import { text } from "@/text/en";
import { useMapper } from "./mapper";
import type { SaveState } from "./model/saver";

const words = text.mapping;

interface EditorHeaderProps {
  waiting: number;
  saving: SaveState;
  onTest: () => void;
  onPublish: () => void;
}

export function EditorHeader({ waiting, saving, onTest, onPublish }: EditorHeaderProps) {
  const { view, mapping, open } = useMapper();
  const testKeys = useKeysOf("mapping.test");
  const publishKeys = useKeysOf("mapping.publish");
  const changed = view.changed || view.live_version === null || saving.is !== "saved";
  return (
    <PageHeader
      title={view.name}
      back={<BackLink href={href("mapping", undefined, { all: "1" })}>{words.back}</BackLink>}
      sentence={words.sentence(mapping.rules.length, waiting)}
      tone={waiting > 0 ? "needsYou" : "calm"}
      line={words.live(view.live_version, changed)}
      actions={
        <>
          <Menu
            label={words.moreActions}
            trigger={<Button iconAfter={ChevronDownIcon}>{text.common.more}</Button>}
            groups={[
              {
                choices: [
                  { id: "history", label: words.historyTitle, run: () => open({ about: "history" }) },
                  { id: "templates", label: words.templatesTitle, run: () => open({ about: "templates" }) },
                  { id: "defaults", label: words.defaultsTitle, run: () => open({ about: "defaults" }) },
                ],
              },
            ]}
          />
          <Tooltip words={words.test} keys={testKeys}>
            <Button icon={PlayIcon} onPress={onTest}>
              {words.test}
            </Button>
          </Tooltip>
          <Tooltip words={words.publish} keys={publishKeys}>
            <Button kind="primary" onPress={onPublish}>
              {words.publish}
            </Button>
          </Tooltip>
        </>
      }
    />
  );
}
