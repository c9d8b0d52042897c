import { useRead } from "@/api/client";
import { go } from "@/app/router";
import { useNow } from "@/components/data/now";
import { deliveryLooks } from "@/components/data/states";
import { PersonIcon, LeadsIcon } from "@/components/icons";
import type { PaletteGroup } from "@/components/overlays/CommandPalette";
import { formatRelative } from "@/lib/format";
import { text } from "@/text/en";

const words = text.leads.find;
const SHORTEST = 2;
const SHOWN = 6;
const page = { offset: 0, limit: SHOWN };

/** *Where is my lead?*: people whose name, e-mail, phone or record id holds what is typed. Finding none says what came last. */
export function useFoundPeople(query: string): PaletteGroup[] {
  const wanted = query.trim();
  const asks = wanted.length >= SHORTEST;
  const now = useNow();
  const found = useRead("leads", { text: wanted, source: null, page }, { enabled: asks, keep: true });
  const none = asks && found.data?.total === 0;
  const newest = useRead("leads", { text: null, source: null, page: { offset: 0, limit: 1 } }, { enabled: none }).data?.rows[0];
  if (!asks || !found.data) return [];
  const entries = found.data.rows.map((row) => ({
    id: `lead ${row.id}`,
    label: row.name,
    help: [row.email ?? row.phone, row.state === null ? undefined : deliveryLooks[row.state].word].filter(Boolean).join(" · "),
    icon: PersonIcon,
    run: () => go("lead", { lead: row.id }),
  }));
  if (entries.length > 0) return [{ label: words.group, entries }];
  return [
    {
      label: words.none(wanted),
      entries: [{ id: "leads last", label: newest ? words.lastArrived(formatRelative(new Date(newest.captured_at), now)) : words.openLeads, icon: LeadsIcon, run: () => go("leads") }],
    },
  ];
}
