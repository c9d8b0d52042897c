// 214 destination fields and what a website's leads bring: enough to feel a long list.
import type { Field, FieldKind, SourceField } from "@/api/generated";

const field = (name: string, label: string, kind: FieldKind, more: Partial<Field> = {}): Field => ({
  name, label, kind, required: false, read_only: false, unique: false, custom: false, options: [], max_length: null, group: null, help: null, ...more,
});
const options = (...labels: string[]) => labels.map((label) => ({ value: label.toLowerCase().replaceAll(/\W+/g, "_"), label, hidden: false }));

const known: Field[] = [
  field("email", "Email", "email", { required: true, unique: true }),
  field("lastname", "Last name", "text", { required: true }),
  field("firstname", "First name", "text"),
  field("phone", "Phone number", "phone"),
  field("mobilephone", "Mobile phone number", "phone"),
  field("company", "Company name", "text"),
  field("numemployees", "Company size", "number"),
  field("lifecyclestage", "Lifecycle stage", "choice", { options: options("Subscriber", "Lead", "Customer", "Evangelist") }),
  field("hs_lead_status", "Lead status", "choice", { options: options("New", "Open", "In progress", "Unqualified") }),
  field("hs_analytics_source", "Original source", "choice", { read_only: true, options: options("Direct", "Paid search", "Referral") }),
  field("createdate", "Create date", "date_time", { read_only: true }),
  field("lastmodifieddate", "Last modified date", "date_time", { read_only: true }),
  field("closedate", "Close date", "date"),
  field("website", "Website URL", "url"),
  field("message", "First message", "long_text", { max_length: 255 }),
  field("hubspot_owner_id", "Contact owner", "owner", { options: options("Dana Example", "Robin Example") }),
  field("budget__c", "Budget", "money", { custom: true }),
  field("newsletter", "Newsletter", "bool", { custom: true }),
  field("donaudampfschifffahrtsgesellschaftsname", "Donaudampfschifffahrtsgesellschaftsname und Anschrift", "text", { custom: true }),
];

const topics = ["Billing", "Shipping", "Web", "Event", "Support", "Survey", "Renewal", "Partner", "Campaign", "Contract", "Visit", "Social", "Product"];
const things: [string, FieldKind][] = [
  ["street", "text"], ["city", "text"], ["postcode", "text"], ["country", "text"], ["contact e-mail", "email"], ["contact phone", "phone"], ["first date", "date"], ["last date", "date_time"],
  ["count", "number"], ["value", "money"], ["note", "long_text"], ["link", "url"], ["status", "text"], ["approved", "bool"], ["owner", "text"],
];
const many = topics.flatMap((topic) => things.map(([thing, kind]) => field(`${topic} ${thing}`.toLowerCase().replaceAll(/\W+/g, "_"), `${topic} ${thing}`, kind, { group: topic })));

/** So many fields as one account has. */
export const destinationFields: readonly Field[] = [...known, ...many].slice(0, 214);

const source = (name: string, label: string, kind: FieldKind, filled_share: number, ...samples: string[]): SourceField => ({ name, label, kind, samples, filled_share });

export const sourceFields: readonly SourceField[] = [
  source("name", "Name", "text", 1, "Ada Lovelace", "Grace Hopper", "Alan Turing"),
  source("email", "Email", "email", 0.98, "Ada@Example.com", "grace@example.org", "alan@example.net"),
  source("phone", "Phone", "phone", 0.81, "07700 900123", "020 7946 0018", "07700 900456"),
  source("company", "Company", "text", 0.6, "Example Ltd", "Analytical Engines", "Bombe Works"),
  source("employees", "Employees", "number", 0.4, "12", "250", "40"),
  source("type", "Type", "choice", 0.9, "Webinar", "Lead", "Customer"),
  source("message", "Message", "long_text", 0.7, "I would like to hear about your tours in May.", "Call me back", "Do you ship to Wales?"),
  source("visit.page", "Page", "url", 1, "https://www.example.com/tours", "https://www.example.com/prices", "https://www.example.com/"),
  source("visit.campaign", "Campaign", "text", 0.3, "spring", "", "autumn"),
  source("visit.started_at", "Visit started", "date_time", 1, "2026-03-04T10:15:00Z", "2026-03-05T08:00:00Z", "2026-03-05T18:30:00Z"),
  source("visit.questions", "Questions asked", "number", 0.5, "3", "1", "0"),
  source("call.duration", "Call length", "number", 0.2, "184", "", "61"),
  source("call.number", "Called number", "phone", 0.2, "020 7946 0099", "", "020 7946 0099"),
  source("call.day", "Call day", "date", 0.2, "2026-03-04", "", "2026-03-05"),
];
