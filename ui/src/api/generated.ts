// Generated from the room `api` by its tests. Do not edit: change the Rust types.

export type About = { 
/**
 * The version.
 */
version: string, 
/**
 * The data folder.
 */
data_folder: string, 
/**
 * How secrets are kept: `keychain` or `passphrase`.
 */
secrets: string, 
/**
 * Bytes the ledger takes.
 */
ledger_bytes: number, 
/**
 * Leads in it.
 */
leads: number, 
/**
 * The newest backup.
 */
last_backup_at: string | null, 
/**
 * The command line's path.
 */
command_line: string | null, };

export type AccountView = { 
/**
 * The account.
 */
name: string, 
/**
 * Who signed in.
 */
user: string | null, 
/**
 * What Leadferry may do.
 */
may: Array<string>, 
/**
 * What it may not do.
 */
may_not: Array<string>, 
/**
 * A test account.
 */
sandbox: boolean, 
/**
 * Only reading is allowed.
 */
read_only: boolean, };

export type AddLead = { 
/**
 * The source.
 */
source: string, 
/**
 * Its values.
 */
fields: Array<Pair>, };

export type AppAccess = { "by": "client_credentials", 
/**
 * Its id.
 */
client_id: string, 
/**
 * Its secret.
 */
client_secret: string, } | { "by": "jwt_bearer", 
/**
 * Its id.
 */
client_id: string, 
/**
 * The user it acts for.
 */
user: string, 
/**
 * The RSA key it signs with, as PEM.
 */
private_key: string, 
/**
 * Whom the statement is for; the sign-in host by default.
 */
audience: string | null, } | { "by": "pasted_code", 
/**
 * Its id.
 */
client_id: string, 
/**
 * Its secret.
 */
client_secret: string, 
/**
 * The code.
 */
code: string, };

export type AppView = { 
/**
 * How to set it up.
 */
steps: Array<string>, 
/**
 * What it must be allowed, by the vendor's names.
 */
scopes: Array<string>, 
/**
 * What the vendor writes between them.
 */
scope_separator: string, 
/**
 * Where the account signs in.
 */
sign_in: SignInView, };

export type AuditCheckView = { 
/**
 * Nothing was changed or taken out.
 */
intact: boolean, 
/**
 * Entries looked at.
 */
entries: number, 
/**
 * The first entry that does not fit, or is missing.
 */
broken_at: number | null, 
/**
 * In words.
 */
text: string, };

export type AuditRow = { 
/**
 * When.
 */
at: string, 
/**
 * Who.
 */
actor: string, 
/**
 * What was done, in words.
 */
text: string, 
/**
 * Technical detail.
 */
detail: string, };

export type AuthView = { "kind": "none" } | { "kind": "o_auth", 
/**
 * This build has the vendor's app registered; else the person brings their own.
 */
built_in: boolean, 
/**
 * The exact redirect addresses to register with one's own app.
 */
redirect_urls: Array<string>, 
/**
 * How to register one's own app.
 */
own_app_steps: Array<string>, 
/**
 * What one's own app must be allowed, by the vendor's names.
 */
scopes: Array<string>, 
/**
 * Whether one's own app has a secret.
 */
client_secret: Offered, 
/**
 * Where the account signs in.
 */
sign_in: SignInView, } | { "kind": "client_credentials", 
/**
 * What it needs.
 */
app: AppView, } | { "kind": "jwt_bearer", 
/**
 * What it needs.
 */
app: AppView, } | { "kind": "pasted_code", 
/**
 * What it needs.
 */
app: AppView, } | { "kind": "token", 
/**
 * What the vendor calls it.
 */
label: string, 
/**
 * How tokens begin.
 */
prefixes: Array<string>, 
/**
 * How to get one.
 */
steps: Array<string>, } | { "kind": "basic" };

export type Backup = { 
/**
 * The file.
 */
path: string, 
/**
 * What opens it, here or on another computer.
 */
passphrase: string, };

export type BackupView = { 
/**
 * Its file.
 */
path: string, 
/**
 * When it was made, as far as the file says.
 */
made_at: string | null, };

export type BrokenRowView = { 
/**
 * Line in the file, from 1.
 */
line: number, 
/**
 * Why, in words.
 */
reason: string, 
/**
 * The text of the row.
 */
raw: string, };

export type BulkResult = { 
/**
 * Deliveries changed.
 */
count: number, 
/**
 * The run to watch.
 */
run: number | null, };

export type ById = { 
/**
 * The id.
 */
id: string, };

export type ChangeConnection = { 
/**
 * The connection.
 */
id: string, 
/**
 * A new name.
 */
name: string | null, 
/**
 * Settings to set.
 */
settings: Array<Pair>, };

export type ChangeSync = { 
/**
 * The sync.
 */
id: string, 
/**
 * A new name.
 */
name: string | null, 
/**
 * A new mode.
 */
mode: SyncMode | null, 
/**
 * Minutes after which a delivery is tried again, in order.
 */
retry_minutes: Array<number> | null, 
/**
 * Keys that find an existing record, in order: `record_id`, `lead_id`, `email`, `phone`.
 */
match_order: Array<string> | null, };

export type Changed = { 
/**
 * The number.
 */
count: number, };

export type CheckMapping = { 
/**
 * The sync.
 */
sync: string, 
/**
 * The mapping as it stands on screen.
 */
mapping: Mapping, 
/**
 * Which sample lead to show values of, from 0.
 */
sample: number, };

export type ColumnView = { 
/**
 * Its header.
 */
name: string, 
/**
 * What it seems to hold.
 */
kind: FieldKind, 
/**
 * Some values.
 */
samples: Array<string>, 
/**
 * Share of rows with a value, 0 to 1.
 */
filled: number, };

export type Condition = { "test": "is", 
/**
 * The source field.
 */
field: string, 
/**
 * The value, as text.
 */
value: string, } | { "test": "is_not", 
/**
 * The source field.
 */
field: string, 
/**
 * The value, as text.
 */
value: string, } | { "test": "contains", 
/**
 * The source field.
 */
field: string, 
/**
 * What to look for.
 */
value: string, } | { "test": "contains_not", 
/**
 * The source field.
 */
field: string, 
/**
 * What to look for.
 */
value: string, } | { "test": "is_empty", 
/**
 * The source field.
 */
field: string, } | { "test": "is_filled", 
/**
 * The source field.
 */
field: string, } | { "test": "greater", 
/**
 * The source field.
 */
field: string, 
/**
 * A number or an ISO 8601 date.
 */
value: string, } | { "test": "less", 
/**
 * The source field.
 */
field: string, 
/**
 * A number or an ISO 8601 date.
 */
value: string, } | { "test": "all", 
/**
 * The parts.
 */
of: Array<Condition>, } | { "test": "any", 
/**
 * The parts.
 */
of: Array<Condition>, };

export type Connect = { 
/**
 * The connector.
 */
connector: string, 
/**
 * `source` or `destination`.
 */
role: string, 
/**
 * A name; the account's name by default.
 */
name: string | null, 
/**
 * Another address than the vendor's.
 */
base_url: string | null, 
/**
 * A private-network address is meant.
 */
allow_private: boolean, 
/**
 * The token, or the password.
 */
token: string | null, 
/**
 * User name for user and password.
 */
user: string | null, 
/**
 * One's own app, for the ways that need no browser.
 */
app: AppAccess | null, 
/**
 * Where the account signs in: one of the connector's hosts, or its own domain. The usual one by default.
 */
host: string | null, 
/**
 * Settings of the spec.
 */
settings: Array<Pair>, 
/**
 * Signs in again for this connection instead of making one.
 */
reconnect: string | null, };

export type ConnectionState = "connected" | "needs_access" | "disconnected";

