import type { AccountView } from "@/api/generated";
import { text } from "@/text/en";

const words = text.connections;

/** "contacts, deals and tasks". */
export function listed(parts: readonly string[]): string {
  if (parts.length < 2) return parts.join("");
  return `${parts.slice(0, -1).join(", ")} ${words.and} ${parts.at(-1) ?? ""}`;
}

/** Who we are there, in one line. */
export function accountLine({ name, user }: AccountView): string {
  return user === null ? name : `${name}, ${words.signedInAs(user)}`;
}

/** What the account allows and what not, in words. */
export function rightsLine({ may, may_not: mayNot }: AccountView): string {
  const parts = [may.length > 0 ? words.mayList(listed(may)) : "", mayNot.length > 0 ? words.mayNotList(listed(mayNot)) : ""];
  return parts.filter((part) => part !== "").join(" ");
}
