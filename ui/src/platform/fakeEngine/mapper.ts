// The mapping editor and the test screen, as an engine would answer for them.
import type { Mapping, MappingVersion, MappingView, Rule, Source, TestField, Transform } from "@/api/generated";
import { minutesAgo, refuse, type Area } from "./area";
import { checkOf, sampleOf, stepsOf } from "./mapperCheck";
import { destinationFields, sourceFields } from "./mapperFields";

const rule = (target: string, source: string, transforms: Transform[] = [], more: Partial<Rule> = {}): Rule => ({
  target, source: { from: "field", name: source }, transforms, overwrite: "always", blank_overwrites: false, direction: "to_destination", when: null, ...more,
});

const published: Mapping = {
  format: 1, version: 3, object: "contacts",
  rules: [
    rule("email", "email", [{ step: "lower_case" }, { step: "trim" }]),
    rule("firstname", "name", [{ step: "name_part", part: "first" }], { overwrite: "if_empty" }),
    rule("phone", "phone", [{ step: "phone", region: null, country_field: null }], { overwrite: "if_newer", direction: "both" }),
    rule("company", "company", [{ step: "trim" }], { overwrite: "if_empty" }),
    rule("lifecyclestage", "type", [{ step: "translate", table: [{ from: "Lead", to: "lead" }, { from: "Customer", to: "customer" }], rest: { rule: "hold" } }]),
    rule("message", "message", [{ step: "truncate", length: 255 }]),
    rule("campaign_2023", "visit.campaign"),
  ],
  defaults: { region: "GB", zone: "Europe/London", date_order: "day_first", decimal: "point", currency: "GBP" },
};

const functions = [
  { name: "upper", signature: "upper(text)", help: "In capital letters.", example: 'upper("ada")', gives: "ADA" },
  { name: "field", signature: "field(name)", help: "The field with this name, for names of several words.", example: 'field("City")', gives: "Rome" },
  { name: "choose", signature: "choose(condition, yes, no)", help: "One of two values.", example: 'choose(2 > 1, "more", "less")', gives: "more" },
  { name: "concat", signature: "concat(a, b, …)", help: "Up to eight texts, one after the other.", example: 'concat("Ada", " ", 7)', gives: "Ada 7" },
];

const inWords = (source: Source): string => (source.from === "field" ? (sourceFields.find(({ name }) => name === source.name)?.label ?? source.name) : source.from);
const inCrm: Record<string, string> = { firstname: "Ada", phone: "+442079460018", email: "ada@example.com" };