export type ConnectionView = { 
/**
 * The connection.
 */
id: string, 
/**
 * Its connector.
 */
connector: string, 
/**
 * The connector's name.
 */
connector_name: string, 
/**
 * Its name.
 */
name: string, 
/**
 * `source` or `destination`.
 */
role: string, 
/**
 * Whether it works.
 */
state: ConnectionState, 
/**
 * Who we are there.
 */
account: AccountView | null, 
/**
 * Where requests go, if not where everybody's do.
 */
base_url: string | null, 
/**
 * The kind of [`AuthView`] it was connected with; none where that is not one of the connector's.
 */
way: string | null, 
/**
 * Where the account signs in, as the connector's ways list it; else its own domain.
 */
host: string | null, 
/**
 * It is a practice CRM of this computer.
 */
practice: boolean, 
/**
 * Syncs that use it.
 */
syncs: Array<Named>, 
/**
 * When it was last checked.
 */
checked_at: string | null, 
/**
 * What to do, if something is the matter.
 */
problem: Explained | null, 
/**
 * Plain settings.
 */
settings: Array<Pair>, 
/**
 * Whether its vendor says when something changes; none where there are no changes to hear of.
 */
hooks: HooksView | null, };

export type ConnectorView = { 
/**
 * Stable word.
 */
id: string, 
/**
 * The name people know.
 */
name: string, 
/**
 * One line.
 */
tagline: string, 
/**
 * SVG text.
 */
logo: string, 
/**
 * Leads can come from it.
 */
is_source: boolean, 
/**
 * Leads can go to it.
 */
is_destination: boolean, 
/**
 * Ways to authorise, the recommended first.
 */
auth: Array<AuthView>, 
/**
 * Where requests go, if everybody uses the same address.
 */
base_url: string | null, 
/**
 * The person must enter the address.
 */
base_url_entered: boolean, 
/**
 * Objects leads can become.
 */
objects: Array<Named>, 
/**
 * What else to ask for.
 */
settings: Array<SettingView>, 
/**
 * There is a practice CRM for it.
 */
has_practice: boolean, 
/**
 * It only takes leads over: nobody hears what became of them there.
 */
hands_over: boolean, 
/**
 * Vendor documentation.
 */
docs: string, 
/**
 * When the facts were checked.
 */
checked: string, };

export type Corrections = { 
/**
 * Deliveries corrected and tried again.
 */
count: number, 
/**
 * The run to watch.
 */
run: number | null, 
/**
 * Lines that could not be used, the first 500.
 */
errors: Array<BrokenRowView>, };

export type Counts = { pending: number, sending: number, synced: number, synced_today: number, retrying: number, failed: number, skipped: number, };

export type DateFormat = { "as": "day_first" } | { "as": "month_first" } | { "as": "year_first" } | { "as": "unix_seconds" } | { "as": "unix_milliseconds" } | { "as": "excel1900" } | { "as": "excel1904" } | { "as": "pattern", 
/**
 * The signs.
 */
pattern: string, };

export type DateOrder = "day_first" | "month_first";

export type DecimalStyle = "point" | "comma";

export type Defaults = { 
/**
 * Country of phone numbers written without a country code, ISO 3166 alpha-2.
 */
region: string | null, 
/**
 * IANA time zone of times written without one.
 */
zone: string | null, 
/**
 * How `03/04/2026` is read.
 */
date_order: DateOrder | null, 
/**
 * How `1,234` is read.
 */
decimal: DecimalStyle | null, 
/**
 * ISO 4217 code of amounts written without a currency.
 */
currency: string | null, };

export type DeliveryFilter = { 
/**
 * Only this sync.
 */
sync: string | null, 
/**
 * Only this group of it.
 */
group: string | null, 
/**
 * Only these states.
 */
states: Array<DeliveryState>, 
/**
 * Only this run.
 */
run: number | null, 
/**
 * In names, e-mails and phones.
 */
text: string | null, };

export type DeliveryOf = { 
/**
 * The delivery.
 */
id: number, };

export type DeliveryRow = { 
/**
 * The delivery.
 */
id: number, 
/**
 * The lead.
 */
lead: string, 
/**
 * Who it is.
 */
name: string, 
/**
 * E-mail or phone.
 */
contact: string, 
/**
 * Where it goes, by name.
 */
destination: string, 
/**
 * Where it stands.
 */
state: DeliveryState, 
/**
 * Why it failed, in short.
 */
problem: string | null, 
/**
 * Attempts spent.
 */
attempts: number, 
/**
 * When it changed.
 */
changed_at: string, 
/**
 * When it is due.
 */
due_at: string | null, 
/**
 * Where to see it in the CRM.
 */
record_url: string | null, 
/**
 * The refused value, where one field is the cause.
 */
value: string | null, };

export type DeliveryState = "pending" | "sending" | "synced" | "retrying" | "failed" | "skipped";

export type DeliveryView = { 
/**
 * The row.
 */
row: DeliveryRow, 
/**
 * The sync.
 */
sync: Named, 
/**
 * The destination.
 */
destination: Named, 
/**
 * Its group, while it fails.
 */
group: string | null, 
/**
 * What happened, what it means, what to do.
 */
explained: Explained | null, 
/**
 * From captured to now.
 */
timeline: Array<TimelineEntry>, 
/**
 * What would be sent now, by destination field, with a person's edits.
 */
values: Array<EditableValue>, 
/**
 * Optional fields set aside.
 */
warnings: Array<string>, };

export type Direction = "to_destination" | "both" | "from_destination";

export type Disconnected = { 
/**
 * Syncs that are paused now.
 */
paused: Array<Named>, 
/**
 * What happened at the vendor and to the leads.
 */
message: string, };

export type DryRun = { 
/**
 * Leads looked at.
 */
leads: number, 
/**
 * Records that would be made.
 */
create: number, 
/**
 * Records that would be changed.
 */
update: number, 
/**
 * Leads the destination has already.
 */
unchanged: number, 
/**
 * Leads that cannot go as they are.
 */
refused: number, 
/**
 * Why, with a count each.
 */
refusals: Array<Refusal>, 
/**
 * The destination's records as of when, and how many were read.
 */
compared_at: string | null, 
/**
 * Records of the destination the comparison knows.
 */
compared_records: number, 
/**
 * The Lead ID field that going live makes at the destination first, by its label, where it has none yet.
 */
makes_field: string | null, };

export type EditDelivery = { 
/**
 * The delivery.
 */
id: number, 
/**
 * Destination fields and values; an empty value takes the edit back.
 */
values: Array<Pair>, 
/**
 * Try it at once.
 */
retry: boolean, };

export type EditableValue = { 
/**
 * Destination field.
 */
target: string, 
/**
 * The name people see.
 */
label: string, 
/**
 * The value the mapping gives.
 */
mapped: string | null, 
/**
 * What a person typed instead.
 */
edited: string | null, 
/**
 * Why it is refused.
 */
problem: string | null, 
/**
 * Left out by a person.
 */
left_out: boolean, };

export type Erased = { 
/**
 * In words.
 */
text: string, 
/**
 * Records that stay at destinations.
 */
stays: Array<LinkView>, };

export type Error = { 
/**
 * What the window acts on.
 */
code: ErrorCode, 
/**
 * Cause and next step, in plain words.
 */
message: string, };

export type ErrorCode = "usage" | "not_found" | "conflict" | "needs_access" | "unreachable" | "refused" | "file" | "disk" | "locked" | "data_folder" | "unexpected";

export type ErrorDesk = { 
/**
 * One sentence.
 */
sentence: string, 
/**
 * Groups that wait for a person, the most leads first.
 */
needs_you: Array<GroupView>, 
/**
 * Groups that are tried again by themselves.
 */
retrying: Array<GroupView>, 
/**
 * Solved in the last 24 hours.
 */
solved: Array<GroupView>, 
/**
 * Snoozed or ignored by a person.
 */
set_aside: Array<GroupView>, };

export type ExchangeView = { 
/**
 * The request.
 */
request: RequestView, 
/**
 * HTTP status; none when no answer came.
 */
status: number | null, 
/**
 * The answer.
 */
response: string, 
/**
 * The vendor's id of the request.
 */
request_id: string | null, 
/**
 * Milliseconds.
 */
duration_ms: number, };

export type Excluded = { 
/**
 * In words.
 */
reason: string, 
/**
 * How many.
 */
count: number, };

export type Explained = { 
/**
 * What happened and why, one sentence.
 */
title: string, 
/**
 * What it means for the leads.
 */
meaning: string, 
/**
 * The one button that fixes it.
 */
action: FixAction | null, 
/**
 * Raw text for the technical drawer.
 */
technical: string, };

export type ExportDeliveries = { 
/**
 * Which.
 */
selection: Selection, 
/**
 * The file to write.
 */
path: string, };

