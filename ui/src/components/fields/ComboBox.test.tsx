import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import { ComboBox } from "./ComboBox";
import { matching } from "./matching";

const fields = [
  { value: "mobilephone", label: "Mobile phone", detail: "mobilephone" },
  { value: "phone", label: "Phone number", detail: "phone" },
  { value: "hs_lead_source", label: "Original source", detail: "hs_analytics_source" },
  { value: "espana", label: "España" },
];

it.each([
  ["phone", ["phone", "mobilephone"]],
  ["analytics", ["hs_lead_source"]],
  ["ESPANA", ["espana"]],
  ["num pho", ["phone"]],
  ["zzz", []],
])("“%s” finds %j", (query, found) => {
  expect(matching(fields, query).map((option) => option.value)).toEqual(found);
});

it("is a named combobox showing its choice, and empties", async () => {
  const change = vi.fn();
  render(<ComboBox label="HubSpot field" value="phone" onChange={change} options={fields} />);
  const input = screen.getByRole<HTMLInputElement>("combobox", { name: "HubSpot field" });
  expect(input.value).toBe("Phone number");
  await userEvent.clear(input);
  expect(change).toHaveBeenCalledWith(undefined);
});

it("says so when nothing matches", async () => {
  render(<ComboBox label="HubSpot field" value={undefined} onChange={vi.fn()} options={fields} />);
  await userEvent.type(screen.getByRole("combobox"), "zzz");
  expect(screen.getByText("Nothing matches “zzz”.")).toBeDefined();
});
