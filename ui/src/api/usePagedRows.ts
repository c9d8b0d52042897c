// Rows of a long list, loaded by page as they come into view. The other half of DataGrid.
import { useQueries, type QueryKey } from "@tanstack/react-query";
import { useCallback, useState } from "react";

export interface RowPage<Row> {
  total: number;
  rows: readonly Row[];
}

export interface PagedRows<Row> {
  total: number;
  rowAt: (index: number) => Row | undefined;
  onRange: (offset: number, limit: number) => void;
  /** Nothing has arrived yet. */
  loading: boolean;
  error: unknown;
}

const PAGE = 100;
const ROWS_BEFORE_FIRST_PAGE = 8;

/** `key` must hold everything the pages depend on: filter, sort, group. Until the first page is here, a few empty rows hold the place. */
export function usePagedRows<Row>(key: QueryKey, fetchPage: (offset: number, limit: number) => Promise<RowPage<Row>>): PagedRows<Row> {
  const [range, setRange] = useState({ from: 0, to: 0 });
  // The first page stays among them, because it knows the total wherever one has scrolled.
  const pages = [...new Set([0, ...Array.from({ length: range.to - range.from + 1 }, (_, step) => range.from + step)])];
  const results = useQueries({
    queries: pages.map((page) => ({
      queryKey: [...key, "page", page],
      queryFn: () => fetchPage(page * PAGE, PAGE),
    })),
  });
  const onRange = useCallback((offset: number, limit: number) => {
    const from = Math.floor(offset / PAGE);
    const to = Math.floor((offset + Math.max(limit, 1) - 1) / PAGE);
    setRange((now) => (now.from === from && now.to === to ? now : { from, to }));
  }, []);
  const first = results.find((result) => result.data !== undefined)?.data;
  const loading = first === undefined && results.some((result) => result.isPending);
  return {
    total: first?.total ?? (loading ? ROWS_BEFORE_FIRST_PAGE : 0),
    rowAt: (index) => {
      const page = Math.floor(index / PAGE);
      return results[pages.indexOf(page)]?.data?.rows[index - page * PAGE];
    },
    onRange,
    loading,
    error: results.find((result) => result.error !== null)?.error ?? undefined,
  };
}
