import { useRead } from "@/api/client";
import type { Field, GroupView } from "@/api/generated";

/** The destination's field a fix is about, as the mapping knows it. */
export function useField(group: GroupView, name: string): { field: Field | undefined; label: string; fields: readonly Field[] } {
  const mapping = useRead("mapping", { id: group.sync.id });
  const fields = mapping.data?.schema.fields ?? [];
  const field = fields.find((one) => one.name === name);
  return { field, label: field?.label ?? name, fields };
}
