import { ask } from "@/api/client";
import type { LeadRow } from "@/api/generated";
import { usePagedRows, type PagedRows } from "@/api/usePagedRows";
import { usePlatform } from "@/platform/context";

/** People by part of a name, e-mail, phone or record id; loaded as they come into view. */
export function useLeads(query: string, source: string): PagedRows<LeadRow> {
  const platform = usePlatform();
  const filter = { text: query.trim() || null, source: source || null };
  return usePagedRows(["leads", filter], (offset, limit) => ask(platform, "leads", { ...filter, page: { offset, limit } }));
}
