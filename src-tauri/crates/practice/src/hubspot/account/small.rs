//! Objects with few fields: leads, notes, tasks.

use super::table::{fields, grouped, system};
use crate::core::Table;

const LEADS: &str = "
hs_lead_name | Lead name | text | lead_information
hs_lead_type | Lead type | choice | lead_information | NEW_BUSINESS=New business, UPSELL=Upsell, RE_ATTEMPTING=Re-attempting
hs_lead_label | Lead label | choice | lead_information | HOT=Hot, WARM=Warm, COLD=Cold
hs_pipeline | Lead pipeline | choice | lead_information | lead-pipeline-id=Lead pipeline
hs_pipeline_stage | Lead pipeline stage | choice | lead_information | new-stage-id=New, attempting-stage-id=Attempting, connected-stage-id=Connected, qualified-stage-id=Qualified, unqualified-stage-id=Disqualified
hubspot_owner_id | Lead owner | owner | lead_information
";

const NOTES: &str = "
hs_timestamp | Activity date | moment | engagement
hs_note_body | Note body | long | engagement
hs_attachment_ids | Attached file IDs | text | engagement
hubspot_owner_id | Activity assigned to | owner | engagement
";

const TASKS: &str = "
hs_timestamp | Due date | moment | engagement
hs_task_subject | Task Title | text | engagement
hs_task_body | Task Notes | long | engagement
hs_task_status | Task Status | choice | engagement | NOT_STARTED=Not started, IN_PROGRESS=In progress, WAITING=Waiting, COMPLETED=Completed, DEFERRED=Deferred
hs_task_priority | Priority | choice | engagement | NONE=None, LOW=Low, MEDIUM=Medium, HIGH=High
hs_task_type | Task Type | choice | engagement | EMAIL=Email, CALL=Call, TODO=To-do
hs_task_reminders | Reminders | text | engagement
hubspot_owner_id | Assigned to | owner | engagement
";

/// <https://developers.hubspot.com/docs/api-reference/latest/crm/objects/notes/guide>: 65,536 characters.
const LONGEST_NOTE: u32 = 65_536;

fn table(object: &str, label: &str, group: &str, lines: &str, required: &str) -> Table {
    let mut all = grouped(group, system("hs_createdate", "hs_lastmodifieddate"));
    all.extend(fields(lines));
    for field in &mut all {
        if &*field.name == "hs_note_body" {
            field.max_length = Some(LONGEST_NOTE);
        }
    }
    let mut table = Table::new(object, label, all);
    table.one_of = vec![vec![required.to_owned()]];
    table
}

pub(super) fn leads() -> Table {
    let mut table = table("leads", "Lead", "lead_information", LEADS, "hs_lead_name");
    table.needs_link_to = Some("contacts".to_owned());
    table
}

pub(super) fn notes() -> Table {
    table("notes", "Note", "engagement", NOTES, "hs_timestamp")
}

pub(super) fn tasks() -> Table {
    table("tasks", "Task", "engagement", TASKS, "hs_timestamp")
}
