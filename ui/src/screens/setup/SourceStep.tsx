import { useState } from "react";
import { useRead } from "@/api/client";
import { useCommands } from "@/app/shortcuts/commands";
import { Badge } from "@/components/data/Badge";
import { BoltIcon, FileIcon, WandIcon } from "@/components/icons";
import { Card } from "@/components/page/Card";
import { PageHeader } from "@/components/page/PageHeader";
import { Tile, TileGrid } from "@/components/page/Tile";
import { usePlatform } from "@/platform/context";
import { MakeReceiver } from "@/screens/connections/MakeReceiver";
import { ConnectorLogo } from "@/screens/shared/ConnectorLogo";
import { text } from "@/text/en";
import { FileSource } from "./FileSource";
import { Foot } from "./Foot";
import styles from "./Setup.module.css";
import { useMadeUpLeads } from "./useMadeUpLeads";

const words = text.setup.source;
const fileFilters = [{ name: words.pick, extensions: ["csv", "tsv", "txt"] }];

interface SourceStepProps {
  chosen: string | null;
  /** Dropped on the window. */
  file: string | undefined;
  practice: boolean;
  /** A source, and the file it is still to be filled from. */
  onChosen: (source: string, file?: string) => void;
}

export function SourceStep({ chosen, file, practice, onChosen }: SourceStepProps) {
  const platform = usePlatform();
  const [path, setPath] = useState(file);
  const [receiving, setReceiving] = useState(false);
  const { data: connections } = useRead("connections", {});
  const madeUp = useMadeUpLeads(onChosen);
  const known = connections?.filter(({ role }) => role === "source") ?? [];
  const pick = () => void platform.pickFile(fileFilters).then((picked) => { if (picked !== undefined) setPath(picked); });
  useCommands([
    { id: "setup.file", label: words.file, group: text.setup.title, icon: FileIcon, run: pick },
    { id: "setup.receiver", label: words.receiver, group: text.setup.title, icon: BoltIcon, alsoCalled: "webhook receiver", run: () => setReceiving(true) },
    { id: "setup.madeUp", label: words.madeUp, group: text.setup.title, icon: WandIcon, run: madeUp.begin },
  ]);
  if (path !== undefined) return <FileSource key={path} path={path} onOther={pick} onBack={() => setPath(undefined)} onTaken={(source) => onChosen(source, path)} />;
  if (receiving) {
    return (
      <>
        <PageHeader title={text.setup.steps.source} sentence={words.receiver} line={words.receiverLine} />
        <Card><MakeReceiver done={words.useReceiver} onMade={({ id }) => onChosen(id)} /></Card>
        <Foot back={words.other} onBack={() => setReceiving(false)} />
      </>
    );
  }
  return (
    <>
      <PageHeader title={text.setup.steps.source} sentence={words.sentence} />
      <TileGrid label={words.choices}>
        <Tile picture={<FileIcon size={24} />} title={words.file} line={words.fileLine} badge={<Badge>{words.fileSpeed}</Badge>} onPress={pick} />
        <Tile picture={<BoltIcon size={24} />} title={words.receiver} line={words.receiverLine} badge={<Badge tone="ok">{words.receiverSpeed}</Badge>} onPress={() => setReceiving(true)} />
        <Tile
          picture={<WandIcon size={24} />}
          title={words.madeUp}
          line={words.madeUpLine}
          badge={practice ? <Badge tone="info">{text.setup.startHere}</Badge> : undefined}
          disabled={madeUp.busy}
          onPress={madeUp.begin}
        />
      </TileGrid>
      {known.length > 0 && (
        <section className={styles.group}>
          <h2>{words.known}</h2>
          <TileGrid label={words.known}>
            {known.map(({ id, connector, connector_name: kind, name }) => (
              <Tile key={id} picture={<ConnectorLogo connector={connector} />} title={name} line={kind} selected={id === chosen} onPress={() => onChosen(id)} />
            ))}
          </TileGrid>
        </section>
      )}
    </>
  );
}
