//! Fields of deals and leads, and the pipelines. Leads have no fields of their own making: they inherit those of deals.

use leadferry_model::FieldKind;

use super::table::table;
use crate::core::{Field, Origin, Pipeline, Record, Stage, Table};

const DEALS: &str = "
title | Title | varchar | | required
value | Value | monetary | |
currency | Currency | varchar | |
owner_id | Owner | user | |
creator_user_id | Creator | user | | ro
person_id | Contact person | people | | to:persons
org_id | Organization | org | | to:organizations
pipeline_id | Pipeline | int | |
stage_id | Stage | stage | |
status | Status | status | open=Open, won=Won, lost=Lost, deleted=Deleted |
lost_reason | Lost reason | varchar | |
probability | Probability | int | |
expected_close_date | Expected close date | date | |
label_ids | Label | set | 11=Urgent, 12=Repeat customer |
visible_to | Visible to | visible_to | 1=Item owner, 3=All users |
stage_change_time | Last stage change | date | | ro
won_time | Won time | date | |
lost_time | Lost time | date | |
close_time | Deal closed on | date | |
archive_time | Archive time | date | |
is_archived | Archived | boolean | |
is_deleted | Deleted | boolean | | ro
origin | Source origin | varchar | | ro
origin_id | Source origin ID | varchar | | ro
channel | Source channel | enum | 52=Web form, 53=Trade fair | ro
channel_id | Source channel ID | varchar | | ro
source_lead_id | Source lead | lead | | optional to:leads
next_activity_id | Next activity | activity | | optional
last_activity_id | Last activity | activity | | optional
activities_count | Total activities | int | | optional
done_activities_count | Done activities | int | | optional
undone_activities_count | Activities to do | int | | optional
notes_count | Notes | int | | optional
7c3d0c5d7e9b2468ace013579bdf02468ace3301 | Plant size, kWp | double | | custom
7c3d0c5d7e9b2468ace013579bdf02468ace3302 | Financing | enum | 91=Own money, 92=Loan, 93=Lease | custom
7c3d0c5d7e9b2468ace013579bdf02468ace3303 | Parts | set | 95=Panels, 96=Battery, 97=Wallbox | custom
7c3d0c5d7e9b2468ace013579bdf02468ace3304 | Grant | monetary | | custom
7c3d0c5d7e9b2468ace013579bdf02468ace3305 | Tender number | varchar | | custom
7c3d0c5d7e9b2468ace013579bdf02468ace3306 | Building weeks | daterange | | custom
";

const LEADS: &str = "
title | Title | varchar | | required
value | Value | monetary | |
owner_id | Owner | user | |
creator_id | Creator | user | | ro
person_id | Contact person | people | | to:persons
organization_id | Organization | org | | to:organizations
label_ids | Label | set | |
expected_close_date | Expected close date | date | |
visible_to | Visible to | visible_to | 1=Item owner, 3=All users |
was_seen | Seen | boolean | |
is_archived | Archived | boolean | |
archive_time | Archive time | date | | ro
source_name | Source | varchar | | ro
origin | Source origin | varchar | | ro
origin_id | Source origin ID | varchar | |
channel | Source channel | enum | 52=Web form, 53=Trade fair |
channel_id | Source channel ID | varchar | |
source_deal_id | Source deal | deal | | ro
next_activity_id | Next activity | activity | | ro
";

pub(super) fn deals() -> Table {
    table("deals", "Deal", DEALS)
}

pub(super) fn leads() -> Table {
    let mut table = table("leads", "Lead", LEADS);
    let number = Field::new("lead_number", "Number", FieldKind::Number);
    table.put_field(Field { origin: Origin::Number, read_only: true, hidden: true, ..number });
    // Leads are named by UUIDs. A real account's are stored, ours are made from the number.
    table.put_field(Field { unique: true, read_only: true, ..Field::new("id", "ID", FieldKind::Text) });
    table
}

/// The UUID of a lead.
pub(in super::super) fn lead_id(lead: &Record) -> String {
    let made = || format!("{:08x}-7a11-11f1-9000-{:012x}", lead.number & 0xffff_ffff, lead.number);
    lead.stored("id").map_or_else(made, str::to_owned)
}

/// The number a UUID of ours was made from.
pub(in super::super) fn lead_number(id: &str) -> Option<u64> {
    let (head, tail) = id.split_once("-7a11-11f1-9000-")?;
    let number = u64::from_str_radix(tail, 16).ok()?;
    (format!("{:08x}", number & 0xffff_ffff) == head && tail.len() == 12).then_some(number)
}

pub(super) fn pipelines() -> Vec<Pipeline> {
    let stage = |(id, label, probability): (&str, &str, &str)| Stage {
        id: id.to_owned(),
        label: label.to_owned(),
        probability: probability.to_owned(),
        // Won and lost are statuses of the deal here, not stages.
        closed: false,
    };
    let pipeline = |id: &str, label: &str, stages: &[(&str, &str, &str)]| Pipeline {
        id: id.to_owned(),
        label: label.to_owned(),
        stages: stages.iter().copied().map(stage).collect(),
    };
    vec![
        pipeline(
            "1",
            "New plants",
            &[
                ("1", "Qualified", "0.1"),
                ("2", "Contact made", "0.2"),
                ("3", "Survey done", "0.4"),
                ("4", "Offer sent", "0.6"),
                ("5", "In negotiation", "0.8"),
            ],
        ),
        pipeline("2", "Service", &[("6", "Asked", "0.5"), ("7", "Visit planned", "0.9")]),
    ]
}
