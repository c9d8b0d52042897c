import { useCallback, useState } from "react";
import { Button } from "@/components/controls/Button";
import { Badge } from "@/components/data/Badge";
import { Code } from "@/components/data/Code";
import { Count } from "@/components/data/Count";
import { DataGrid, type Column } from "@/components/data/DataGrid";
import type { Sort } from "@/components/data/GridHeader";
import { Logo } from "@/components/data/Logo";
import { useNow } from "@/components/data/now";
import { RelativeTime } from "@/components/data/RelativeTime";
import { nothingSelected, withRows, type Selection } from "@/components/data/selection";
import { Sparkline } from "@/components/data/Sparkline";
import { StateMark } from "@/components/data/StateMark";
import { deliveryLooks, laneLooks, type DeliveryState, type LaneState } from "@/components/data/states";
import { FileIcon } from "@/components/icons";
import { Tile, TileGrid } from "@/components/page/Tile";
import { person, sampleBody, sampleLogo, type Person } from "./samples";
import { Shelf } from "./Shelf";
import styles from "./Shelf.module.css";

const MILLION = 1_000_000;

export function DataPart() {
  const now = useNow();
  const before = (minutes: number) => new Date(now.getTime() - minutes * 60_000);
  const [selection, setSelection] = useState<Selection>(withRows(nothingSelected, ["1", "2"], true));
  const [sort, setSort] = useState<Sort>({ column: "name", direction: "ascending" });
  const [tile, setTile] = useState("practice");
  const columns: Column<Person>[] = [
    { id: "name", header: "Name", cell: (row) => row.name, namesRow: true, sortable: true, width: "minmax(10rem, 2fr)" },
    { id: "state", header: "State", cell: (row) => <StateMark state={row.state} />, width: "8rem" },
    { id: "email", header: "E-mail", cell: (row) => row.email, width: "minmax(10rem, 2fr)" },
    { id: "attempts", header: "Attempts", cell: (row) => <Count of={row.attempts} />, align: "end", sortable: true, width: "6rem" },
    { id: "when", header: "Last", cell: (row) => <RelativeTime time={before(row.minutesAgo)} inTable />, width: "8rem" },
  ];
  return (
    <>
      <Shelf title="States">
        {(Object.keys(deliveryLooks) as DeliveryState[]).map((state) => <StateMark key={state} state={state} />)}
        {(Object.keys(deliveryLooks) as DeliveryState[]).map((state) => <StateMark key={state} state={state} pill />)}
        {(Object.keys(laneLooks) as LaneState[]).map((lane) => <StateMark key={lane} lane={lane} />)}
        {(Object.keys(laneLooks) as LaneState[]).map((lane) => <StateMark key={lane} lane={lane} pill />)}
      </Shelf>
      <Shelf title="Small pieces">
        <Badge>Draft</Badge>
        <Badge tone="info">Suggested</Badge>
        <Badge tone="warn">Needs you</Badge>
        <Badge tone="ok">instant</Badge>
        <Count of={1204567} />
        <Count of={1204567} short />
        <RelativeTime time={before(3)} />
        <Sparkline values={[4, 6, 3, 9, 14, 31, 22, 12]} label="Leads per hour today: 4 to 31, now 12" />
        <Logo svg={sampleLogo} name="Practice CRM" size="small" />
        <Logo svg={sampleLogo} name="Practice CRM" />
        <Logo svg={sampleLogo} name="Practice CRM" size="large" />
      </Shelf>
      <Shelf title="Tiles" stack>
        <TileGrid label="Leads to">
          <Tile picture={<Logo svg={sampleLogo} name="" size="large" />} title="Practice CRM" line="No account, 90 seconds" badge={<Badge tone="ok">instant</Badge>} selected={tile === "practice"} onPress={() => setTile("practice")} />
          <Tile picture={<FileIcon size={24} />} title="CSV file" line="An export from anywhere" selected={tile === "csv"} onPress={() => setTile("csv")} />
          <Tile picture={<FileIcon size={24} />} title="Watched folder" line="Checked every 60 s" disabled selected={false} onPress={() => setTile("folder")} />
        </TileGrid>
      </Shelf>
      <Shelf title="A million rows" stack>
        <div className={styles.grid}>
          <DataGrid
            label="Leads"
            columns={columns}
            total={MILLION}
            rowAt={person}
            rowKey={(row) => row.key}
            rowName={(row) => row.name}
            onRange={useCallback(() => undefined, [])}
            onOpen={() => undefined}
            sort={sort}
            onSort={setSort}
            selection={selection}
            onSelect={setSelection}
            selectionScope="in this group"
            bulkActions={<><Button>Skip</Button><Button kind="primary">Retry</Button></>}
            empty={null}
          />
        </div>
        <Code label="Request body" code={sampleBody} language="json" />
      </Shelf>
    </>
  );
}
