import { describe, expect, it } from "vitest";
import { formatCount, formatDuration, formatRelative, formatShort } from "./format";

const now = new Date("2026-03-10T14:02:11Z");
const before = (minutes: number) => new Date(now.getTime() - minutes * 60_000);

describe("relative times", () => {
  it.each([
    [0.5, "just now"],
    [3, "3 min ago"],
    [61, "1 h ago"],
    [-4, "in 4 min"],
    [-0.2, "just now"],
  ])("%s minutes before now reads %s", (minutes, words) => {
    expect(formatRelative(before(minutes), now)).toBe(words);
  });

  it("says of a promised time that it is near, also when the window's clock is a little ahead of it", () => {
    expect([0.2, -0.2].map((minutes) => formatRelative(before(minutes), now, true))).toEqual(["in under a minute", "in under a minute"]);
  });

  it("names the day within a week and the date beyond", () => {
    expect(formatRelative(before(60 * 30), now), "yesterday").toMatch(/^Mon,? /);
    expect(formatRelative(before(60 * 24 * 30), now), "a month ago").toContain("2026");
  });
});

it("keeps every digit in counts and three in tiles", () => {
  expect(formatCount(1_204_567)).toBe("1,204,567");
  expect(formatShort(1_204)).toBe("1,204");
  expect(formatShort(1_204_567)).toBe("1.2M");
});

it("says durations as a person would", () => {
  expect([20, 240, 3600, 7800].map(formatDuration)).toEqual(["under a minute", "4 min", "1 h", "2 h 10 min"]);
});
