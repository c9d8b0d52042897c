import type { DateOrder, DecimalStyle, Defaults } from "@/api/generated";
import { Select } from "@/components/fields/Select";
import { TextField } from "@/components/fields/TextField";
import { SidePanel } from "@/components/overlays/SidePanel";
import { text } from "@/text/en";
import { useMapper } from "../mapper";
import { setDefaults } from "../model/edit";
import styles from "./Panel.module.css";

const words = text.mapping;
const orders = Object.entries(words.dateOrders).map(([value, label]) => ({ value: value as DateOrder | "none", label }));
const decimals = Object.entries(words.decimals).map(([value, label]) => ({ value: value as DecimalStyle | "none", label }));

/** What all rules assume where they say nothing themselves. */
export function DefaultsPanel() {
  const { mapping, edit, open } = useMapper();
  const { region, zone, date_order, decimal, currency } = mapping.defaults;
  const set = (change: Partial<Defaults>, topic?: string) => edit((now) => setDefaults(now, change), topic && `defaults ${topic}`);
  const orNothing = (typed: string) => (typed === "" ? null : typed);
  return (
    <SidePanel title={words.defaultsTitle} onClose={() => open(undefined)}>
      <div className={styles.stack}>
        <TextField label={words.region} help={words.regionHelp} maxLength={2} value={region ?? ""} onChange={(typed) => set({ region: orNothing(typed.toUpperCase()) }, "region")} />
        <TextField label={words.zone} help={words.zoneHelp} value={zone ?? ""} onChange={(typed) => set({ zone: orNothing(typed) }, "zone")} />
        <Select label={words.dateOrder} value={date_order ?? "none"} onChange={(next) => set({ date_order: next === "none" ? null : next })} options={orders} />
        <Select label={words.decimal} value={decimal ?? "none"} onChange={(next) => set({ decimal: next === "none" ? null : next })} options={decimals} />
        <TextField label={words.currency} help={words.currencyHelp} maxLength={3} value={currency ?? ""} onChange={(typed) => set({ currency: orNothing(typed.toUpperCase()) }, "currency")} />
      </div>
    </SidePanel>
  );
}
