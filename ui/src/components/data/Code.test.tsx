import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import { PlatformProvider } from "@/platform/context";
import { fakePlatform } from "@/platform/fake";
import { Code } from "./Code";
import { jsonPieces } from "./json";

it("copies what was given, not what is drawn", async () => {
  const platform = fakePlatform();
  render(<PlatformProvider platform={platform}><Code label="Request body" code={'{"a":1}'} language="json" /></PlatformProvider>);
  await userEvent.click(screen.getByRole("button", { name: "Copy" }));
  expect(platform.copied).toEqual(['{"a":1}']);
  expect(screen.getByRole("button", { name: "Copied" })).toBeDefined();
});

it("loses nothing of the JSON it colours", () => {
  const value = { name: 'Ada "the first"', score: -12.5e3, open: true, gone: null, list: ["a:b", 1] };
  expect(JSON.parse(jsonPieces(JSON.stringify(value)).map(({ words }) => words).join(""))).toEqual(value);
});

it("shows a broken body as it came", () => {
  expect(jsonPieces("<html>502</html>")).toEqual([{ kind: "sign", words: "<html>502</html>" }]);
});
