// A hash router: the built window is served from the app's own scheme, where paths do not exist. Routes are a table of
// names and patterns, so that a link to a page that is not there does not compile.
import { useSyncExternalStore } from "react";

export const routes = {
  home: "/home",
  setup: "/setup",
  sync: "/home/:sync",
  leads: "/leads",
  lead: "/leads/:lead",
  mapping: "/mapping",
  mapper: "/mapping/:sync",
  test: "/mapping/:sync/test",
  errors: "/errors",
  group: "/errors/:sync/:key",
  delivery: "/errors/delivery/:delivery/details",
  activity: "/activity",
  run: "/activity/:run",
  connections: "/connections",
  connect: "/connections/new",
  connection: "/connections/:connection",
  notifications: "/notifications",
  settings: "/settings",
  gallery: "/gallery",
} as const;

export type RouteName = keyof typeof routes;

type ParamsOf<Pattern extends string> = Pattern extends `${string}:${infer Name}/${infer Rest}`
  ? Record<Name, string> & ParamsOf<`/${Rest}`>
  : Pattern extends `${string}:${infer Name}`
    ? Record<Name, string>
    : unknown;

/** What a route's screen receives from the address. */
export type RouteParams<Name extends RouteName> = ParamsOf<(typeof routes)[Name]>;

type Args<Name extends RouteName> = unknown extends RouteParams<Name>
  ? [params?: undefined, query?: Record<string, string>]
  : [params: RouteParams<Name>, query?: Record<string, string>];

/** The address of a page, for links. */
export function href<Name extends RouteName>(name: Name, ...[params, query]: Args<Name>): string {
  const values = (params ?? {}) as Record<string, string>;
  const path = routes[name].replace(/:(\w+)/g, (_, key: string) => encodeURIComponent(values[key] ?? ""));
  const search = query && Object.keys(query).length > 0 ? `?${new URLSearchParams(query).toString()}` : "";
  return `#${path}${search}`;
}

export function go<Name extends RouteName>(name: Name, ...args: Args<Name>): void {
  window.location.hash = href(name, ...args);
}

/** The sidebar's section a page belongs to: the first part of its address. The wizard is begun from Home. */
export function sectionOf(name: RouteName): string | undefined {
  return name === "setup" ? "home" : routes[name].split("/")[1];
}

export interface Place {
  name: RouteName;
  /** The address without what follows the question mark: another path is another page. */
  path: string;
  params: Record<string, string>;
  query: URLSearchParams;
}

/** Reads an address; `undefined` when no page has it. Nothing at all is Home. */
export function placeOf(hash: string, table: Record<string, string> = routes): Place | undefined {
  const [path = "", search = ""] = hash.replace(/^#/, "").split("?");
  const parts = (path === "" || path === "/" ? routes.home : path).split("/");
  for (const [name, pattern] of Object.entries(table)) {
    const wanted = pattern.split("/");
    if (wanted.length !== parts.length) continue;
    const params: Record<string, string> = {};
    const fits = wanted.every((piece, at) => {
      const part = parts[at] ?? "";
      if (!piece.startsWith(":")) return piece === part;
      const value = decoded(part);
      if (value === undefined || value === "") return false;
      params[piece.slice(1)] = value;
      return true;
    });
    if (fits) return { name: name as RouteName, path: parts.join("/"), params, query: new URLSearchParams(search) };
  }
  return undefined;
}

/** A deep link may hold anything; broken escapes are simply no such page. */
function decoded(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}

function watch(changed: () => void): () => void {
  window.addEventListener("hashchange", changed);
  return () => window.removeEventListener("hashchange", changed);
}

/** The address now, as a string: compare it, or read it with placeOf. */
export function useHash(): string {
  return useSyncExternalStore(watch, () => window.location.hash);
}
