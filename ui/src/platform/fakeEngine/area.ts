// What a part of the fake engine is made of. Development and tests only.
import type { CommandName, RequestOf, ResponseOf } from "@/api/client";
import type { Tag } from "@/api/generated";

/** Answers to some commands, typed by the contract. */
export type Answers = { [Name in CommandName]?: (request: RequestOf<Name>) => ResponseOf<Name> | Promise<ResponseOf<Name>> };

export interface Engine {
  /** Says what changed, as the engine would. */
  changed: (...tags: Tag[]) => void;
  /** What the address asks to see: `#/home?scene=empty`. */
  scene: string;
}

/** One area: what one folder of screens asks for. */
export type Area = (engine: Engine) => Answers;

const MINUTE = 60_000;

/** So many minutes ago; negative lies ahead. */
export const minutesAgo = (minutes: number): string => new Date(Date.now() - minutes * MINUTE).toISOString();

/** What the engine rejects with. */
export const refuse = (message: string): never => {
  // The contract's error is a plain value, as it comes over the bridge.
  // eslint-disable-next-line @typescript-eslint/only-throw-error
  throw { code: "refused", message };
};