export const mapperArea: Area = ({ changed, scene }) => {
  let draft = published;
  let live: { version: number; mapping: Mapping; at: string; note: string }[] = [
    { version: 3, mapping: published, at: minutesAgo(2_900), note: "Phone: now E.164 with default GB." },
    { version: 2, mapping: { ...published, rules: published.rules.slice(0, 4) }, at: minutesAgo(9_000), note: "Company: added." },
  ];
  let fields = [...destinationFields];
  const newest = () => live[0]?.mapping ?? published;
  const view = (id: string): MappingView => ({
    sync: id, name: "Website to Example Ltd", destination: "Example Ltd", draft, live_version: live[0]?.version ?? null, changed: JSON.stringify(draft.rules) !== JSON.stringify(newest().rules),
    schema: { object: "contacts", label: "Contact", fields: scene === "nofields" ? [] : fields, one_of: [["email", "firstname", "lastname"]], open: false },
    schema_read_at: minutesAgo(2), source_fields: [...sourceFields], sample_count: 25,
    drift: draft.rules.map(({ target }) => target).filter((target) => !fields.some(({ name }) => name === target)),
    templates: [{ id: "standard", name: "Standard contact", help: "Name, e-mail, phone and company." }, { id: "tours", name: "Tours and travel", help: "Adds budget, group size and dates." }],
  });
  const keep = (next: Mapping, id: string) => {
    draft = next;
    changed("mappings");
    return view(id);
  };
  return {
    mapping: ({ id }) => (scene === "broken" ? refuse("Example Ltd is not answering since 14:02. Check the connection, then try again.") : view(id)),
    check_mapping: ({ mapping, sample }) => checkOf(mapping, fields, sourceFields, sample),
    save_mapping: ({ sync, mapping }) => keep(mapping, sync),
    refresh_schema: ({ id }) => view(id),
    create_lead_id_field: ({ id }) => {
      fields = [...fields, { name: "leadferry_lead_id", label: "Leadferry lead ID", kind: "text", required: false, read_only: false, unique: true, custom: true, options: [], max_length: null, group: null, help: null }];
      return view(id);
    },
    use_template: ({ sync, template }) => keep({ ...published, rules: published.rules.slice(0, template === "standard" ? 4 : 6) }, sync),
    mapping_diff: () => {
      const before = new Map(newest().rules.map((each) => [each.target, JSON.stringify(each)]));
      const label = (target: string) => fields.find(({ name }) => name === target)?.label ?? target;
      const changes = draft.rules.filter((each) => before.get(each.target) !== JSON.stringify(each)).map((each) => `${label(each.target)}: now from ${inWords(each.source)}${each.transforms.length > 0 ? ", changed by steps" : ""}.`);
      const gone = [...before.keys()].filter((target) => !draft.rules.some((each) => each.target === target)).map((target) => `${label(target)}: no longer filled.`);
      return { changes: [...changes, ...gone], releases: changes.length > 0 ? 412 : 0 };
    },
    publish_mapping: ({ id }) => {
      live = [{ version: (live[0]?.version ?? 0) + 1, mapping: draft, at: minutesAgo(0), note: "Published from the editor." }, ...live];
      return keep(draft, id);
    },
    mapping_history: () => live.map(({ version, at, note }, index): MappingVersion => ({ version, published_at: at, note, live: index === 0 })),
    restore_mapping: ({ sync, version }) => keep(live.find((each) => each.version === version)?.mapping ?? draft, sync),
    picklist_values: () => ({ values: [{ reason: "Lead", count: 640 }, { reason: "Webinar", count: 412 }, { reason: "Customer", count: 121 }, { reason: "subscriber", count: 27 }], leads: 1_200 }),
    functions: () => functions,
    test_mapping: ({ sample }) => {
      const values = sample.kind === "typed" ? new Map(sample.fields.map(({ name, value }) => [name, value])) : sampleOf(sourceFields, sample.kind === "recent" ? sample.index : 0);
      const tested = draft.rules.map((each): TestField => {
        const [first = "", ...after] = stepsOf(each.source, each.transforms, values, draft.defaults.region);
        const result = after.at(-1) ?? first;
        const now = inCrm[each.target] ?? null;
        const change = result === "" ? "none" : now === null ? "add" : each.overwrite === "if_empty" && now !== result ? "keep" : now === result ? "same" : "change";
        return {
          target: each.target, label: fields.find(({ name }) => name === each.target)?.label ?? each.target, source: `${inWords(each.source)} ${first}`, steps: after.map((value, at) => ({ name: each.transforms[at]?.step.replaceAll("_", " ") ?? "", value })),
          now, would_become: change === "keep" ? now : result === "" ? now : result, change, note: change === "keep" ? "Only an empty field is filled." : null,
        };
      });
      const body = JSON.stringify({ properties: Object.fromEntries(tested.filter(({ change }) => change === "add" || change === "change").map(({ target, would_become }) => [target, would_become])) }, null, 2);
      const url = "https://api.example.com/crm/v3/objects/contacts/501";
      return {
        words: "Would update Ada Lovelace, found by phone. 4 fields change, 1 warning.", effect: "update", record_url: "https://app.example.com/contacts/501", source: [...values].map(([name, value]) => ({ name, value })), fields: tested,
        warnings: ["“Webinar” is no option of Lifecycle stage; the lead would be held and you would be asked."],
        requests: [{ method: "PATCH", url, headers: [{ name: "Authorization", value: "Bearer ••••" }, { name: "Content-Type", value: "application/json" }], body, curl: `curl -X PATCH '${url}' -H 'Authorization: Bearer ••••' -d '${body}'` }],
      };
    },
    send_test_record: ({ sync }) => ({ sync, record: "501", url: "https://app.example.com/contacts/501", removable: true }),
    remove_test_record: () => ({}),
  };
};
