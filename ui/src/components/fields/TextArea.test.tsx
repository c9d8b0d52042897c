import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import { TextArea } from "./TextArea";

it("keeps line breaks", async () => {
  const change = vi.fn();
  render(<TextArea label="Note" value="first" onChange={change} />);
  await userEvent.type(screen.getByRole("textbox", { name: "Note" }), "{Enter}");
  expect(change).toHaveBeenLastCalledWith("first\n");
});
