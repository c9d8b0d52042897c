import { createContext, use, type ReactNode } from "react";
import type { Platform } from "./types";

const Here = createContext<Platform | undefined>(undefined);

export function PlatformProvider({ platform, children }: { platform: Platform; children: ReactNode }) {
  return <Here value={platform}>{children}</Here>;
}

/** The host of this window. */
export function usePlatform(): Platform {
  const platform = use(Here);
  if (!platform) throw new Error("BUG: usePlatform outside of PlatformProvider");
  return platform;
}
