import { render } from "@testing-library/react";
import { App } from "@/app/App";
import { newQueryClient } from "@/app/queryClient";
import { fakeEngine } from "@/platform/fakeEngine";
import type { FakePlatform } from "@/platform/fake";

/** The whole window at an address, over the fake engine in one of its scenes. */
export function openApp(route: string, scene = ""): FakePlatform {
  window.location.hash = `#/${route}`;
  const platform = fakeEngine(scene);
  render(<App platform={platform} client={newQueryClient()} />);
  return platform;
}

/** What the engine was asked, by command. */
export const asked = (platform: FakePlatform, command: string): unknown[] =>
  platform.calls.filter(({ command: kind, args }) => kind === "call" && args.command === command).map(({ args }) => args.request);
