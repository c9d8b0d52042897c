import { ask } from "@/api/client";
import type { DeliveryFilter, DeliveryRow } from "@/api/generated";
import { usePagedRows, type PagedRows } from "@/api/usePagedRows";
import { usePlatform } from "@/platform/context";

/** Deliveries that match, loaded as they come into view. */
export function useDeliveries(filter: DeliveryFilter): PagedRows<DeliveryRow> {
  const platform = usePlatform();
  return usePagedRows(["deliveries", filter], (offset, limit) => ask(platform, "deliveries", { filter, page: { offset, limit } }));
}
