// An engine made of believable answers, for running the window in a plain browser. A release never contains it.
import type { CommandName } from "@/api/client";
import { fakePlatform, type FakePlatform } from "../fake";
import { activityArea } from "./activity";
import type { Answers, Area } from "./area";
import { connectionsArea } from "./connections";
import { errorsArea } from "./errors";
import { homeArea } from "./home";
import { leadsArea } from "./leads";
import { mapperArea } from "./mapper";
import { notificationsArea } from "./notifications";
import { practiceArea } from "./practice";
import { settingsArea } from "./settings";
import { setupArea } from "./setup";
import { sourcesArea } from "./sources";
import { startupAnswers } from "./startup";

// A later area answers over an earlier one.
const areas: Area[] = [
  connectionsArea,
  practiceArea,
  sourcesArea,
  settingsArea,
  mapperArea,
  errorsArea,
  leadsArea,
  activityArea,
  notificationsArea,
  homeArea,
  setupArea,
];

/** A host over the whole fake engine. `?scene=` in the address chooses what there is to see. */
export function fakeEngine(scene = new URLSearchParams(window.location.hash.split("?")[1]).get("scene") ?? "", parts: readonly Area[] = areas): FakePlatform {
  const changed = (...tags: string[]) => platform.emit("changed", tags);
  const answers = parts.reduce<Answers>((all, area) => ({ ...all, ...area({ changed, scene }) }), {});
  const platform: FakePlatform = fakePlatform({
    ...startupAnswers(scene),
    call: ({ command, request }) => {
      const answer = answers[command as CommandName] as ((request: unknown) => unknown) | undefined;
      if (!answer) throw new Error(`BUG: the fake engine has no answer to "${String(command)}"`);
      return answer(request);
    },
  });
  return platform;
}
