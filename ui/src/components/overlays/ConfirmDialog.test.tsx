import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import { ConfirmDialog } from "./ConfirmDialog";

it("gives the focus to the harmless answer", async () => {
  const confirm = vi.fn();
  const cancel = vi.fn();
  render(
    <ConfirmDialog open danger title="Erase Ada Lovelace?" action="Erase 1 person" onConfirm={confirm} onCancel={cancel}>
      This cannot be undone.
    </ConfirmDialog>,
  );
  await userEvent.keyboard("{Enter}");
  expect(confirm, "a stray Enter must not erase anybody").not.toHaveBeenCalled();
  expect(cancel).toHaveBeenCalledOnce();
  await userEvent.click(screen.getByRole("button", { name: "Erase 1 person" }));
  expect(confirm).toHaveBeenCalledOnce();
});
