import { useRead } from "@/api/client";
import type { Quota } from "@/api/generated";
import { FormRow } from "@/components/fields/FormRow";
import { text } from "@/text/en";

/** What is left of a destination's calls. The contract tells it by sync; one destination has one quota. */
export function QuotaLines({ connection }: { connection: string }) {
  const { data: home } = useRead("home", {});
  const quota: Quota[] = home?.syncs.find(({ destination }) => destination.connection.id === connection)?.quota ?? [];
  if (quota.length === 0) return null;
  return (
    <FormRow title={text.connections.quota}>
      {quota.map(({ bucket, left, limit }) => <span key={bucket}>{text.home.quotaOf(left, limit)}, {bucket}</span>)}
    </FormRow>
  );
}