export type ExportPerson = { 
/**
 * The lead.
 */
id: string, 
/**
 * The file to write.
 */
path: string, };

export type FailureFilter = { 
/**
 * Only this sync.
 */
sync: string | null, 
/**
 * Only this destination.
 */
destination: string | null, 
/**
 * Only this kind of cause, such as `invalid`.
 */
cause: string | null, 
/**
 * Only failures since then.
 */
since: string | null, 
/**
 * In names, e-mails, phones and raw messages.
 */
text: string | null, 
/**
 * Also ignored and snoozed ones.
 */
all: boolean, };

export type Field = { 
/**
 * The name the API uses.
 */
name: string, 
/**
 * The name people see.
 */
label: string, 
/**
 * What it holds.
 */
kind: FieldKind, 
/**
 * A record cannot be created without it.
 */
required: boolean, 
/**
 * The vendor fills it by itself.
 */
read_only: boolean, 
/**
 * The vendor keeps its values unique.
 */
unique: boolean, 
/**
 * Made by the account, not by the vendor.
 */
custom: boolean, 
/**
 * Allowed values of a choice.
 */
options: Array<FieldOption>, 
/**
 * Longest text in characters.
 */
max_length: number | null, 
/**
 * The vendor's group or section, for long lists.
 */
group: string | null, 
/**
 * The vendor's or the account's explanation.
 */
help: string | null, };

export type FieldKind = "text" | "long_text" | "email" | "phone" | "url" | "number" | "money" | "bool" | "date" | "date_time" | "choice" | "multi_choice" | "owner" | "other";

export type FieldOption = { 
/**
 * The value that is sent.
 */
value: string, 
/**
 * The text people see.
 */
label: string, 
/**
 * Hidden options are accepted by the vendor but not offered to people.
 */
hidden: boolean, };

export type FieldsOf = { 
/**
 * The connection.
 */
connection: string, 
/**
 * The object; the destination's first by default.
 */
object: string | null, };

export type FileOptions = { 
/**
 * Encoding label, such as `utf-8` or `windows-1252`.
 */
encoding: string | null, 
/**
 * One character.
 */
delimiter: string | null, 
/**
 * Whether the first row holds column names; without a choice it must look as if it did.
 */
header?: boolean | null, };

export type FilePreview = { 
/**
 * The file's name.
 */
name: string, 
/**
 * Encoding found or chosen.
 */
encoding: string, 
/**
 * Encodings to choose from.
 */
encodings: Array<string>, 
/**
 * Delimiter found or chosen.
 */
delimiter: string, 
/**
 * The first row is taken as column names.
 */
has_header: boolean, 
/**
 * Columns.
 */
columns: Array<ColumnView>, 
/**
 * First rows.
 */
rows: Array<Array<string>>, 
/**
 * Rows in the file, counted or estimated.
 */
row_count: number, 
/**
 * The count is exact.
 */
exact: boolean, 
/**
 * What to know, in words.
 */
warnings: Array<string>, };

export type Fix = { "do": "add_steps", 
/**
 * The steps.
 */
transforms: Array<Transform>, } | { "do": "remove_rule" } | { "do": "add_rule", 
/**
 * The destination field.
 */
target: string, } | { "do": "translate_values", 
/**
 * The values without an option.
 */
values: Array<string>, };

export type FixAction = { "do": "sign_in", 
/**
 * The connection.
 */
connection: string, } | { "do": "translate_value", 
/**
 * Destination field.
 */
field: string, 
/**
 * The unknown value.
 */
value: string, } | { "do": "set_default", 
/**
 * Destination field.
 */
field: string, } | { "do": "edit_value", 
/**
 * Destination field.
 */
field: string, } | { "do": "leave_out", 
/**
 * Destination field.
 */
field: string, } | { "do": "shorten", 
/**
 * Destination field.
 */
field: string, 
/**
 * Characters allowed, where known.
 */
limit: number | null, } | { "do": "edit_mapping", 
/**
 * Destination field.
 */
field: string, } | { "do": "choose_record" } | { "do": "retry" } | { "do": "copy_for_admin", 
/**
 * The message.
 */
text: string, } | { "do": "try_now", 
/**
 * The destination.
 */
connection: string, } | { "do": "open_settings", 
/**
 * The section.
 */
section: string, };

export type FixPreview = { 
/**
 * Deliveries looked at.
 */
leads: number, 
/**
 * How many would pass.
 */
pass: number, 
/**
 * The others, by their next problem.
 */
other: Array<Refusal>, };

export type FixRequest = { 
/**
 * Which.
 */
selection: Selection, 
/**
 * The fix.
 */
fix: GroupFix, };

export type FromFile = { 
/**
 * Its path.
 */
path: string, };

export type FunctionView = { 
/**
 * Its name.
 */
name: string, 
/**
 * How it is called.
 */
signature: string, 
/**
 * One line.
 */
help: string, 
/**
 * An example.
 */
example: string, 
/**
 * What the example gives.
 */
gives: string, };

export type GoLive = { 
/**
 * The sync.
 */
id: string, 
/**
 * Send only so many leads now; the others wait for `sync_now`.
 */
first: number | null, };

export type GroupFix = { "fix": "translate", 
/**
 * Destination field.
 */
field: string, 
/**
 * From and to.
 */
table: Array<Pair>, } | { "fix": "default", 
/**
 * Destination field.
 */
field: string, 
/**
 * The value.
 */
value: string, } | { "fix": "shorten", 
/**
 * Destination field.
 */
field: string, 
/**
 * Characters.
 */
limit: number, } | { "fix": "set_value", 
/**
 * Destination field.
 */
field: string, 
/**
 * The value.
 */
value: string, } | { "fix": "leave_out", 
/**
 * Destination field.
 */
field: string, } | { "fix": "region", 
/**
 * ISO 3166 alpha-2.
 */
region: string, };

export type GroupOf = { 
/**
 * The sync.
 */
sync: string, 
/**
 * The group's key.
 */
key: string, };

export type GroupView = { 
/**
 * The sync.
 */
sync: Named, 
/**
 * Its key within the sync.
 */
key: string, 
/**
 * The destination.
 */
destination: Named, 
/**
 * Its connector, for the logo.
 */
connector: string, 
/**
 * What happened, what it means, what to do.
 */
explained: Explained, 
/**
 * Further things a person may do.
 */
more: Array<FixAction>, 
/**
 * What happens next, in words.
 */
next: string, 
/**
 * Leads in it.
 */
leads: number, 
/**
 * First time.
 */
first_at: string, 
/**
 * Last time.
 */
last_at: string, 
/**
 * Next try, while retrying.
 */
next_try_at: string | null, 
/**
 * Failures a day, last 7 days, oldest first.
 */
series: Array<number>, 
/**
 * `open`, `snoozed`, `ignored` or `solved`.
 */
state: string, 
/**
 * Until when it is snoozed.
 */
snoozed_until: string | null, 
/**
 * Why a person ignores it.
 */
reason: string | null, 
/**
 * It was solved before and came back.
 */
came_back: boolean, };

export type Home = { 
/**
 * The sentence of the moment: whether anything needs a person, with a number and a time.
 */
sentence: Sentence, 
/**
 * Failure groups and connections that need a person.
 */
needs_you: number, 
/**
 * Failure groups that are being retried.
 */
sorting_themselves: number, 
/**
 * Leads waiting to be sent, all syncs.
 */
waiting: number, 
/**
 * Every sync.
 */
syncs: Array<SyncRow>, 
/**
 * Lanes that are not open.
 */
lanes: Array<LaneView>, 
/**
 * Nothing on the network answers.
 */
offline_since: string | null, };

export type HooksState = "told" | "soon" | "refused" | "no_address" | "unused" | "not_offered";

export type HooksView = { 
/**
 * Whether it does.
 */
state: HooksState, 
/**
 * Why not, as a sentence, where there is more to say than the state.
 */
line: string | null, 
/**
 * When it last did, since Leadferry runs.
 */
last_at: string | null, };

export type ImportCorrections = { 
/**
 * The file.
 */
path: string, };

export type ImportFile = { 
/**
 * Its path.
 */
path: string, 
/**
 * How to read it.
 */
options: FileOptions, 
/**
 * The file source; none makes one named after the file.
 */
source: string | null, 
/**
 * Only the first so many rows: the first run's cap.
 */
first: number | null, };

