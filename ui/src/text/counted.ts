import { formatCount } from "@/lib/format";

/** "1 lead", "412 leads". */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}
