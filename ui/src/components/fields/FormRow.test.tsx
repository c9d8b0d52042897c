import { render, screen, within } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { Switch } from "@/components/controls/Switch";
import { FormRow } from "./FormRow";

it("groups its control under its title", () => {
  render(<FormRow title="Start at login" line="Leads arrive from the first minute."><Switch on onChange={vi.fn()}>On</Switch></FormRow>);
  expect(within(screen.getByRole("group", { name: "Start at login" })).getByRole("switch")).toBeDefined();
});
