// What is ticked in a table, as the engine understands it.
import { ask } from "@/api/client";
import type { DeliveryFilter, Selection as Picked } from "@/api/generated";
import type { Selection } from "@/components/data/selection";
import type { Platform } from "@/platform/types";

/** What the engine gives at most in one page. */
const MOST = 500;

/** Every delivery a filter shows, by id. */
async function idsOf(platform: Platform, filter: DeliveryFilter): Promise<number[]> {
  const ids: number[] = [];
  let total = Number.POSITIVE_INFINITY;
  while (ids.length < total) {
    const page = await ask(platform, "deliveries", { filter, page: { offset: ids.length, limit: MOST } });
    if (page.rows.length === 0) break;
    ids.push(...page.rows.map(({ id }) => id));
    total = page.total;
  }
  return ids;
}

/** "All 412" stays one condition; only "all but these" has to be spelled out. */
export async function pickedOf(platform: Platform, selection: Selection, filter: DeliveryFilter): Promise<Picked> {
  if (selection.kind === "some") return { pick: "ids", ids: [...selection.keys].map(Number) };
  if (selection.except.size > 0) return { pick: "ids", ids: (await idsOf(platform, filter)).filter((id) => !selection.except.has(String(id))) };
  if (filter.text === null && filter.sync !== null && filter.group !== null) return { pick: "group", sync: filter.sync, key: filter.group };
  return { pick: "filter", filter };
}

/** The same deliveries by id: a skip is undone for exactly those it skipped. */
export async function pinned(platform: Platform, picked: Picked): Promise<Picked> {
  if (picked.pick === "ids") return picked;
  return { pick: "ids", ids: await idsOf(platform, picked.pick === "filter" ? picked.filter : groupFilter(picked.sync, picked.key)) };
}

export function groupFilter(sync: string, group: string, words = ""): DeliveryFilter {
  return { sync, group, states: ["failed", "retrying"], run: null, text: words === "" ? null : words };
}
