import type { LeadView, LinkView } from "@/api/generated";
import { minutesAgo, refuse, type Area } from "./area";
import { labels } from "./explain";
import { ledgerOf, type Held } from "./ledger";
import { leadRow, lifeOf, peopleMatching, rowOf } from "./views";

function linksOf(one: Held | undefined): LinkView[] {
  if (one?.state !== "synced") return [];
  const record = String(9_000 + one.id);
  return [{ connection: { id: "dst-hubspot", name: "Example Ltd" }, record, url: `https://crm.example.com/contacts/${record}`, matched_by: "Found by e-mail", linked_at: minutesAgo(one.minutes) }];
}

export const leadsArea: Area = (engine) => {
  const ledger = ledgerOf(engine);
  return {
    leads: ({ text, source, page }) => {
      const found = (text === null || text === "" ? ledger.held : peopleMatching(ledger, text)).filter(() => source === null || source === "src-file");
      return { total: found.length, rows: found.slice(page.offset, page.offset + page.limit).map(leadRow) };
    },
    lead: ({ id }): LeadView => {
      const one = ledger.held.find(({ lead }) => lead === id) ?? refuse("This person is not here, or was erased. Search in Leads.");
      return {
        row: leadRow(one), fields: Object.entries(one.values).map(([name, value]) => ({ name: labels[name] ?? name, value })),
        links: linksOf(one),
        timeline: lifeOf(ledger, one), deliveries: [rowOf(ledger, one)],
      };
    },
    export_person: () => ({}),
    erase_person: ({ id }) => {
      const stays = linksOf(ledger.held.find(({ lead }) => lead === id));
      ledger.held = ledger.held.filter(({ lead }) => lead !== id);
      const places = stays.map(({ connection, record }) => `record ${record} in ${connection.name}`).join(", ");
      return { stays, text: stays.length > 0 ? `Everything about this person was erased here. The CRM still has ${places}.` : "Everything about this person was erased here." };
    },
  };
};
