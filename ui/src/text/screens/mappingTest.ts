// Words of the screen that tests a mapping with a sample.
import { formatCount } from "@/lib/format";
import { counted } from "@/text/counted";

export const mappingTest = {
  title: "Test with a sample",
  back: "Back to the mapping",
  backToSetup: "Back to the set-up",
  line: "Nothing is sent while you look.",
  sample: "Test with",
  samples: { made_up: "A made-up lead", recent: "A recent lead", last_failed: "The last lead that failed", typed: "Values I type" },
  recentOf: (at: number, all: number) => `Recent lead ${formatCount(at)} of ${formatCount(all)}`,
  previous: "Previous lead", next: "Next lead", noRecent: "No lead has come yet",
  typedTitle: "Your values", typedTest: "Test these values", typedHint: "Type values for the source fields, then test.",
  run: "Test again", running: "Working it out", failedTitle: "The test could not be done",
  tabs: { words: "In words", fields: "Field by field", request: "Exact request" },
  effects: { create: "Would create", update: "Would update", unchanged: "Nothing to change", refused: "Would be refused" },
  openRecord: "Open the record", warnings: (count: number) => counted(count, "warning"), noWarnings: "No warnings.",
  changes: { add: "added", change: "changed", same: "the same", keep: "kept", none: "nothing sent" },
  counts: (add: number, change: number, same: number) => `${counted(add, "field")} added, ${formatCount(change)} changed, ${formatCount(same)} the same`,
  columns: { change: "Change", field: "Field", source: "From", steps: "After each step", now: "Now in the CRM", becomes: "Would become" },
  empty: "empty", notRead: "not there yet", noSteps: "as it is",
  request: (at: number, all: number) => (all === 1 ? "The request" : `Request ${at} of ${all}`), headers: "Headers", body: "Body", copyCurl: "Copy as curl", curlCopied: "Copied. Secrets are left out.", noRequests: "Nothing would be sent.", secretsHidden: "Secrets are shown as ••••.",
  sourceValues: "What the lead brings", send: "Send one real test record",
  sendTitle: "Send one real record?", sendLine: (destination: string) => `This leaves your computer: ${destination} gets a record made of this sample. You can remove it again from here.`, sendAction: "Send the test record",
  sent: "A test record was sent.", sentLine: (record: string) => `It has the number ${record} there.`, look: "See it there", removeAgain: "Remove it again", removed: "The test record was removed.", cannotRemove: "The destination does not let Leadferry remove it. Delete it there.",
};
