// Words of the mapping editor.
import type { FieldKind, Overwrite, Direction, Source, Condition, Rest, NamePart } from "@/api/generated";
import type { Chip, Group } from "@/screens/mapping/model/rows";
import type { StepKind } from "@/screens/mapping/model/steps";
import { formatCount } from "@/lib/format";
import { counted } from "@/text/counted";

const kinds: Record<FieldKind, string> = {
  text: "text", long_text: "long text", email: "e-mail", phone: "phone", url: "web address", number: "number", money: "money", bool: "yes or no",
  date: "date", date_time: "date and time", choice: "choice", multi_choice: "several choices", owner: "person", other: "special field",
};
const groups: Record<Group, string> = { required: "Required", needsYou: "Needs you", matched: "Matched", suggested: "Suggested", rest: "Everything else" };
const chips: Record<Chip, string> = { all: "All", required: "Required", needsYou: "Needs you", matched: "Matched", suggested: "Suggested" };
const steps: Record<StepKind, string> = {
  trim: "Trim spaces", lower_case: "lower case", upper_case: "UPPER CASE", title_case: "Title Case", name_part: "Part of a name", join_list: "Join a list", split_list: "Split into a list",
  piece: "One piece", phone: "Read as phone", email: "Read as e-mail", read_date: "Read as date", read_date_time: "Read as date and time", write_date: "Write date as text",
  read_number: "Read as number", read_money: "Read as money", read_bool: "Read as yes or no", translate: "Translate values", default_if_blank: "Default when empty", truncate: "Shorten", replace: "Replace",
};
const overwrite: Record<Overwrite, string> = { always: "always", if_empty: "if empty", if_newer: "if newer", never: "when created" };
const overwriteLong: Record<Overwrite, string> = {
  always: "Always replace what is there", if_empty: "Only fill an empty field", if_newer: "Replace when the lead is newer", never: "Only when the record is created",
};
const direction: Record<Direction, string> = { to_destination: "To the CRM", both: "Both ways", from_destination: "Back from the CRM only" };
const sources: Record<Source["from"], string> = { field: "One field", first_of: "First filled of several", join: "Several joined", fixed: "Fixed value", formula: "Formula", when: "When … then … else" };
const tests: Record<Condition["test"], string> = {
  is: "is", is_not: "is not", contains: "contains", contains_not: "does not contain", is_empty: "is empty", is_filled: "is filled", greater: "is greater than", less: "is less than", all: "all of these", any: "any of these",
};
const rests: Record<Rest["rule"], string> = { leave_empty: "Leave the field empty", default: "Use one option", keep: "Send the value as it is", hold: "Hold the lead and ask" };
const parts: Record<NamePart, string> = { first: "first name", last: "last name", salutation: "salutation", suffix: "suffix" };

