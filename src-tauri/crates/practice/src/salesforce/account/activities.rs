//! Fields of what is done about people: tasks, events, notes, and consent.

use super::table::tracked;
use crate::core::{Field, Origin, Record, Table};
use leadferry_model::FieldKind;

const TASK: &str = "
WhoId | Name ID | reference | 18 | >Contact,Lead=Who
WhatId | Related To ID | reference | 18 | >Account,Opportunity=What
Subject | Subject | combobox | 255 | | Call, Email, Send Letter, Send Quote, Other
ActivityDate | Due Date Only | date
Status | Status | picklist | 255 | default | *Not Started, In Progress, Completed, Waiting on someone else, Deferred
Priority | Priority | picklist | 255 | default | High, *Normal, Low
OwnerId | Assigned To ID | reference | 18 | default >User,Group=Owner
Description | Description | textarea | 32000
CallDurationInSeconds | Call Duration | int | 8
CallType | Call Type | picklist | 40 | restricted | Internal, Inbound, Outbound
CallDisposition | Call Result | string | 255
CallObject | Call Object Identifier | string | 255
ReminderDateTime | Reminder Date/Time | datetime
IsReminderSet | Reminder Set | boolean
TaskSubtype | Task Subtype | picklist | 40 | restricted createonly | Task, Email, ListEmail, Cadence, Call, LinkedIn
CompletedDateTime | Completed Date | datetime | | ro
";

const EVENT: &str = "
WhoId | Name ID | reference | 18 | >Contact,Lead=Who
WhatId | Related To ID | reference | 18 | >Account,Opportunity=What
Subject | Subject | combobox | 255 | | Call, Email, Meeting, Send Letter/Quote, Other
Location | Location | string | 255
IsAllDayEvent | All-Day Event | boolean
ActivityDateTime | Due Date Time | datetime
ActivityDate | Due Date Only | date
DurationInMinutes | Duration | int | 8
StartDateTime | Start Date Time | datetime
EndDateTime | End Date Time | datetime
Description | Description | textarea | 32000
OwnerId | Assigned To ID | reference | 18 | default >User=Owner
IsPrivate | Private | boolean
ShowAs | Show Time As | picklist | 40 | restricted | Busy, OutOfOffice, Free
";

const NOTE: &str = "
ParentId | Parent ID | reference | 18 | req createonly >Account,Contact,Lead,Opportunity=Parent
Title | Title | string | 80 | req
IsPrivate | Private | boolean
Body | Body | textarea | 32000
OwnerId | Owner ID | reference | 18 | default >User=Owner
";

const CONTENT_NOTE: &str = "
Title | Title | string | 255 | req
Content | Content | base64 | | req
OwnerId | Owner ID | reference | 18 | default ro >User=Owner
";

const CONTENT_LINK: &str = "
ContentDocumentId | Content Document ID | reference | 18 | req createonly >ContentNote=ContentDocument
LinkedEntityId | Linked Entity ID | reference | 18 | req createonly >Account,Contact,Lead,Opportunity=LinkedEntity
ShareType | Share Type | picklist | 40 | restricted | V, C, I
Visibility | Visibility | picklist | 40 | restricted | AllUsers, InternalUsers, SharedUsers
";

const INDIVIDUAL: &str = "
LastName | Last Name | string | 80 | req
FirstName | First Name | string | 40
HasOptedOutTracking | Don't Track | boolean
HasOptedOutProfiling | Don't Profile | boolean
HasOptedOutProcessing | Don't Process | boolean
HasOptedOutSolicit | Don't Market | boolean
ShouldForget | Forget this Individual | boolean
SendIndividualData | Export Individual's Data | boolean
OwnerId | Owner ID | reference | 18 | default >User=Owner
";

/// The task status that means done.
pub(in super::super) const DONE: &str = "Completed";

#[expect(clippy::unnecessary_wraps, reason = "the shape every computed field has")]
fn is_done(record: &Record) -> Option<String> {
    Some((record.stored("Status") == Some(DONE)).to_string())
}

#[expect(clippy::unnecessary_wraps, reason = "the shape every computed field has")]
fn is_urgent(record: &Record) -> Option<String> {
    Some((record.stored("Priority") == Some("High")).to_string())
}

pub(super) fn tasks() -> Table {
    let mut table = tracked("Task", "Task", TASK);
    let flag = |name: &str, label: &str, compute: fn(&Record) -> Option<String>| Field {
        read_only: true,
        origin: Origin::Computed(compute),
        form: "boolean||default".to_owned(),
        ..Field::new(name, label, FieldKind::Bool)
    };
    table.put_field(flag("IsClosed", "Closed", is_done));
    table.put_field(flag("IsHighPriority", "High Priority", is_urgent));
    table
}

pub(super) fn events() -> Table {
    let mut table = tracked("Event", "Event", EVENT);
    let any = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    table.one_of = vec![
        any(&["ActivityDateTime", "StartDateTime", "ActivityDate"]),
        any(&["DurationInMinutes", "EndDateTime"]),
    ];
    table
}

pub(super) fn notes() -> Table {
    tracked("Note", "Note", NOTE)
}

pub(super) fn content_notes() -> Table {
    tracked("ContentNote", "Note", CONTENT_NOTE)
}

pub(super) fn content_links() -> Table {
    tracked("ContentDocumentLink", "Content Document Link", CONTENT_LINK)
}

pub(super) fn individuals() -> Table {
    tracked("Individual", "Individual", INDIVIDUAL)
}
