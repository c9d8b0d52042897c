import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { expect, it } from "vitest";
import { Button } from "@/components/controls/Button";
import { Dialog } from "./Dialog";

function Opener() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onPress={() => setOpen(true)}>Choose record</Button>
      <Dialog open={open} onClose={() => setOpen(false)} title="Which Ada?">
        Two people share this phone.
      </Dialog>
    </>
  );
}

it("is named by its title, closes with Escape and gives the focus back", async () => {
  render(<Opener />);
  const opener = screen.getByRole("button", { name: "Choose record" });
  await userEvent.click(opener);
  expect(screen.getByRole("dialog", { name: "Which Ada?" }).contains(document.activeElement), "focus moves inside").toBe(true);
  await userEvent.keyboard("{Escape}");
  expect(screen.queryByRole("dialog")).toBeNull();
  await new Promise(requestAnimationFrame);
  expect(document.activeElement, "focus returns to what opened it").toBe(opener);
});
