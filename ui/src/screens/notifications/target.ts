import { href, placeOf } from "@/app/router";

/** Where a notification leads: a page of this window, or Home when an older version named one that is gone. */
export function addressOf(target: string): string {
  const path = target.replace(/^leadferry:\/\//, "").replace(/^#?\/?/, "");
  const hash = `#/${path}`;
  return placeOf(hash) ? hash : href("home");
}
