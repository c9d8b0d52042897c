// The words of the fake engine's failures, in the pattern of the real catalogue.
import type { Explained, FixAction } from "@/api/generated";
import { formatCount } from "@/lib/format";
import { LONGEST_MESSAGE, type Fault } from "./ledger";

export const labels: Record<string, string> = { email: "Email", firstname: "First name", lastname: "Last name", phone: "Phone number", lead_source: "Lead source", message: "First message" };

const waiting = (count: number) => (count === 1 ? "1 lead waits" : `${formatCount(count)} leads wait`);

export function explain(fault: Fault, leads: number): Explained {
  const { field, value } = fault;
  const label = labels[field] ?? field;
  const words: Record<Fault["problem"], [string, string, FixAction]> = {
    UnknownOption: [`HubSpot does not know the value “${value}” for “${label}”`, `Only listed values are allowed. They go as soon as the value is translated. ${waiting(leads)} safely here.`, { do: "translate_value", field, value }],
    Required: [`HubSpot needs “${label}”, and ${formatCount(leads)} leads have none`, `Choose what to put there. ${waiting(leads)} safely here.`, { do: "set_default", field }],
    TooLong: [`“${label}” is longer than HubSpot allows (${LONGEST_MESSAGE})`, `Shorten it automatically, or send without it. ${waiting(leads)} safely here.`, { do: "shorten", field, limit: LONGEST_MESSAGE }],
    NotPhone: [`Some values of “${label}” are not phone numbers`, `Set the default country, correct the number, or send without it. ${waiting(leads)} safely here.`, { do: "edit_value", field }],
  };
  const [title, meaning, action] = words[fault.problem];
  return { title, meaning, action, technical: `400 VALIDATION_ERROR\nProperty values were not valid\n${field}: ${value} was not one of the allowed options\nrequest 0192f0c1-77aa` };
}

export const more = ({ field, problem }: Fault): FixAction[] =>
  problem === "Required" ? [{ do: "edit_mapping", field }] : [{ do: "leave_out", field }, { do: "edit_mapping", field }];

/** As a row of a list says it. */
export function inShort(fault: Fault): string {
  return explain(fault, 1).title.replace("1 leads have", "this lead has");
}
