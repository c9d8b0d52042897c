import { fireEvent, render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { expect, it, vi } from "vitest";
import { DataGrid, type Column, type DataGridProps } from "./DataGrid";
import { rowWindow } from "./fixedRows";
import { everythingSelected, isSelected, nothingSelected, selectedCount, withRows, type Selection } from "./selection";

interface Person {
  key: string;
  name: string;
}

const columns: Column<Person>[] = [
  { id: "name", header: "Name", cell: (person) => person.name, namesRow: true, sortable: true },
  { id: "key", header: "Key", cell: (person) => person.key },
];
const person = (index: number): Person => ({ key: `k${index}`, name: `Person ${index}` });

function Grid(props: Partial<DataGridProps<Person>> & { watch?: (selection: Selection) => void }) {
  const [selection, setSelection] = useState<Selection>(nothingSelected);
  return (
    <DataGrid
      label="Failed leads"
      columns={columns}
      total={412}
      rowAt={person}
      rowKey={(row) => row.key}
      rowName={(row) => row.name}
      onRange={() => {}}
      selection={selection}
      onSelect={(next) => {
        setSelection(next);
        props.watch?.(next);
      }}
      selectionScope="in this group"
      empty="Nobody"
      {...props}
    />
  );
}

const activeName = () => {
  const id = screen.getByRole("grid").getAttribute("aria-activedescendant") ?? "";
  return within(document.getElementById(id)!).getByRole("rowheader").textContent;
};

it("draws only what is in view and asks for it, though it counts a million", () => {
  const range = vi.fn();
  render(<Grid total={1_000_000} onRange={range} />);
  expect(screen.getByRole("grid").getAttribute("aria-rowcount")).toBe("1000001");
  expect(screen.getAllByRole("row").length).toBeLessThan(40);
  expect(range).toHaveBeenCalledWith(0, expect.any(Number));
});

it("reaches the last of a million rows within the height a browser allows", () => {
  const viewport = 600;
  const bottom = rowWindow(1_000_000, 40, 0, viewport).height - viewport;
  const rows = rowWindow(1_000_000, 40, bottom, viewport);
  expect(rows.height).toBeLessThan(33_000_000);
  expect(rows.end, "scrolled down fully, the last row is drawn").toBe(1_000_000);
  expect(rows.top(999_999) + 40, "and ends where the body ends").toBeCloseTo(rows.height, 0);
});

it("moves by J, K and arrows, selects by X and opens by Enter", async () => {
  const open = vi.fn();
  const watch = vi.fn();
  render(<Grid onOpen={open} watch={watch} />);
  await userEvent.tab();
  await userEvent.keyboard("jj{ArrowDown}k");
  expect(activeName()).toBe("Person 2");
  await userEvent.keyboard("x{Enter}");
  expect(watch).toHaveBeenLastCalledWith({ kind: "some", keys: new Set(["k2"]) });
  expect(open).toHaveBeenCalledWith(person(2));
});

it("selects a range by Shift X and by Shift click", async () => {
  const watch = vi.fn();
  render(<Grid watch={watch} />);
  await userEvent.tab();
  await userEvent.keyboard("xjj{Shift>}X{/Shift}");
  expect(watch).toHaveBeenLastCalledWith({ kind: "some", keys: new Set(["k0", "k1", "k2"]) });
  fireEvent.click(screen.getByRole("checkbox", { name: "Select Person 4" }), { shiftKey: true });
  expect(watch).toHaveBeenLastCalledWith({ kind: "some", keys: new Set(["k0", "k1", "k2", "k3", "k4"]) });
});

it("selects the page first and then all", async () => {
  const watch = vi.fn();
  render(<Grid watch={watch} />);
  await userEvent.click(screen.getByRole("checkbox", { name: "Select the 50 rows of this page" }));
  expect(screen.getByText("50 selected.")).toBeDefined();
  await userEvent.click(screen.getByRole("button", { name: "Select all 412 in this group" }));
  expect(watch).toHaveBeenLastCalledWith(everythingSelected);
  expect(screen.getByText("All 412 are selected.")).toBeDefined();
});

it("keeps focus and follows the active row when a refresh puts rows above it", async () => {
  const { rerender } = render(<Grid />);
  await userEvent.tab();
  await userEvent.keyboard("jj");
  rerender(<Grid total={415} rowAt={(index) => person(index - 3)} />);
  expect(activeName()).toBe("Person 2");
  expect(document.activeElement).toBe(screen.getByRole("grid"));
});

it("announces its sort", async () => {
  const sort = vi.fn();
  render(<Grid sort={{ column: "name", direction: "ascending" }} onSort={sort} />);
  expect(screen.getByRole("columnheader", { name: "Name" }).getAttribute("aria-sort")).toBe("ascending");
  await userEvent.click(screen.getByRole("button", { name: "Name" }));
  expect(sort).toHaveBeenCalledWith({ column: "name", direction: "descending" });
});

it("shows rows under way as busy", () => {
  render(<Grid rowAt={() => undefined} total={3} />);
  expect(screen.getAllByRole("row", { busy: true })).toHaveLength(3);
});

it("leaves out from all what was unticked", () => {
  const selection = withRows(everythingSelected, ["k3"], false);
  expect([isSelected(selection, "k3"), isSelected(selection, "k4"), selectedCount(selection, 412)]).toEqual([false, true, 411]);
  expect(withRows(selection, ["k3"], true)).toEqual(everythingSelected);
});
