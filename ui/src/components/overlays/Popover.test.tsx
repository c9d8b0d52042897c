import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import { Button } from "@/components/controls/Button";
import { Popover } from "./Popover";

it("opens from its trigger and can close itself", async () => {
  render(
    <Popover label="Columns" trigger={<Button>Columns</Button>}>
      {(close) => <Button onPress={close}>Done</Button>}
    </Popover>,
  );
  await userEvent.click(screen.getByRole("button", { name: "Columns" }));
  expect(screen.getByRole("dialog", { name: "Columns" })).toBeDefined();
  await userEvent.click(screen.getByRole("button", { name: "Done" }));
  expect(screen.queryByRole("dialog")).toBeNull();
});
