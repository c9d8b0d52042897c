import { describe, expect, it } from "vitest";
import css from "./tokens.css?raw";

type Theme = "light" | "dark";
const themes: readonly Theme[] = ["light", "dark"];

const tokens = new Map(
  [...css.matchAll(/--([\w-]+):\s*light-dark\((#[0-9a-f]{6}),\s*(#[0-9a-f]{6})\);/g)].map(([, name, light, dark]) => [
    name!,
    { light: light!, dark: dark! },
  ]),
);

function luminance(hex: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

function contrast(front: string, back: string, theme: Theme): number {
  const [a, b] = [front, back].map((name) => {
    const token = tokens.get(name);
    if (!token) throw new Error(`tokens.css has no colour --${name}`);
    return luminance(token[theme]);
  });
  return (Math.max(a!, b!) + 0.05) / (Math.min(a!, b!) + 0.05);
}

const surfaces = ["frame", "page", "raised", "float", "sunken", "hover", "selected"].map((step) => `surface-${step}`);
const states = ["ok", "busy", "wait", "warn", "bad", "info"];

const readable: [string, string][] = [
  ...["text", "text-muted", "text-faint", "accent-text"].flatMap((text) => surfaces.map((surface): [string, string] => [text, surface])),
  ["text", "surface-pressed"],
  ["text-tooltip", "surface-tooltip"],
  ["accent-text", "accent-bg"],
  ["text", "accent-bg"],
  ...["accent", "accent-hover", "accent-pressed"].map((fill): [string, string] => ["accent-on", fill]),
  ...["danger", "danger-hover", "danger-pressed"].map((fill): [string, string] => ["danger-on", fill]),
  ...states.flatMap((state): [string, string][] => [
    [`${state}-text`, `${state}-bg`],
    ["text", `${state}-bg`],
    ["text-muted", `${state}-bg`],
    ...surfaces.map((surface): [string, string] => [`${state}-text`, surface]),
  ]),
];

const seen: [string, string][] = [
  ...["border-control", "accent", "accent-mark", "focus", ...states.map((state) => `${state}-mark`)].flatMap((mark) =>
    ["frame", "page", "raised", "float"].map((step): [string, string] => [mark, `surface-${step}`]),
  ),
  ...states.map((state): [string, string] => [`${state}-mark`, `${state}-bg`]),
];

describe.each(themes)("in %s", (theme) => {
  it.each(readable)("%s is readable on %s", (front, back) => {
    expect(contrast(front, back, theme), "text needs 4.5:1 (WCAG 1.4.3)").toBeGreaterThanOrEqual(4.5);
  });

  it.each(seen)("%s is seen on %s", (mark, back) => {
    expect(contrast(mark, back, theme), "marks and controls need 3:1 (WCAG 1.4.11)").toBeGreaterThanOrEqual(3);
  });
});

it("steps surfaces up in lightness in the dark", () => {
  const steps = ["frame", "page", "raised", "float"].map((step) => luminance(tokens.get(`surface-${step}`)!.dark));
  expect(steps, "what floats is lighter than what it floats on").toEqual([...steps].sort((a, b) => a - b));
});