export const mapping = {
  title: "Mapping",
  listSentence: (syncs: number) => (syncs === 1 ? "One sync has a mapping." : `${formatCount(syncs)} syncs have a mapping each.`),
  listLine: "A mapping says which field of a lead fills which field of the CRM.",
  open: (name: string) => `Edit the mapping of ${name}`,
  openShort: "Edit mapping",
  unpublished: "Unpublished changes", published: "Published", neverSent: "Not live yet",
  connect: "Connect a source and a CRM",
  loading: "Reading the fields", reload: "Try again",
  loadTitle: "The mapping could not be read", checkTitle: "The mapping could not be checked", checkLine: "Editing goes on; problems and live values are from before.",
  noFieldsTitle: (name: string) => `${name} shows us no fields`, noFieldsLine: "The connection may read records but not their fields.", readAgain: "Read the fields again",
  sentence: (matched: number, needs: number) => (needs === 0 ? `${counted(matched, "field")} matched, nothing needs you.` : `${counted(matched, "field")} matched, ${needs === 1 ? "1 needs" : `${formatCount(needs)} need`} you.`),
  live: (version: number | null, changed: boolean) =>
    version === null ? "Nothing is published yet." : changed ? `Version ${version} is live. Your changes are a draft until you publish them.` : `Version ${version} is live, and this is it.`,
  back: "All mappings",
  fields: (shown: number, all: number) => `${formatCount(shown)} of ${formatCount(all)} fields`,
  readAt: "read", refresh: "Read the fields again",
  saved: "Saved", saving: "Saving", unsaved: "Not saved", saveAgain: "Save again",
  filterTargets: "Filter fields", filterSources: "Filter source fields", sources: "Source fields", targets: "Fields of the destination",
  chips, groups, kinds, steps, overwrite, overwriteLong, direction, sourceKinds: sources, tests, rests, parts,
  columns: { field: "Field", source: "Filled from", rule: "Overwrite", value: "Sample" },
  nothing: (query: string) => (query === "" ? "No field is in this group." : `No field matches “${query}”.`), clearFilter: "Show all fields",
  noSources: "No lead has come yet, so there are no fields to use.", noSample: "no value",
  filledShare: (percent: string) => `filled in ${percent} of leads`,
  groupRest: "Other",
  marks: { ok: "Matched", error: "Stops leads", warning: "Needs a look", suggested: "Suggested", empty: "Not filled", locked: "Read-only" },
  required: "Required", readOnly: "Read-only: the destination fills it itself", gone: "No longer at the destination",
  ownField: "The destination fills this field by itself.",
  choose: "Choose a field", chooseFor: (target: string) => `Choose what fills ${target}`, editRule: (target: string) => `Edit how ${target} is filled`,
  chooseWith: (steps: string) => `with ${steps}`, nothingMatches: "No source field matches.",
  fixedFor: (target: string) => `Fixed value for ${target}`, fixedHelp: "Every lead gets this value. Enter keeps it, Escape leaves.", keepFixed: "Use this value",
  yes: "Yes", no: "No",
  empty: "empty", notSent: "nothing is sent", noValueYet: "…",
  suggestedBy: (reason: string, confidence: number) => `${reason} · ${confidence} % sure`,
  suggested: "Suggested:", accept: (target: string) => `Accept the suggestion for ${target}`, reject: (target: string) => `Reject the suggestion for ${target}`,
  acceptAll: (count: number) => `Accept all ${formatCount(count)}`, clearSuggestions: "Clear suggestions",
  suggestions: (count: number) => counted(count, "suggestion"),
  accepted: (count: number) => `${counted(count, "suggestion")} accepted.`, rejected: (count: number) => `${counted(count, "suggestion")} cleared.`,
  carried: (source: string, targets: number) => `${source} picked up. ${counted(targets, "target")}. Use arrows, Enter to place, Escape to cancel.`,
  carrying: (source: string) => `Placing ${source}`, carryHelp: "Click the field it should fill, or move with the arrows and press Enter.", putBack: "Put back",
  over: (target: string, kind: string) => `Over ${target}, ${kind}, allowed.`, overWith: (target: string, steps: string) => `Over ${target}, allowed with ${steps}.`, overNot: (target: string, why: string) => `Over ${target}, not possible. ${why}`,
  overNothing: "Over no field.",
  placed: (target: string, source: string, steps: string) => `Placed. ${target} now gets ${source}${steps === "" ? "" : ` with ${steps}`}.`,
  notPlaced: (target: string, why: string) => `${target} stays as it is. ${why}`, cancelled: (source: string) => `${source} put back.`,
  cleared: (target: string) => `${target} is not filled any more.`, nothingToClear: (target: string) => `${target} has no rule to clear.`,
  dragHelp: "Press Space to pick up and drag with the arrows, Enter to pick up and choose a field in the list.",
  placeWith: (steps: string) => `Place with ${steps}`,
  undone: "Undone.", redone: "Done again.",
  gridHelp: "Enter chooses a source, = types a fixed value, F2 edits the rule, Delete clears, A accepts and X rejects a suggestion.",
  keysHint: "↵ choose · = fixed · F2 edit · Del clear",
  sample: (at: number, of: number) => `Sample lead ${formatCount(at)} of ${formatCount(of)}`, noSamples: "No sample lead yet", previousSample: "Previous sample lead", nextSample: "Next sample lead",
  problems: (count: number) => counted(count, "problem"), noProblems: "No problems", showProblems: "Show problems", problemsTitle: "What needs you", goTo: (target: string) => `Go to ${target}`,
  fixes: { add_steps: (steps: string) => `Add ${steps}`, remove_rule: "Remove from mapping", add_rule: (target: string) => `Fill ${target}`, translate_values: (count: number) => `Translate ${counted(count, "value")}` },
  drift: (destination: string, fields: string) => `${destination} no longer has ${fields}.`, driftLine: "Leads still go, without it.",
  chooseAnother: "Choose another", remove: "Remove", driftFor: (field: string) => `Choose another field for ${field}`, driftChosen: (from: string, to: string) => `What filled ${from} now fills ${to}.`,
  leadId: "There is no field for Leadferry's lead ID yet.", leadIdLine: "With it, a person is found again even when e-mail and phone change.", createLeadId: "Create the field", leadIdMade: "The lead ID field was created.",
  undo: "Undo", redo: "Redo", test: "Test with a sample", publish: "Publish", history: "History", templates: "Templates", defaults: "Defaults", moreActions: "More for this mapping",
  publishTitle: "Publish the mapping", publishNothing: "The draft is what is live already.", publishFirst: "This is the first version.", publishBlocked: (count: number) => `${counted(count, "problem")} would stop leads. You can publish all the same; they will wait as failed.`,
  releases: (count: number) => (count === 0 ? "No failed lead waits for this." : `${counted(count, "failed lead")} will be tried again.`),
  publishAction: (releases: number) => (releases === 0 ? "Publish" : `Publish and retry ${formatCount(releases)}`), publishedNow: (version: number | null) => `Published${version === null ? "" : ` as version ${version}`}.`,
  testFirst: "Test first",
  historyTitle: "Versions", historyEmpty: "Nothing was published yet.", restore: (version: number) => `Restore version ${version}`, restored: (version: number) => `Version ${version} is the draft now. Publish it to send with it.`, liveBadge: "Live", draftBadge: "Draft", version: (version: number) => `Version ${version}`,
  templatesTitle: "Begin from a template", templateLine: "It replaces the draft. One undo brings yours back.", useTemplate: (name: string) => `Use ${name}`, templateUsed: (name: string) => `${name} is the draft now.`, noTemplates: "There is no template for this destination.",
  defaultsTitle: "What rules assume", region: "Country of phone numbers", regionHelp: "Two letters, such as GB, for numbers without a country code.", zone: "Time zone", zoneHelp: "Such as Europe/London, for times without one.",
  dateOrder: "Dates such as 03/04/2026", dateOrders: { none: "Find out from the values", day_first: "Day first", month_first: "Month first" }, decimal: "Numbers such as 1,234", decimals: { none: "Find out from the values", point: "1,234.56", comma: "1.234,56" },
  currency: "Currency", currencyHelp: "Three letters, such as GBP, for amounts without one.",
  ruleTitle: (target: string) => target, sectionSource: "Filled from", sectionSteps: "Steps, from left to right", sectionWhen: "Only when", sectionRule: "In the CRM", sectionResult: "For the sample lead",
  sourceKind: "Kind of source", sourceField: "Source field", separator: "Between two values", addField: "Add a field", removeField: (name: string) => `Remove ${name}`, expression: "Formula", expressionHelp: 'A field is written as field("First name"), or as its bare name when that is one word, such as City. Functions are below.',
  functions: "Functions", insert: (name: string) => `Insert ${name}`, filterFunctions: "Filter functions", gives: (example: string, result: string) => `${example} gives ${result}`,
  then: "then", otherwise: "else", noOtherwise: "else nothing", addOtherwise: "Add an else", removeOtherwise: "Remove the else",
  noSteps: "None. The value goes as it is.", addStep: "Add a step", stepsFitting: "Fit this field", stepsOther: "Others", removeStep: (name: string) => `Remove the step ${name}`, stepUp: (name: string) => `Move ${name} up`, stepDown: (name: string) => `Move ${name} down`, stepKeys: "Alt ↑ ↓ moves a step",
  stepMoved: (name: string, at: number) => `${name} is step ${at} now.`,
  noCondition: "Always.", addCondition: "Add a condition", removeCondition: "Remove the condition", addPart: "Add another", conditionField: "Field", conditionTest: "Test", conditionValue: "Value", allOrAny: "How the conditions count",
  overwriteLabel: "If the CRM has a value", blank: "An empty value clears the field", blankHelp: "Without it, empty values change nothing.", directionLabel: "Direction",
  clearRule: "Clear this field", internal: (name: string) => `Internal name ${name}`, noRule: "Nothing fills this field yet.",
  result: "Result", formulaWrong: "The formula does not work yet",
  forms: {
    part: "Part", position: "Which piece", positionHelp: "1 is the first, −1 the last.", region: "Country", countryField: "Field with the country", format: "Written as", zone: "Time zone", pattern: "Pattern", patternHelp: "Such as %d.%m.%Y.", decimal: "Decimal sign", currency: "Currency",
    yes: "More words for yes", no: "More words for no", wordsHelp: "Separated by commas.", value: "Value", length: "Most characters", find: "Look for", with: "Write instead", none: "As the defaults say", noField: "None",
    formats: { none: "Find out from the value", day_first: "Day first", month_first: "Month first", year_first: "Year first", unix_seconds: "Seconds since 1970", unix_milliseconds: "Milliseconds since 1970", excel1900: "Excel day number (1900)", excel1904: "Excel day number (1904)", pattern: "A pattern" },
  },
  translateOpen: "Translate values", picklistTitle: (target: string) => `Values for ${target}`, picklistLine: (leads: number) => `Values of the last ${counted(leads, "lead")}.`, theirs: "Value in leads", options: "Option",
  picklistDone: (done: number, all: number) => `${formatCount(done)} of ${formatCount(all)} translated`, byItself: "matched by itself", leftToRest: "By the rule below", translateOne: (value: string) => `Option for ${value}`, restLabel: "For any other value", restOption: "Option", noValues: "No lead has a value in this field yet.", ticked: "Matched", unticked: "Not matched", leadsWith: (count: number) => counted(count, "lead"), picklistNeedsField: "Values can be counted when one source field fills this field.", backToRule: "Back to the rule",
  chipTranslated: (done: number, all: number) => `${done} of ${all} translated`,
  orElse: " or ", plus: " + ", fixedPill: (value: string) => `“${value}”`, formulaPill: "fx", whenPill: "when …",
};