export type ImportProgress = { 
/**
 * The import.
 */
import: string, 
/**
 * The source.
 */
source: string, 
/**
 * Rows read.
 */
rows: number, 
/**
 * People new to Leadferry.
 */
new: number, 
/**
 * Rows of people known before.
 */
merged: number, 
/**
 * Rows taken before.
 */
repeated: number, 
/**
 * Rows that could not be read.
 */
broken: number, 
/**
 * All rows are in.
 */
done: boolean, 
/**
 * Why it stopped early.
 */
problem: string | null, };

export type Impossible = { 
/**
 * Source field.
 */
source: string, 
/**
 * Destination field.
 */
target: string, 
/**
 * Why, in words.
 */
why: string, 
/**
 * The steps that would make it possible, where there are some.
 */
with: Array<Transform> | null, };

export type LaneState = "snoozed" | "down" | "no_access" | "paused";

export type LaneView = { 
/**
 * The destination.
 */
connection: Named, 
/**
 * Its connector.
 */
connector: string, 
/**
 * What is the matter.
 */
state: LaneState, 
/**
 * In words: since when, how many wait, when the next try is.
 */
text: string, 
/**
 * Since when.
 */
since: string, 
/**
 * When it is tried next.
 */
next_try_at: string | null, 
/**
 * Leads waiting.
 */
waiting: number, };

export type LeadRow = { 
/**
 * The lead.
 */
id: string, 
/**
 * Its name, or what there is instead.
 */
name: string, 
/**
 * E-mail.
 */
email: string | null, 
/**
 * Phone.
 */
phone: string | null, 
/**
 * The source.
 */
source: Named, 
/**
 * When it was captured.
 */
captured_at: string, 
/**
 * Where its latest delivery stands.
 */
state: DeliveryState | null, 
/**
 * Where to see it in the CRM.
 */
record_url: string | null, };

export type LeadView = { 
/**
 * The row.
 */
row: LeadRow, 
/**
 * What was captured.
 */
fields: Array<Pair>, 
/**
 * Records it is at destinations.
 */
links: Array<LinkView>, 
/**
 * Everything that happened, oldest first.
 */
timeline: Array<TimelineEntry>, 
/**
 * Its deliveries, newest first.
 */
deliveries: Array<DeliveryRow>, };

export type LinkView = { 
/**
 * The destination.
 */
connection: Named, 
/**
 * The record's id.
 */
record: string, 
/**
 * Where to see it.
 */
url: string | null, 
/**
 * How it was found, in words.
 */
matched_by: string, 
/**
 * When.
 */
linked_at: string, };

export type ListAudit = { 
/**
 * Which part.
 */
page: PageOf, };

export type ListDeliveries = { 
/**
 * Which.
 */
filter: DeliveryFilter, 
/**
 * Which part.
 */
page: PageOf, };

export type ListLeads = { 
/**
 * Part of a name, e-mail, phone or record id.
 */
text: string | null, 
/**
 * Only this source.
 */
source: string | null, 
/**
 * Which part.
 */
page: PageOf, };

export type ListRuns = { 
/**
 * Only this sync.
 */
sync: string | null, 
/**
 * Which part.
 */
page: PageOf, };

export type Mapping = { 
/**
 * The format of this data, see [`FORMAT`].
 */
format: number, 
/**
 * Counts the published versions of this mapping.
 */
version: number, 
/**
 * The destination object, by its API name.
 */
object: string, 
/**
 * One rule a destination field, in the order people see.
 */
rules: Array<Rule>, 
/**
 * What the rules assume where they say nothing.
 */
defaults: Defaults, };

export type MappingCheck = { 
/**
 * Problems, the ones that stop leads first.
 */
problems: Array<Problem>, 
/**
 * Suggestions for fields without a rule.
 */
suggestions: Array<Suggestion>, 
/**
 * The sample's value for each mapped destination field.
 */
values: Array<SampleValue>, 
/**
 * The sample's source values.
 */
source_values: Array<Pair>, 
/**
 * Which fields each source field may fill; those not listed are possible as they are.
 */
impossible: Array<Impossible>, };

export type MappingDiff = { 
/**
 * One sentence a change.
 */
changes: Array<string>, 
/**
 * Failed leads that would be tried again.
 */
releases: number, };

export type MappingVersion = { 
/**
 * Its number.
 */
version: number, 
/**
 * When it was published; none for the draft.
 */
published_at: string | null, 
/**
 * What changed, in words.
 */
note: string, 
/**
 * It is what is sent now.
 */
live: boolean, };

export type MappingView = { 
/**
 * The sync.
 */
sync: string, 
/**
 * Its name.
 */
name: string, 
/**
 * The destination's name.
 */
destination: string, 
/**
 * The mapping being edited.
 */
draft: Mapping, 
/**
 * The version that is sent.
 */
live_version: number | null, 
/**
 * The draft differs from what is sent.
 */
changed: boolean, 
/**
 * The destination's real fields.
 */
schema: ObjectSchema, 
/**
 * When they were read.
 */
schema_read_at: string, 
/**
 * Source fields with samples.
 */
source_fields: Array<SourceField>, 
/**
 * Samples there are to step through.
 */
sample_count: number, 
/**
 * Fields of the mapping the destination no longer has.
 */
drift: Array<string>, 
/**
 * Templates to begin from.
 */
templates: Array<TemplateView>, };

export type Mood = "calm" | "working" | "needs_you" | "paused" | "offline" | "empty";

export type NamePart = "first" | "last" | "salutation" | "suffix";

export type Named = { 
/**
 * The id.
 */
id: string, 
/**
 * The name.
 */
name: string, };

export type NewReceiver = { 
/**
 * Its name.
 */
name: string, 
/**
 * One of the names `receiver_kinds` gives.
 */
auth: string, 
/**
 * The secret, where the sender made it; else one is made.
 */
secret: string | null, 
/**
 * Further options, such as the header's name.
 */
options: Array<Pair>, };

export type NewSync = { 
/**
 * A name; made of both ends by default.
 */
name: string | null, 
/**
 * The source connection.
 */
source: string, 
/**
 * The destination connection.
 */
destination: string, 
/**
 * The object; the destination's first by default.
 */
object: string | null, };

export type Nothing = Record<symbol, never>;

export type NotificationView = { 
/**
 * Its id.
 */
id: number, 
/**
 * When.
 */
at: string, 
/**
 * Title.
 */
title: string, 
/**
 * Text, without personal data unless allowed.
 */
body: string, 
/**
 * Where a click leads.
 */
target: string, 
/**
 * A person saw it.
 */
seen: boolean, };

export type OAuthState = { "state": "waiting" } | { "state": "exchanging" } | { "state": "connected", 
/**
 * The connection with the account's name and rights.
 */
connection: ConnectionView, } | { "state": "ended", 
/**
 * Why, and what to do.
 */
problem: Explained, };

export type OAuthStatus = { 
/**
 * The flow.
 */
flow: string, 
/**
 * The address, for *Open again* and *Copy link*.
 */
url: string, 
/**
 * Where it stands.
 */
state: OAuthState, 
/**
 * When it gives up.
 */
expires_at: string, };

export type ObjectSchema = { 
/**
 * The name the API uses, such as `contacts`.
 */
object: string, 
/**
 * The name people see, such as *Contact*.
 */
label: string, 
/**
 * Every field, in the vendor's order.
 */
fields: Array<Field>, 
/**
 * A record needs at least one field of each of these sets (HubSpot contacts: e-mail, first or last name).
 */
one_of: Array<Array<string>>, 
/**
 * Fields beyond the listed ones are accepted too: the listed ones are suggestions (hooks that take any JSON).
 */
open: boolean, };

export type Offered = "no" | "optional" | "required";

export type Overwrite = "always" | "if_empty" | "if_newer" | "never";

export type OwnHostView = { 
/**
 * What the vendor calls it.
 */
label: string, 
/**
 * Where to find it.
 */
help: string, };

export type PageOf = { 
/**
 * First row, from 0.
 */
offset: number, 
/**
 * Most rows; at most 500 are given.
 */
limit: number, };

export type Paged<T> = { 
/**
 * How many there are in all.
 */
total: number, 
/**
 * The rows asked for.
 */
rows: Array<T>, };

