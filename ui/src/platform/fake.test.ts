import { expect, it } from "vitest";
import { fakePlatform } from "./fake";

it("answers a command from its handler and records the call", async () => {
  const fake = fakePlatform({ count: ({ of }) => (of === "leads" ? 3 : 0) });
  expect(await fake.call("count", { of: "leads" })).toBe(3);
  expect(fake.calls).toEqual([{ command: "count", args: { of: "leads" } }]);
});

it("refuses a command nobody handles, so that a test cannot pass by accident", async () => {
  await expect(fakePlatform().call("unknown")).rejects.toThrow("unknown");
});

it("delivers events from when hearing has begun until it is stopped", async () => {
  const fake = fakePlatform();
  const heard: unknown[] = [];
  let stop: () => void = () => undefined;
  await new Promise<void>((begun) => {
    stop = fake.listen("changed", (payload) => heard.push(payload), begun);
    fake.emit("changed", 0);
  });
  fake.emit("changed", 1);
  stop();
  fake.emit("changed", 2);
  expect(heard).toEqual([1]);
});

it("passes drops on and answers file dialogs in order", async () => {
  const fake = fakePlatform();
  const drops: unknown[] = [];
  fake.onFileDrop((drop) => drops.push(drop));
  fake.drop({ kind: "dropped", paths: ["leads.csv"] });
  fake.nextFiles.push("leads.csv");
  expect(drops).toEqual([{ kind: "dropped", paths: ["leads.csv"] }]);
  expect([await fake.pickFile([]), await fake.pickFile([])], "an empty list is a cancelled dialog").toEqual(["leads.csv", undefined]);
});
