import type { DeliveryRow } from "@/api/generated";
import type { Column } from "@/components/data/DataGrid";
import { RelativeTime } from "@/components/data/RelativeTime";
import { StateMark } from "@/components/data/StateMark";
import { formatCount } from "@/lib/format";
import { text } from "@/text/en";
import styles from "./deliveryColumns.module.css";

const words = text.errors.table;

const all = {
  name: { id: "name", header: words.name, namesRow: true, width: "minmax(9rem, 1.3fr)", cell: (row: DeliveryRow) => <span title={row.name}>{row.name}</span> },
  contact: { id: "contact", header: words.contact, width: "minmax(9rem, 1.6fr)", cell: (row: DeliveryRow) => <span title={row.contact}>{row.contact}</span> },
  value: { id: "value", header: words.value, width: "minmax(7rem, 1fr)", cell: (row: DeliveryRow) => (row.value === null || row.value === "" ? <span className={styles.none}>{text.errors.delivery.noValue}</span> : <span title={row.value}>{row.value}</span>) },
  problem: { id: "problem", header: words.problem, width: "minmax(8rem, 2fr)", cell: (row: DeliveryRow) => <span title={row.problem ?? ""}>{row.problem ?? ""}</span> },
  state: { id: "state", header: words.state, width: "7rem", cell: (row: DeliveryRow) => <StateMark state={row.state} /> },
  attempts: { id: "attempts", header: words.attempts, width: "5.5rem", align: "end", cell: (row: DeliveryRow) => formatCount(row.attempts) },
  changed: { id: "changed", header: words.changed, width: "7.5rem", cell: (row: DeliveryRow) => <RelativeTime time={new Date(row.changed_at)} inTable /> },
} as const satisfies Record<string, Column<DeliveryRow>>;

/** Deliveries in a table: the same columns wherever they are listed. */
export const deliveryColumns = (...ids: (keyof typeof all)[]): Column<DeliveryRow>[] => ids.map((id) => all[id]);