export type Pair = { 
/**
 * The name.
 */
name: string, 
/**
 * The value.
 */
value: string, };

export type Party = { 
/**
 * The connection.
 */
connection: Named, 
/**
 * Its connector, for the logo.
 */
connector: string, 
/**
 * The object, at a destination.
 */
object: string | null, };

export type PasteOAuth = { 
/**
 * The flow.
 */
flow: string, 
/**
 * The whole address.
 */
url: string, };

export type PauseSync = { 
/**
 * The sync; none means all.
 */
id: string | null, 
/**
 * Until when; none means until resumed.
 */
until: string | null, };

export type PicklistOf = { 
/**
 * The sync.
 */
sync: string, 
/**
 * Source field.
 */
field: string, };

export type PicklistView = { 
/**
 * Values of the source field among real leads, with counts.
 */
values: Array<Excluded>, 
/**
 * Leads looked at.
 */
leads: number, };

export type PracticeCount = { 
/**
 * The object.
 */
object: string, 
/**
 * Records.
 */
count: number, };

export type PracticeView = { 
/**
 * The connector it stands for.
 */
connector: string, 
/**
 * The dialect.
 */
dialect: string, 
/**
 * Its name.
 */
name: string, 
/**
 * It is running.
 */
running: boolean, 
/**
 * Its address.
 */
base_url: string | null, 
/**
 * Records by object.
 */
records: Array<PracticeCount>, 
/**
 * The weather of now.
 */
weather: Weather, };

export type PreviewFile = { 
/**
 * Its path on this computer.
 */
path: string, 
/**
 * What the person chose instead of the guess.
 */
options: FileOptions, };

export type Problem = { 
/**
 * What it is, for the window to act on.
 */
code: ProblemCode, 
/**
 * Whether leads can go all the same.
 */
severity: Severity, 
/**
 * The destination field, where it is about one.
 */
target: string | null, 
/**
 * Cause and next step in plain words.
 */
message: string, 
/**
 * What one click would do about it.
 */
fix: Fix | null, };

export type ProblemCode = "required_without_rule" | "one_of_without_rule" | "type_clash" | "step_clash" | "read_only_target" | "unknown_target" | "unknown_source" | "unknown_option" | "bad_formula" | "two_rules" | "may_be_too_long" | "unknown_setting" | "wrong_object";

export type QuitPlan = { 
/**
 * Leads that would wait.
 */
waiting: number, };

export type Quota = { 
/**
 * What it counts.
 */
bucket: string, 
/**
 * Calls left.
 */
left: number, 
/**
 * Calls allowed.
 */
limit: number, 
/**
 * When it is full again.
 */
resets_at: string | null, };

export type ReceiverKind = { 
/**
 * Stable word.
 */
id: string, 
/**
 * Name.
 */
label: string, 
/**
 * One line.
 */
help: string, 
/**
 * The person gives the secret, since the sender made it.
 */
secret_given: boolean, 
/**
 * Options to ask for.
 */
options: Array<string>, };

export type ReceiverView = { 
/**
 * Its connection.
 */
id: string, 
/**
 * Its name.
 */
name: string, 
/**
 * The address on this computer.
 */
local_url: string, 
/**
 * The public address, if a tunnel is set.
 */
public_url: string | null, 
/**
 * How senders prove themselves.
 */
auth: string, 
/**
 * When something last arrived.
 */
last_at: string | null, 
/**
 * Leads received.
 */
received: number, 
/**
 * What was turned away lately.
 */
refusals: Array<RefusalView>, 
/**
 * The secret, shown once when it is made.
 */
secret: string | null, };

export type Refusal = { 
/**
 * In words.
 */
title: string, 
/**
 * Leads.
 */
count: number, };

export type RefusalView = { 
/**
 * When.
 */
at: string, 
/**
 * Why, in words.
 */
reason: string, };

export type RequestView = { 
/**
 * Method.
 */
method: string, 
/**
 * Address.
 */
url: string, 
/**
 * Headers.
 */
headers: Array<Pair>, 
/**
 * Body.
 */
body: string, 
/**
 * The same as a command to paste.
 */
curl: string, };

export type Rest = { "rule": "leave_empty" } | { "rule": "default", 
/**
 * The option value.
 */
value: string, } | { "rule": "keep" } | { "rule": "hold" };

export type RestoreMapping = { 
/**
 * The sync.
 */
sync: string, 
/**
 * The version.
 */
version: number, };

export type RestoreRequest = { 
/**
 * The backup; none for the newest good daily copy.
 */
path: string | null, 
/**
 * The passphrase of the backup, where it has one.
 */
passphrase: string | null, };

export type RetryPlan = { 
/**
 * Deliveries.
 */
leads: number, 
/**
 * Write calls, about.
 */
calls: number, 
/**
 * Seconds it takes at the destination's pace, at least.
 */
seconds_min: number, 
/**
 * At most.
 */
seconds_max: number, 
/**
 * Share of what is left of the day's quota, 0 to 1, where there is one.
 */
quota_share: number | null, };

export type Rule = { 
/**
 * The destination field, by its API name.
 */
target: string, 
/**
 * Where the value comes from.
 */
source: Source, 
/**
 * Steps from left to right.
 */
transforms: Array<Transform>, 
/**
 * What happens to a value that is in the destination already.
 */
overwrite: Overwrite, 
/**
 * Whether an empty value may clear a filled destination field.
 */
blank_overwrites: boolean, 
/**
 * Which way the field travels.
 */
direction: Direction, 
/**
 * The rule counts only when this holds.
 */
when: Condition | null, };

export type RunOf = { 
/**
 * The run.
 */
id: number, };

export type RunRow = { 
/**
 * The run.
 */
id: number, 
/**
 * The sync.
 */
sync: Named, 
/**
 * `real_time`, `scheduled`, `manual`, `import` or `retry`.
 */
kind: string, 
/**
 * File name and the like.
 */
label: string, 
/**
 * Computed from its deliveries: `working`, `done`, `some_failed`, `failed`, `cancelled`, `waiting`.
 */
state: string, 
/**
 * In words.
 */
text: string, 
/**
 * When it began.
 */
started_at: string, 
/**
 * When its last delivery ended.
 */
ended_at: string | null, 
/**
 * Its deliveries by state.
 */
counts: Counts, 
/**
 * Rows read or leads captured.
 */
captured: number, 
/**
 * Captures seen before.
 */
repeated: number, 
/**
 * Captures of people already known.
 */
merged: number, 
/**
 * Rows that could not be read.
 */
broken: number, 
/**
 * It can be cancelled.
 */
cancellable: boolean, 
/**
 * Deliveries a second, measured over the last minute of the run.
 */
per_second: number | null, 
/**
 * Seconds left, at least and at most.
 */
seconds_left: [number, number] | null, };

export type RunView = { 
/**
 * The run.
 */
row: RunRow, 
/**
 * Rows that could not be read, the first 500.
 */
broken: Array<BrokenRowView>, };

export type Sample = { "kind": "made_up" } | { "kind": "recent", 
/**
 * Which.
 */
index: number, } | { "kind": "lead", 
/**
 * The lead.
 */
id: string, } | { "kind": "last_failed" } | { "kind": "typed", 
/**
 * Source fields and values.
 */
fields: Array<Pair>, };

export type SampleValue = { 
/**
 * Destination field.
 */
target: string, 
/**
 * The value as text; none when nothing would be sent.
 */
value: string | null, 
/**
 * Why not, or what to know.
 */
warning: string | null, };

export type SaveMapping = { 
/**
 * The sync.
 */
sync: string, 
/**
 * The mapping.
 */
mapping: Mapping, };

export type Selection = { "pick": "ids", 
/**
 * Deliveries.
 */
ids: number[], } | { "pick": "group", 
/**
 * The sync.
 */
sync: string, 
/**
 * The group's key.
 */
key: string, } | { "pick": "filter", 
/**
 * The filter.
 */
filter: DeliveryFilter, };

export type Sentence = { 
/**
 * Decides the mark beside it and the tray icon.
 */
mood: Mood, 
/**
 * The sentence.
 */
text: string, 
/**
 * A time in it, where it says one, for the exact text on hover.
 */
at: string | null, };

