import { render, screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { Sentence } from "./Sentence";

it("says one sentence, and a quieter one below", () => {
  render(<Sentence line="The last one arrived 2 min ago.">All 1,204 leads are in HubSpot.</Sentence>);
  expect(screen.getByText("All 1,204 leads are in HubSpot.")).toBeDefined();
  expect(screen.getByText("The last one arrived 2 min ago.")).toBeDefined();
});
