import { expect, it } from "vitest";
import { href, placeOf } from "./router";

const table = { list: "/errors", group: "/errors/group/:group", delivery: "/errors/group/:group/delivery/:delivery" };

it.each([
  ["#/errors", "list", {}],
  ["#/errors/group/needs%20a%2Fname", "group", { group: "needs a/name" }],
  ["#/errors/group/7/delivery/9?tab=words", "delivery", { group: "7", delivery: "9" }],
])("%s is %s", (hash, name, params) => {
  expect(placeOf(hash, table)).toMatchObject({ name, params });
});

it.each(["#/nowhere", "#/errors/group/", "#/errors/group/%E0%A4%A", "#/errors/group/7/8"])("%s is no page", (hash) => {
  expect(placeOf(hash, table)).toBeUndefined();
});

it("takes an empty address for Home and keeps the query", () => {
  expect(placeOf("")?.name).toBe("home");
  expect(placeOf("#/errors?sync=3")?.query.get("sync")).toBe("3");
  expect(href("errors", undefined, { text: "acme & sons" })).toBe("#/errors?text=acme+%26+sons");
});