export type SetGroup = { 
/**
 * The sync.
 */
sync: string, 
/**
 * The group's key.
 */
key: string, 
/**
 * `open`, `snoozed` or `ignored`.
 */
state: string, 
/**
 * Until when it is snoozed.
 */
until: string | null, 
/**
 * Why.
 */
reason: string | null, };

export type SetWeather = { 
/**
 * The dialect.
 */
dialect: string, 
/**
 * The weather.
 */
weather: Weather, };

export type SettingView = { 
/**
 * Stable word.
 */
name: string, 
/**
 * Label.
 */
label: string, 
/**
 * Help.
 */
help: string, 
/**
 * `text`, `secret`, `url`, `choice`, `pairs` or `switch`.
 */
kind: string, 
/**
 * Value and label of each choice.
 */
choices: Array<Named>, 
/**
 * Must be given.
 */
required: boolean, };

export type Settings = { 
/**
 * Start with the computer.
 */
start_at_login: boolean, 
/**
 * Go on when the window is closed.
 */
keep_working: boolean, 
/**
 * `system`, `light` or `dark`.
 */
theme: string, 
/**
 * Country for phones without a country code, ISO 3166 alpha-2.
 */
region: string | null, 
/**
 * Days of history kept.
 */
retention_days: number, 
/**
 * Notify when a connection loses access.
 */
notify_access: boolean, 
/**
 * Notify at the first failure of a group.
 */
notify_failures: boolean, 
/**
 * Notify when a destination is down for more than 15 minutes.
 */
notify_down: boolean, 
/**
 * Notify when a destination is back.
 */
notify_recovery: boolean, 
/**
 * Names and e-mails may appear in notifications.
 */
personal_data_in_notifications: boolean, 
/**
 * The receiver's port; none means any free one, kept from then on.
 */
receiver_port: number | null, 
/**
 * The public address that leads to the receiver.
 */
receiver_public_url: string | null, 
/**
 * Shortcuts a person changed: action and keys.
 */
shortcuts: Array<Pair>, 
/**
 * The window's closing was explained once.
 */
closing_explained: boolean, };

export type Severity = "error" | "warning";

export type SignInView = { 
/**
 * Address and name of each place, the usual one first.
 */
hosts: Array<Named>, 
/**
 * The account's own domain may be typed.
 */
own: OwnHostView | null, };

export type Skip = { 
/**
 * Which.
 */
selection: Selection, 
/**
 * Why.
 */
reason: string, };

export type Source = { "from": "field", 
/**
 * Its name.
 */
name: string, } | { "from": "first_of", 
/**
 * Their names, best first.
 */
names: Array<string>, } | { "from": "join", 
/**
 * Their names.
 */
names: Array<string>, 
/**
 * What stands between two of them.
 */
separator: string, } | { "from": "fixed", 
/**
 * The value.
 */
value: Value, } | { "from": "formula", 
/**
 * One expression, see [`formula`](crate::formula).
 */
expression: string, } | { "from": "when", 
/**
 * Decides which.
 */
condition: Condition, 
/**
 * Taken when the condition holds.
 */
then: Source, 
/**
 * Taken otherwise; nothing there leaves the value blank.
 */
otherwise: Source | null, };

export type SourceField = { 
/**
 * Its name, as records have it.
 */
name: string, 
/**
 * The name people see.
 */
label: string, 
/**
 * What it seems to hold.
 */
kind: FieldKind, 
/**
 * Values seen, different ones only.
 */
samples: Array<string>, 
/**
 * How many of the leads seen have a value, 0 to 1.
 */
filled_share: number, };

export type StartOAuth = { 
/**
 * The connector.
 */
connector: string, 
/**
 * `source` or `destination`.
 */
role: string, 
/**
 * Another address than the vendor's.
 */
base_url: string | null, 
/**
 * A private-network address is meant.
 */
allow_private: boolean, 
/**
 * One's own app: its client id.
 */
client_id: string | null, 
/**
 * One's own app: its client secret.
 */
client_secret: string | null, 
/**
 * Where the account signs in: one of the connector's hosts, or its own domain. The usual one by default.
 */
host: string | null, 
/**
 * Settings of the spec.
 */
settings: Array<Pair>, 
/**
 * Signs in again for this connection instead of making one.
 */
reconnect: string | null, 
/**
 * Open the system browser. The command line prints the address instead.
 */
open_browser: boolean, };

export type Started = { 
/**
 * The runs.
 */
runs: Array<number>, 
/**
 * Leads on their way.
 */
waiting: number, };

export type Startup = { "state": "opening" } | { "state": "ready" } | { "state": "choose_passphrase", 
/**
 * Why, in words.
 */
why: string, } | { "state": "locked", 
/**
 * What was wrong with the last try.
 */
problem: string | null, } | { "state": "damaged", 
/**
 * What was found, and what to do.
 */
message: string, 
/**
 * The newest copy that is good.
 */
backup: BackupView | null, } | { "state": "problem", 
/**
 * Cause and next step.
 */
error: Error, };

export type Suggestion = { 
/**
 * The destination field.
 */
target: string, 
/**
 * What would fill it.
 */
source: Source, 
/**
 * The steps it needs.
 */
transforms: Array<Transform>, 
/**
 * 0 to 100.
 */
confidence: number, 
/**
 * Why, in a few words.
 */
reason: string, };

export type SyncMode = { "kind": "real_time" } | { "kind": "schedule", 
/**
 * A cron expression with five fields, local time.
 */
cron: string, } | { "kind": "manual" };

export type SyncNow = { 
/**
 * The sync; none means all that are on.
 */
id: string | null, 
/**
 * Only these leads.
 */
leads: Array<string>, };

export type SyncRow = { 
/**
 * The sync.
 */
id: string, 
/**
 * Its name.
 */
name: string, 
/**
 * Where leads come from.
 */
source: Party, 
/**
 * Where they go.
 */
destination: Party, 
/**
 * On, paused or still a draft.
 */
state: SyncState, 
/**
 * Until when it is paused, if not until somebody resumes it.
 */
paused_until: string | null, 
/**
 * How it is started.
 */
mode: SyncMode, 
/**
 * When a lead was last synced.
 */
last_synced_at: string | null, 
/**
 * When it runs next, if it is scheduled.
 */
next_run_at: string | null, 
/**
 * Deliveries by state.
 */
counts: Counts, 
/**
 * Captures left out, with the reason.
 */
excluded: Array<Excluded>, 
/**
 * Milliseconds from captured to synced, median of the last seven days.
 */
p50_ms: number | null, 
/**
 * The same, 95th percentile.
 */
p95_ms: number | null, 
/**
 * Share of the last seven days' deliveries that were synced, 0 to 1.
 */
success_rate: number | null, 
/**
 * Synced a day, oldest first, last 14 days.
 */
series: Array<number>, 
/**
 * What is left of the destination's quota.
 */
quota: Array<Quota>, 
/**
 * A draft with unpublished mapping changes.
 */
has_draft: boolean, };

export type SyncSettings = { 
/**
 * The sync as Home shows it.
 */
row: SyncRow, 
/**
 * Minutes after which a delivery is tried again, in order.
 */
retry_minutes: Array<number>, 
/**
 * Keys that find an existing record, in order.
 */
match_order: Array<string>, };

export type SyncState = "draft" | "on" | "paused";

export type Tag = "syncs" | "deliveries" | "leads" | "lanes" | "connections" | "mappings" | "runs" | "failures" | "audit" | "settings" | "notifications" | "practice" | "wizard";

export type TemplateView = { 
/**
 * Stable word.
 */
id: string, 
/**
 * Its name.
 */
name: string, 
/**
 * One line.
 */
help: string, };

export type TestField = { 
/**
 * Destination field.
 */
target: string, 
/**
 * The name people see.
 */
label: string, 
/**
 * Where the value comes from, in words.
 */
source: string, 
/**
 * The value after each step.
 */
steps: Array<Pair>, 
/**
 * What the CRM has now, where it was read.
 */
now: string | null, 
/**
 * What it would have.
 */
would_become: string | null, 
/**
 * `add`, `change`, `same`, `keep` (an overwrite rule keeps the CRM's value) or `none`.
 */
change: string, 
/**
 * What to know about it.
 */
note: string | null, };

export type TestMapping = { 
/**
 * The sync.
 */
sync: string, 
/**
 * The lead.
 */
sample: Sample, };

