import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import { SearchField } from "./SearchField";

it("clears with Escape and with its button", async () => {
  const change = vi.fn();
  render(<SearchField label="Filter fields" value="pho" onChange={change} />);
  await userEvent.click(screen.getByRole("searchbox", { name: "Filter fields" }));
  await userEvent.keyboard("{Escape}");
  await userEvent.click(screen.getByRole("button", { name: "Clear" }));
  expect(change.mock.calls).toEqual([[""], [""]]);
});
