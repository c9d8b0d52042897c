import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import { Tile, TileGrid } from "./Tile";

it("is a choice that says whether it is chosen", async () => {
  const press = vi.fn();
  render(<TileGrid label="Leads from"><Tile picture={null} title="CSV file" line="An export from anywhere" selected onPress={press} /></TileGrid>);
  await userEvent.click(screen.getByRole("button", { name: /CSV file/, pressed: true }));
  expect(press).toHaveBeenCalledOnce();
});
