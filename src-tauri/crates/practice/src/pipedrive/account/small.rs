//! Activities, notes, and the lists that are no records: activity types and lead labels.

use serde_json::{Value, json};

use super::table::table;
use crate::core::Table;

const ACTIVITIES: &str = "
subject | Subject | varchar | |
type | Type | enum | |
owner_id | Assigned to user | user | |
creator_user_id | Creator | user | | ro
deal_id | Deal | deal | | to:deals
lead_id | Lead | lead | | to:leads
person_id | Contact person | people | | ro to:persons
participants | Participants | people | | to:persons
org_id | Organization | org | | to:organizations
project_id | Project | project | |
due_date | Due date | date | |
due_time | Due time | time | |
duration | Duration | time | |
busy | Busy | boolean | |
done | Done | boolean | |
marked_as_done_time | Marked as done time | date | | ro
location | Location | address | |
public_description | Public description | text | |
priority | Priority | enum | 263=Low, 264=Medium, 265=High |
note | Note | text | |
is_deleted | Deleted | boolean | | ro
attendees | Attendees | json | | optional
";

const NOTES: &str = "
content | Content | text | | required
user_id | User | user | |
person_id | Person | people | | to:persons
org_id | Organization | org | | to:organizations
deal_id | Deal | deal | | to:deals
lead_id | Lead | lead | | to:leads
project_id | Project | project | |
task_id | Task | int | |
pinned_to_person_flag | Pinned to person | boolean | |
pinned_to_organization_flag | Pinned to organization | boolean | |
pinned_to_deal_flag | Pinned to deal | boolean | |
pinned_to_lead_flag | Pinned to lead | boolean | |
pinned_to_project_flag | Pinned to project | boolean | |
pinned_to_task_flag | Pinned to task | boolean | |
";

pub(super) fn activities() -> Table {
    table("activities", "Activity", ACTIVITIES)
}

pub(super) fn notes() -> Table {
    table("notes", "Note", NOTES)
}

/// Activity types as the API shows them.
pub(super) fn activity_types() -> Vec<Value> {
    let words = ["call", "meeting", "task", "deadline", "email", "lunch"];
    let shown = |(place, word): (usize, &str)| {
        let name = word[..1].to_uppercase() + &word[1..];
        json!({
            "id": place + 1, "order_nr": place + 1, "name": name, "key_string": word, "icon_key": word,
            "active_flag": true, "color": null, "is_custom_flag": false, "add_time": "2026-01-05 09:00:00",
            "update_time": "2026-01-05 09:00:00",
        })
    };
    words.into_iter().enumerate().map(shown).collect()
}

/// Lead labels as the API shows them.
pub(super) fn lead_labels() -> Vec<Value> {
    let labels = [("Hot", "red"), ("Warm", "yellow"), ("Cold", "blue")];
    let shown = |(place, (name, color)): (usize, (&str, &str))| {
        json!({
            "id": format!("f08b42a{place}-4e75-11ea-9643-03698ef1cfd6"), "name": name, "color": color,
            "add_time": "2026-01-05T09:00:00.000Z", "update_time": "2026-01-05T09:00:00.000Z",
        })
    };
    labels.into_iter().enumerate().map(shown).collect()
}
