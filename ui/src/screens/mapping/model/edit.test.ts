import { expect, it } from "vitest";
import type { Field, Mapping, Suggestion } from "@/api/generated";
import { accept, addSteps, changeRule, clear, moveStep, place, placement, retarget, ruleOf, setStep } from "./edit";
import { begin, redo, step, undo } from "./history";

const empty: Mapping = { format: 1, version: 1, object: "contacts", rules: [], defaults: { region: null, zone: null, date_order: null, decimal: null, currency: null } };
const field = (name: string, more: Partial<Field> = {}): Field => ({ name, label: name, kind: "text", required: false, read_only: false, unique: false, custom: false, options: [], max_length: null, group: null, help: null, ...more });
const suggestion = (target: string, name: string): Suggestion => ({ target, source: { from: "field", name }, transforms: [{ step: "trim" }], confidence: 80, reason: "same name" });

it("places a source as a rule the engine would make", () => {
  expect(place(empty, "email", "mail").rules).toEqual([
    { target: "email", source: { from: "field", name: "mail" }, transforms: [], overwrite: "always", blank_overwrites: false, direction: "to_destination", when: null },
  ]);
});

it("keeps what was decided about overwriting when the source changes, and drops the old source's steps", () => {
  const before = changeRule(place(empty, "email", "mail", [{ step: "trim" }]), "email", { overwrite: "never", direction: "both" });
  const rule = ruleOf(place(before, "email", "other"), "email");
  expect([rule?.overwrite, rule?.direction, rule?.transforms]).toEqual(["never", "both", []]);
});

it("says why a pair is impossible, and with which steps a pair is possible", () => {
  const pairs = [{ source: "day", target: "date", why: "Text is no date yet.", with: [{ step: "trim" as const }] }, { source: "flag", target: "date", why: "Never.", with: null }];
  expect(placement(field("date"), "day", pairs, "own")).toEqual({ possible: true, steps: [{ step: "trim" }] });
  expect(placement(field("date"), "flag", pairs, "own")).toEqual({ possible: false, why: "Never." });
  expect(placement(field("made", { read_only: true }), "day", pairs, "own"), "read-only fields are known without asking").toEqual({ possible: false, why: "own" });
});

it("accepts suggestions without touching a target that has a rule", () => {
  const before = place(empty, "email", "mine");
  const after = accept(before, [suggestion("email", "theirs"), suggestion("phone", "tel")]);
  expect(after.rules.map(({ target, source }) => [target, source])).toEqual([["email", { from: "field", name: "mine" }], ["phone", { from: "field", name: "tel" }]]);
});

it("moves a step and stops at the ends", () => {
  const three = addSteps(place(empty, "email", "mail"), "email", [{ step: "trim" }, { step: "lower_case" }, { step: "email" }]);
  const order = (mapping: Mapping) => ruleOf(mapping, "email")?.transforms.map((each) => each.step);
  expect(order(moveStep(three, "email", 2, -1))).toEqual(["trim", "email", "lower_case"]);
  expect(moveStep(three, "email", 0, -1), "nothing is above the first").toBe(three);
  expect(moveStep(three, "email", 2, 1), "nothing is below the last").toBe(three);
  expect(order(setStep(three, "email", 1, undefined))).toEqual(["trim", "email"]);
});

it("sends a rule to another field, in the place it had", () => {
  const before = place(place(place(empty, "old", "a"), "other", "b"), "new", "c");
  expect(retarget(before, "old", "new").rules.map(({ target, source }) => [target, source])).toEqual([["new", { from: "field", name: "a" }], ["other", { from: "field", name: "b" }]]);
});

it("undoes and redoes each kind of step, rejected suggestions too", () => {
  const placed = step(begin(empty), { mapping: place(empty, "email", "mail"), rejected: [] });
  const rejected = step(placed, { ...placed.now, rejected: ["phone"] });
  expect(undo(rejected).now).toEqual(placed.now);
  expect(undo(undo(rejected)).now.mapping).toEqual(empty);
  expect(redo(undo(rejected)).now).toEqual(rejected.now);
  expect(undo(begin(empty)), "nothing to undo").toEqual(begin(empty));
});

it("makes one step of typing on, and none of what changed nothing", () => {
  const typed = (separator: string) => ({ mapping: { ...empty, object: separator }, rejected: [] });
  const twice = step(step(begin(empty), typed("a"), "separator"), typed("ab"), "separator");
  expect(undo(twice).now.mapping).toEqual(empty);
  const once = step(begin(empty), typed("a"));
  expect(step(once, { ...typed("a"), rejected: once.now.rejected })).toBe(once);
  expect(clear(empty, ["email"])).toEqual(empty);
});
