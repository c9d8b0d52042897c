import type { SourceField } from "@/api/generated";
import { fold } from "@/components/fields/matching";

export interface SourceGroup {
  name: string;
  fields: readonly SourceField[];
}

/** Source fields in groups, by what stands before the first dot of their names: `visit.page` is of the visit. */
export function groupsOf(fields: readonly SourceField[], query: string, rest: string): SourceGroup[] {
  const words = fold(query).split(/\s+/).filter(Boolean);
  const groups = new Map<string, SourceField[]>();
  for (const field of fields) {
    const hay = fold(`${field.label} ${field.name}`);
    if (!words.every((word) => hay.includes(word))) continue;
    const [before, after] = field.name.split(/\.(.*)/s);
    const name = after === undefined || !before ? rest : before.charAt(0).toUpperCase() + before.slice(1).replaceAll("_", " ");
    groups.set(name, [...(groups.get(name) ?? []), field]);
  }
  return [...groups].map(([name, own]) => ({ name, fields: own }));
}
