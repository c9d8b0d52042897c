import { describe, expect, it } from "vitest";
import { counted, text } from "./en";

/** Every text, functions called with sample values: [where it stands, what it says]. */
function allTexts(node: unknown, path: string): [string, string][] {
  if (typeof node === "string") return [[path, node]];
  if (typeof node === "function") {
    const fill = node as (...values: unknown[]) => unknown;
    // Counted texts take numbers, named texts take names: whichever the text accepts, its own words are the same.
    return [1, 412, "Ada"].map((value): [string, string] => [path, String(fill(value, value, value))]);
  }
  return Object.entries(node as object).flatMap(([key, child]) => allTexts(child, path === "" ? key : `${path}.${key}`));
}

const banned = /\binvalid\b|\bfailed to\b|\boops\b|\bplease\b|!/i;

describe("every text", () => {
  // One test for all: thousands of named cases take longer to report than to run.
  const texts = allTexts(text, "");
  const offenders = (offends: (words: string) => boolean) => texts.filter(([, words]) => offends(words));

  it("is looked at", () => {
    expect(texts.length, "an empty list would prove nothing").toBeGreaterThan(1_000);
  });

  it("neither blames nor begs nor shouts", () => {
    expect(offenders((words) => banned.test(words)), "blame, begging and shouting are banned").toEqual([]);
  });

  it("has thirty words at most", () => {
    expect(offenders((words) => words.split(/\s+/).length > 30)).toEqual([]);
  });

  it("would be caught if it used a banned word", () => {
    expect(["Invalid value", "Oops", "Failed to send", "Please retry", "Done!"].every((words) => banned.test(words))).toBe(true);
  });
});

it("counts one and many", () => {
  expect([counted(1, "lead"), counted(1204, "lead"), counted(2, "person", "people")]).toEqual(["1 lead", "1,204 leads", "2 people"]);
});
