import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { expect, it } from "vitest";
import { SidePanel } from "./SidePanel";

function ListAndPanel() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button onClick={() => setOpen(true)}>Ada Lovelace</button>
      {open && <SidePanel title="Ada Lovelace" onClose={() => setOpen(false)}>Synced.</SidePanel>}
    </>
  );
}

it("takes the focus, leaves with Escape and gives it back", async () => {
  render(<ListAndPanel />);
  await userEvent.click(screen.getByRole("button", { name: "Ada Lovelace" }));
  expect(document.activeElement).toBe(screen.getByRole("complementary", { name: "Ada Lovelace" }));
  await userEvent.keyboard("{Escape}");
  expect(screen.queryByRole("complementary")).toBeNull();
  expect(document.activeElement).toBe(screen.getByRole("button", { name: "Ada Lovelace" }));
});
