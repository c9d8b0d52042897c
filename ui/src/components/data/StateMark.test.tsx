import { render } from "@testing-library/react";
import { expect, it } from "vitest";
import { StateMark } from "./StateMark";
import { deliveryLooks, laneLooks, type DeliveryState, type LaneState } from "./states";

const marks = [
  ...(Object.keys(deliveryLooks) as DeliveryState[]).map((state) => [state, <StateMark key={state} state={state} />] as const),
  ...(Object.keys(laneLooks) as LaneState[]).map((lane) => [lane, <StateMark key={lane} lane={lane} />] as const),
];

it.each(marks)("%s has an icon and a word besides its colour", (_state, mark) => {
  const { container } = render(mark);
  expect(container.querySelector("svg"), "icon").not.toBeNull();
  expect(container.textContent, "word").toMatch(/^[A-Z][a-z -]+$/);
});

it("draws no two delivery states with the same icon", () => {
  const icons = Object.values(deliveryLooks).map((look) => look.icon);
  expect(new Set(icons).size).toBe(icons.length);
});
