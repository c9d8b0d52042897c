import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { expect, it, vi } from "vitest";
import { TextField } from "./TextField";

it("hands typed text up", async () => {
  function Typed() {
    const [value, setValue] = useState("");
    return <TextField label="Name" value={value} onChange={setValue} />;
  }
  render(<Typed />);
  await userEvent.type(screen.getByRole("textbox", { name: "Name" }), "Ada");
  expect(screen.getByDisplayValue("Ada")).toBeDefined();
});

it("ties help and error to the control, for those who hear it", () => {
  render(<TextField label="E-mail" value="ada@@x" onChange={vi.fn()} required help="Where replies go." error="“ada@@x” is not an e-mail address." />);
  const input = screen.getByRole("textbox", { name: /E-mail/ });
  const described = (input.getAttribute("aria-describedby") ?? "").split(" ").map((id) => document.getElementById(id)?.textContent);
  expect(described).toEqual(["Where replies go.", "“ada@@x” is not an e-mail address."].map((words) => expect.stringContaining(words) as string));
  expect(input.getAttribute("aria-invalid")).toBe("true");
});
