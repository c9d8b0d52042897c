import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import { Button } from "./Button";

it("runs on click, Enter and Space", async () => {
  const run = vi.fn();
  render(<Button onPress={run}>Sign in again</Button>);
  await userEvent.click(screen.getByRole("button", { name: "Sign in again" }));
  await userEvent.keyboard("{Enter} ");
  expect(run).toHaveBeenCalledTimes(3);
});

it("does nothing while busy, and keeps its focus and its name", async () => {
  const run = vi.fn();
  const { rerender } = render(<Button onPress={run}>Retry 412</Button>);
  await userEvent.tab();
  rerender(<Button onPress={run} busy>Retry 412</Button>);
  await userEvent.keyboard("{Enter}");
  expect(run, "a second press must not start the work twice").not.toHaveBeenCalled();
  expect(document.activeElement).toBe(screen.getByRole("button", { name: /Retry 412/ }));
});

it("cannot be pressed when disabled", async () => {
  const run = vi.fn();
  render(<Button onPress={run} disabled>Publish</Button>);
  await userEvent.click(screen.getByRole("button"));
  expect(run).not.toHaveBeenCalled();
});
