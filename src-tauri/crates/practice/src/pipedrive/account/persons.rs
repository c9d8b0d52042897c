//! Fields of people and of organizations.

use super::table::table;
use crate::core::{Field, Table};

const PERSONS: &str = "
name | Name | varchar | | required
email | Email | varchar | |
phone | Phone | phone | |
owner_id | Owner | user | |
org_id | Organization | org | | to:organizations
label_ids | Label | set | 1=Customer, 2=Hot lead, 3=Warm lead, 4=Cold lead |
visible_to | Visible to | visible_to | 1=Item owner, 3=All users |
picture_id | Profile picture | picture | | ro
is_deleted | Deleted | boolean | | ro
next_activity_id | Next activity | activity | | optional
last_activity_id | Last activity | activity | | optional
open_deals_count | Open deals | int | | optional
closed_deals_count | Closed deals | int | | optional
won_deals_count | Won deals | int | | optional
lost_deals_count | Lost deals | int | | optional
activities_count | Total activities | int | | optional
done_activities_count | Done activities | int | | optional
undone_activities_count | Activities to do | int | | optional
notes_count | Notes | int | | optional
last_incoming_mail_time | Last email received | date | | optional
last_outgoing_mail_time | Last email sent | date | | optional
3f1a0c5d7e9b2468ace013579bdf02468ace1301 | Roof | varchar | | custom
3f1a0c5d7e9b2468ace013579bdf02468ace1302 | Wishes | text | | custom
3f1a0c5d7e9b2468ace013579bdf02468ace1303 | Installer's note | varchar_auto | | custom
3f1a0c5d7e9b2468ace013579bdf02468ace1304 | Roof area, m2 | double | | custom
3f1a0c5d7e9b2468ace013579bdf02468ace1305 | Second phone | phone | | custom
3f1a0c5d7e9b2468ace013579bdf02468ace1306 | Heard of us | enum | 31=Web, 32=Phone, 33=Fair, 34=Neighbour | custom
3f1a0c5d7e9b2468ace013579bdf02468ace1307 | Interested in | set | 41=Panels, 42=Battery, 43=Heat pump, 44=Wallbox | custom
3f1a0c5d7e9b2468ace013579bdf02468ace1308 | Survey day | date | | custom
3f1a0c5d7e9b2468ace013579bdf02468ace1309 | Scaffold booked | daterange | | custom
3f1a0c5d7e9b2468ace013579bdf02468ace1310 | Best time to call | time | | custom
3f1a0c5d7e9b2468ace013579bdf02468ace1311 | Survey window | timerange | | custom
3f1a0c5d7e9b2468ace013579bdf02468ace1312 | Budget | monetary | | custom
3f1a0c5d7e9b2468ace013579bdf02468ace1313 | Site | address | | custom
3f1a0c5d7e9b2468ace013579bdf02468ace1314 | Grid operator | org | | custom to:organizations
3f1a0c5d7e9b2468ace013579bdf02468ace1315 | Recommended by | people | | custom to:persons
3f1a0c5d7e9b2468ace013579bdf02468ace1316 | Surveyor | user | | custom
";

const ORGANIZATIONS: &str = "
name | Name | varchar | | required
owner_id | Owner | user | |
label_ids | Label | set | 5=Customer, 6=Supplier |
visible_to | Visible to | visible_to | 1=Item owner, 3=All users |
address | Address | address | |
website | Website | varchar | |
linkedin | LinkedIn profile | varchar | |
industry | Industry | enum | 71=Construction, 72=Energy, 73=Farming |
annual_revenue | Annual revenue | int | |
employee_count | Number of employees | int | |
is_deleted | Deleted | boolean | | ro
people_count | People | int | | optional
open_deals_count | Open deals | int | | optional
closed_deals_count | Closed deals | int | | optional
won_deals_count | Won deals | int | | optional
lost_deals_count | Lost deals | int | | optional
activities_count | Total activities | int | | optional
done_activities_count | Done activities | int | | optional
undone_activities_count | Activities to do | int | | optional
notes_count | Notes | int | | optional
next_activity_id | Next activity | activity | | optional
last_activity_id | Last activity | activity | | optional
5b2e0c5d7e9b2468ace013579bdf02468ace2301 | Customer number | varchar | | custom
5b2e0c5d7e9b2468ace013579bdf02468ace2302 | Trade | enum | 81=Roofing, 82=Electrics | custom
";

pub(super) fn persons() -> Table {
    let mut table = table("persons", "Person", PERSONS);
    for (name, label, part) in [
        ("first_name", "First name", first_name as fn(&crate::core::Record) -> Option<String>),
        ("last_name", "Last name", last_name),
    ] {
        let origin = crate::core::Origin::Computed(part);
        let field = Field::new(name, label, leadferry_model::FieldKind::Text);
        table.put_field(Field { origin, read_only: true, form: "varchar".to_owned(), ..field });
    }
    table
}

/// What stands before the last space of a name: the vendor splits names by itself and takes no parts.
fn first_name(record: &crate::core::Record) -> Option<String> {
    let name = record.stored("name")?.trim();
    Some(name.rsplit_once(' ').map_or(name, |(first, _)| first).trim().to_owned())
}

fn last_name(record: &crate::core::Record) -> Option<String> {
    record.stored("name")?.trim().rsplit_once(' ').map(|(_, last)| last.to_owned())
}

pub(super) fn organizations() -> Table {
    table("organizations", "Organization", ORGANIZATIONS)
}
