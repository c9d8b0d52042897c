import { QueryClientProvider } from "@tanstack/react-query";
import { act, renderHook, waitFor } from "@testing-library/react";
import type { ReactNode } from "react";
import { expect, it, vi } from "vitest";
import { newQueryClient } from "@/app/queryClient";
import { usePagedRows } from "./usePagedRows";

it("loads the pages in view, keeps the total wherever one scrolls, and returns rows by index", async () => {
  const client = newQueryClient();
  const wrapper = ({ children }: { children: ReactNode }) => <QueryClientProvider client={client}>{children}</QueryClientProvider>;
  const fetchPage = vi.fn(async (offset: number, limit: number) => ({ total: 1_000_000, rows: Array.from({ length: limit }, (_, at) => offset + at) }));
  const { result } = renderHook(() => usePagedRows(["leads"], fetchPage), { wrapper });
  expect([result.current.loading, result.current.rowAt(0)]).toEqual([true, undefined]);
  act(() => result.current.onRange(250_090, 30));
  await waitFor(() => expect(result.current.rowAt(250_119)).toBe(250_119));
  expect(result.current.total).toBe(1_000_000);
  expect(fetchPage.mock.calls.map(([offset]) => offset).sort((a, b) => a - b)).toEqual([0, 250_000, 250_100]);
});
