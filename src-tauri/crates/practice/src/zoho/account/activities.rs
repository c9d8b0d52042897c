//! What happens around people: tasks, meetings, calls, notes.

use super::table::{fields, made, system};
use crate::core::{Origin, Table};

const TASKS: &str = "
Subject | Subject | text | 300 | Task Information | | req
Due_Date | Due Date | date | | Task Information
Status | Status | picklist | 120 | Task Information | Not Started, Deferred, In Progress, Completed, Waiting for input
Priority | Priority | picklist | 120 | Task Information | High, Highest, Low, Lowest, Normal
Who_Id | Contact Name | lookup:Contacts | 120 | Task Information
What_Id | Related To | lookup:? | 120 | Task Information
Closed_Time | Closed Time | datetime | | Task Information | | ro
Send_Notification_Email | Send Notification Email | boolean | | Task Information
Description | Description | textarea | 32000 | Description Information
";

const EVENTS: &str = "
Event_Title | Title | text | 255 | Meeting Information | | req
Start_DateTime | From | datetime | | Meeting Information | | req
End_DateTime | To | datetime | | Meeting Information | | req
All_day | All day | boolean | | Meeting Information
Venue | Location | text | 255 | Meeting Information
Who_Id | Contact Name | lookup:Contacts | 120 | Meeting Information
What_Id | Related To | lookup:? | 120 | Meeting Information
Description | Description | textarea | 32000 | Description Information
";

const CALLS: &str = "
Subject | Subject | text | 255 | Call Information | | req
Call_Type | Call Type | picklist | 120 | Call Information | Inbound, Outbound, Missed | req
Call_Start_Time | Call Start Time | datetime | | Call Information | | req
Call_Duration | Call Duration | text | 16 | Call Information
Call_Duration_in_seconds | Call Duration (in seconds) | integer | 9 | Call Information | | ro
Call_Purpose | Call Purpose | picklist | 120 | Call Information | -None-, Prospecting, Administrative, Negotiation, Demo, Project, Desk
Call_Result | Call Result | picklist | 120 | Call Information | -None-, Interested, Not interested, No response/Busy, Requested more info, Requested call back, Invalid number
Call_Agenda | Call Agenda | text | 255 | Call Information
Who_Id | Contact Name | lookup:Contacts | 120 | Call Information
What_Id | Related To | lookup:? | 120 | Call Information
Description | Description | textarea | 32000 | Description Information
";

/// <https://github.com/zoho/crm-oas> (notes): title 120, content 65,535 characters.
// Unverified: whether a note needs content; the vendor's document only says that it may be null in an answer.
const NOTES: &str = "
Note_Title | Note Title | text | 120 | Note Information
Note_Content | Note Content | textarea | 65535 | Note Information | | req
Parent_Id | Parent ID | lookup:? | 120 | Note Information | | req
";

fn table(name: &str, label: &str, lines: &str) -> Table {
    let mut all = system(&format!("{label} Information"));
    all.push(made("Last_Activity_Time", "Last Activity Time", "datetime", Origin::ChangedAt));
    all.extend(fields(lines));
    Table::new(name, label, all)
}

pub(super) fn tables() -> [Table; 4] {
    [
        table("Tasks", "Task", TASKS),
        table("Events", "Meeting", EVENTS),
        table("Calls", "Call", CALLS),
        table("Notes", "Note", NOTES),
    ]
}