export type TestRecord = { 
/**
 * The sync.
 */
sync: string, 
/**
 * The record's id.
 */
record: string, 
/**
 * Where to see it.
 */
url: string | null, 
/**
 * It can be removed again by us.
 */
removable: boolean, };

export type TestResult = { 
/**
 * In one sentence.
 */
words: string, 
/**
 * `create`, `update`, `unchanged` or `refused`.
 */
effect: string, 
/**
 * The record it was matched to.
 */
record_url: string | null, 
/**
 * The sample's own values.
 */
source: Array<Pair>, 
/**
 * Field by field.
 */
fields: Array<TestField>, 
/**
 * Everything to know.
 */
warnings: Array<string>, 
/**
 * The exact requests, secrets hidden.
 */
requests: Array<RequestView>, };

export type TimelineEntry = { 
/**
 * When.
 */
at: string, 
/**
 * `captured`, `matched`, `attempt`, `waited`, `synced`, `failed`, `edited`, `skipped`, `undone`.
 */
kind: string, 
/**
 * In words.
 */
text: string, 
/**
 * Requests and answers of an attempt, secrets hidden.
 */
exchanges: Array<ExchangeView>, };

export type ToFile = { 
/**
 * Its path.
 */
path: string, };

export type Transform = { "step": "trim" } | { "step": "lower_case" } | { "step": "upper_case" } | { "step": "title_case" } | { "step": "name_part", 
/**
 * Which part.
 */
part: NamePart, } | { "step": "join_list", 
/**
 * What stands between two items.
 */
separator: string, } | { "step": "split_list", 
/**
 * What stands between two items.
 */
separator: string, } | { "step": "piece", 
/**
 * What stands between two pieces.
 */
separator: string, 
/**
 * 1 is the first, -1 the last.
 */
position: number, } | { "step": "phone", 
/**
 * Country of numbers without a country code, instead of the mapping's.
 */
region: string | null, 
/**
 * A source field that says the country of each lead, where its name does not tell; a lead's own country wins over
 * every default.
 */
country_field: string | null, } | { "step": "email" } | { "step": "read_date", 
/**
 * How it is written; found out by itself where that is certain.
 */
format: DateFormat | null, 
/**
 * The zone whose day counts for a moment, instead of the mapping's.
 */
zone: string | null, } | { "step": "read_date_time", 
/**
 * How it is written; found out by itself where that is certain.
 */
format: DateFormat | null, 
/**
 * The zone of times without one, instead of the mapping's.
 */
zone: string | null, } | { "step": "write_date", 
/**
 * strftime signs, such as `%d.%m.%Y`.
 */
pattern: string, 
/**
 * The zone in which a moment is written, instead of the mapping's.
 */
zone: string | null, } | { "step": "read_number", 
/**
 * Which sign separates whole from part, instead of the mapping's.
 */
decimal: DecimalStyle | null, } | { "step": "read_money", 
/**
 * Which sign separates whole from part, instead of the mapping's.
 */
decimal: DecimalStyle | null, 
/**
 * ISO 4217 code of amounts without a currency, instead of the mapping's.
 */
currency: string | null, } | { "step": "read_bool", 
/**
 * More words for yes.
 */
yes: Array<string>, 
/**
 * More words for no.
 */
no: Array<string>, } | { "step": "translate", 
/**
 * Pairs; case and outer spaces do not count.
 */
table: Array<Translation>, 
/**
 * What to do with any other value.
 */
rest: Rest, } | { "step": "default_if_blank", 
/**
 * The value.
 */
value: Value, } | { "step": "truncate", 
/**
 * The most characters.
 */
length: number, } | { "step": "replace", 
/**
 * What to look for, to the letter.
 */
find: string, 
/**
 * What to write instead.
 */
with: string, };

export type Translation = { 
/**
 * The source's word.
 */
from: string, 
/**
 * The destination's option value.
 */
to: string, };

export type UnlockRequest = { 
/**
 * The passphrase.
 */
passphrase: string, };

export type UseTemplate = { 
/**
 * The sync.
 */
sync: string, 
/**
 * The template.
 */
template: string, };

export type Value = { "type": "blank" } | { "type": "text", "value": string } | { "type": "number", "value": string } | { "type": "money", "value": { 
/**
 * The amount in whole units of the currency.
 */
amount: string, 
/**
 * ISO 4217 code.
 */
currency: string | null, } } | { "type": "bool", "value": boolean } | { "type": "date", "value": string } | { "type": "date_time", "value": string } | { "type": "list", "value": Array<string> };

export type Weather = { 
/**
 * Answers 429.
 */
rate_limited: boolean, 
/**
 * Answers 503.
 */
outage: boolean, 
/**
 * Answers late, in milliseconds.
 */
delay_ms: number, 
/**
 * Access tokens expire now. An event: it happens when set, and reads back as off.
 */
expired_token: boolean, 
/**
 * Access is taken away now. An event: it happens when set, and reads back as off.
 */
revoked: boolean, 
/**
 * Writes are applied and the answer is lost.
 */
lost_answers: boolean, 
/**
 * One record of each batch is refused.
 */
partial_failures: boolean, };

export type WizardState = { 
/**
 * `source`, `destination`, `match`, `rehearse` or `live`.
 */
step: string, 
/**
 * The chosen source connection.
 */
source: string | null, 
/**
 * The chosen destination connection.
 */
destination: string | null, 
/**
 * The chosen object.
 */
object: string | null, 
/**
 * The draft sync.
 */
sync: string | null, 
/**
 * A file chosen as source but not imported yet.
 */
file: string | null, 
/**
 * The wizard is open.
 */
open: boolean, };

/** Every command: what it takes, what it gives. */
export interface Commands {
  home: { request: Nothing; response: Home };
  sync_settings: { request: ById; response: SyncSettings };
  sync_now: { request: SyncNow; response: Started };
  pause_sync: { request: PauseSync; response: Changed };
  resume_sync: { request: PauseSync; response: Changed };
  change_sync: { request: ChangeSync; response: SyncSettings };
  delete_sync: { request: ById; response: Nothing };
  try_lane: { request: ById; response: Nothing };
  wizard: { request: Nothing; response: WizardState };
  save_wizard: { request: WizardState; response: Nothing };
  create_sync: { request: NewSync; response: MappingView };
  dry_run: { request: ById; response: DryRun };
  go_live: { request: GoLive; response: Started };
  connectors: { request: Nothing; response: Array<ConnectorView> };
  connections: { request: Nothing; response: Array<ConnectionView> };
  connect: { request: Connect; response: ConnectionView };
  start_oauth: { request: StartOAuth; response: OAuthStatus };
  oauth_status: { request: ById; response: OAuthStatus };
  open_oauth: { request: ById; response: Nothing };
  paste_oauth: { request: PasteOAuth; response: OAuthStatus };
  cancel_oauth: { request: ById; response: Nothing };
  check_connection: { request: ById; response: ConnectionView };
  change_connection: { request: ChangeConnection; response: ConnectionView };
  disconnect: { request: ById; response: Disconnected };
  object_fields: { request: FieldsOf; response: ObjectSchema };
  practice: { request: Nothing; response: Array<PracticeView> };
  start_practice: { request: ById; response: PracticeView };
  stop_practice: { request: ById; response: Nothing };
  connect_practice: { request: ById; response: OAuthStatus };
  set_weather: { request: SetWeather; response: PracticeView };
  preview_file: { request: PreviewFile; response: FilePreview };
  import_file: { request: ImportFile; response: ImportProgress };
  import_progress: { request: ById; response: ImportProgress };
  cancel_import: { request: ById; response: Nothing };
  receiver_kinds: { request: Nothing; response: Array<ReceiverKind> };
  receivers: { request: Nothing; response: Array<ReceiverView> };
  create_receiver: { request: NewReceiver; response: ReceiverView };
  send_test_lead: { request: AddLead; response: LeadRow };
  mapping: { request: ById; response: MappingView };
  check_mapping: { request: CheckMapping; response: MappingCheck };
  save_mapping: { request: SaveMapping; response: MappingView };
  refresh_schema: { request: ById; response: MappingView };
  create_lead_id_field: { request: ById; response: MappingView };
  use_template: { request: UseTemplate; response: MappingView };
  mapping_diff: { request: ById; response: MappingDiff };
  publish_mapping: { request: ById; response: MappingView };
  mapping_history: { request: ById; response: Array<MappingVersion> };
  restore_mapping: { request: RestoreMapping; response: MappingView };
  picklist_values: { request: PicklistOf; response: PicklistView };
  functions: { request: Nothing; response: Array<FunctionView> };
  test_mapping: { request: TestMapping; response: TestResult };
  send_test_record: { request: TestMapping; response: TestRecord };
  remove_test_record: { request: TestRecord; response: Nothing };
  error_desk: { request: FailureFilter; response: ErrorDesk };
  failure_group: { request: GroupOf; response: GroupView };
  deliveries: { request: ListDeliveries; response: Paged<DeliveryRow> };
  delivery: { request: DeliveryOf; response: DeliveryView };
  preview_fix: { request: FixRequest; response: FixPreview };
  apply_fix: { request: FixRequest; response: BulkResult };
  plan_retry: { request: Selection; response: RetryPlan };
  retry: { request: Selection; response: BulkResult };
  skip: { request: Skip; response: BulkResult };
  unskip: { request: Selection; response: BulkResult };
  edit_delivery: { request: EditDelivery; response: DeliveryView };
  set_group: { request: SetGroup; response: GroupView };
  export_deliveries: { request: ExportDeliveries; response: Changed };
  import_corrections: { request: ImportCorrections; response: Corrections };
  leads: { request: ListLeads; response: Paged<LeadRow> };
  lead: { request: ById; response: LeadView };
  export_person: { request: ExportPerson; response: Nothing };
  erase_person: { request: ById; response: Erased };
  runs: { request: ListRuns; response: Paged<RunRow> };
  run: { request: RunOf; response: RunView };
  cancel_run: { request: RunOf; response: RunView };
  audit: { request: ListAudit; response: Paged<AuditRow> };
  verify_audit: { request: Nothing; response: AuditCheckView };
  export_audit: { request: ToFile; response: Changed };
  settings: { request: Nothing; response: Settings };
  save_settings: { request: Settings; response: Settings };
  about: { request: Nothing; response: About };
  export_configuration: { request: ToFile; response: Nothing };
  import_configuration: { request: FromFile; response: Changed };
  backup: { request: Backup; response: Nothing };
  diagnostics: { request: ToFile; response: Nothing };
  notifications: { request: Nothing; response: Array<NotificationView> };
  see_notifications: { request: Nothing; response: Nothing };
  quit_plan: { request: Nothing; response: QuitPlan };
}

/** What each command is made of (reads) or makes stale (writes). */
export const commands = {
  home: { kind: "read", tags: ["syncs", "deliveries", "lanes", "failures"] },
  sync_settings: { kind: "read", tags: ["syncs"] },
  sync_now: { kind: "write", tags: ["deliveries", "runs"] },
  pause_sync: { kind: "write", tags: ["syncs"] },
  resume_sync: { kind: "write", tags: ["syncs"] },
  change_sync: { kind: "write", tags: ["syncs"] },
  delete_sync: { kind: "write", tags: ["syncs", "deliveries", "failures"] },
  try_lane: { kind: "write", tags: ["lanes"] },
  wizard: { kind: "read", tags: ["wizard"] },
  save_wizard: { kind: "write", tags: ["wizard"] },
  create_sync: { kind: "write", tags: ["syncs", "mappings"] },
  dry_run: { kind: "write", tags: [] },
  go_live: { kind: "write", tags: ["syncs", "deliveries", "runs", "wizard"] },
  connectors: { kind: "read", tags: [] },
  connections: { kind: "read", tags: ["connections", "lanes"] },
  connect: { kind: "write", tags: ["connections"] },
  start_oauth: { kind: "write", tags: [] },
  oauth_status: { kind: "read", tags: ["connections"] },
  open_oauth: { kind: "write", tags: [] },
  paste_oauth: { kind: "write", tags: ["connections"] },
  cancel_oauth: { kind: "write", tags: [] },
  check_connection: { kind: "write", tags: ["connections", "lanes"] },
  change_connection: { kind: "write", tags: ["connections"] },
  disconnect: { kind: "write", tags: ["connections", "lanes", "syncs"] },
  object_fields: { kind: "read", tags: ["connections"] },
  practice: { kind: "read", tags: ["practice"] },
  start_practice: { kind: "write", tags: ["practice"] },
  stop_practice: { kind: "write", tags: ["practice"] },
  connect_practice: { kind: "write", tags: ["practice"] },
  set_weather: { kind: "write", tags: ["practice"] },
  preview_file: { kind: "write", tags: [] },
  import_file: { kind: "write", tags: ["leads", "deliveries", "runs", "connections"] },
  import_progress: { kind: "read", tags: ["runs"] },
  cancel_import: { kind: "write", tags: ["runs"] },
  receiver_kinds: { kind: "read", tags: [] },
  receivers: { kind: "read", tags: ["connections"] },
  create_receiver: { kind: "write", tags: ["connections"] },
  send_test_lead: { kind: "write", tags: ["leads", "deliveries"] },
  mapping: { kind: "read", tags: ["mappings"] },
  check_mapping: { kind: "write", tags: [] },
  save_mapping: { kind: "write", tags: ["mappings"] },
  refresh_schema: { kind: "write", tags: ["mappings"] },
  create_lead_id_field: { kind: "write", tags: ["mappings"] },
  use_template: { kind: "write", tags: ["mappings"] },
  mapping_diff: { kind: "read", tags: ["mappings"] },
  publish_mapping: { kind: "write", tags: ["mappings", "syncs", "failures", "deliveries"] },
  mapping_history: { kind: "read", tags: ["mappings"] },
  restore_mapping: { kind: "write", tags: ["mappings"] },
  picklist_values: { kind: "read", tags: ["leads"] },
  functions: { kind: "read", tags: [] },
  test_mapping: { kind: "write", tags: [] },
  send_test_record: { kind: "write", tags: ["audit"] },
  remove_test_record: { kind: "write", tags: ["audit"] },
  error_desk: { kind: "read", tags: ["failures", "deliveries", "lanes"] },
  failure_group: { kind: "read", tags: ["failures", "deliveries"] },
  deliveries: { kind: "read", tags: ["deliveries"] },
  delivery: { kind: "read", tags: ["deliveries"] },
  preview_fix: { kind: "write", tags: [] },
  apply_fix: { kind: "write", tags: ["failures", "deliveries", "mappings", "runs"] },
  plan_retry: { kind: "write", tags: [] },
  retry: { kind: "write", tags: ["failures", "deliveries", "runs"] },
  skip: { kind: "write", tags: ["failures", "deliveries"] },
  unskip: { kind: "write", tags: ["failures", "deliveries"] },
  edit_delivery: { kind: "write", tags: ["deliveries", "failures"] },
  set_group: { kind: "write", tags: ["failures"] },
  export_deliveries: { kind: "write", tags: [] },
  import_corrections: { kind: "write", tags: ["deliveries", "failures", "runs"] },
  leads: { kind: "read", tags: ["leads", "deliveries"] },
  lead: { kind: "read", tags: ["leads", "deliveries"] },
  export_person: { kind: "write", tags: ["audit"] },
  erase_person: { kind: "write", tags: ["leads", "deliveries", "audit"] },
  runs: { kind: "read", tags: ["runs", "deliveries"] },
  run: { kind: "read", tags: ["runs", "deliveries"] },
  cancel_run: { kind: "write", tags: ["runs", "deliveries"] },
  audit: { kind: "read", tags: ["audit"] },
  verify_audit: { kind: "read", tags: ["audit"] },
  export_audit: { kind: "write", tags: [] },
  settings: { kind: "read", tags: ["settings"] },
  save_settings: { kind: "write", tags: ["settings"] },
  about: { kind: "read", tags: ["settings"] },
  export_configuration: { kind: "write", tags: [] },
  import_configuration: { kind: "write", tags: ["syncs", "mappings", "connections", "settings"] },
  backup: { kind: "write", tags: [] },
  diagnostics: { kind: "write", tags: [] },
  notifications: { kind: "read", tags: ["notifications"] },
  see_notifications: { kind: "write", tags: ["notifications"] },
  quit_plan: { kind: "read", tags: ["deliveries"] },
} as const;
