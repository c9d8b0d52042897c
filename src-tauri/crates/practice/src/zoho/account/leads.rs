//! Fields of leads.

use super::table::{fields, full_name, made, system};
use crate::core::{Origin, Record, Table};

const STANDARD: &str = "
Company | Company | text | 200 | Lead Information | | req
First_Name | First Name | text | 40 | Lead Information
Last_Name | Last Name | text | 80 | Lead Information | | req
Salutation | Salutation | picklist | 120 | Lead Information | -None-, Mr., Mrs., Ms., Dr., Prof.
Designation | Title | text | 100 | Lead Information
Email | Email | email | 100 | Lead Information | | key
Secondary_Email | Secondary Email | email | 100 | Lead Information
Phone | Phone | phone | 30 | Lead Information
Mobile | Mobile | phone | 30 | Lead Information
Fax | Fax | phone | 30 | Lead Information
Website | Website | website | 255 | Lead Information
Lead_Source | Lead Source | picklist | 120 | Lead Information | -None-, Advertisement, Cold Call, Employee Referral, External Referral, Online Store, Partner, Public Relations, Trade Show, Web Research, Web Download, Chat
Lead_Status | Lead Status | picklist | 120 | Lead Information | -None-, Attempted to Contact, Contact in Future, Contacted, Junk Lead, Lost Lead, Not Contacted, Pre-Qualified, Not Qualified
Industry | Industry | picklist | 120 | Lead Information | -None-, Agriculture, Construction, Education, Hospitality, Real Estate, Retail, Service Provider, Other
No_of_Employees | No. of Employees | integer | 16 | Lead Information
Annual_Revenue | Annual Revenue | currency | 16 | Lead Information
Rating | Rating | picklist | 120 | Lead Information | -None-, Acquired, Active, Market Failed, Project Cancelled, Shut Down
Skype_ID | Skype ID | text | 50 | Lead Information
Twitter | Twitter | text | 50 | Lead Information
Email_Opt_Out | Email Opt Out | boolean | | Lead Information
Unsubscribed_Mode | Unsubscribed Mode | picklist | 120 | Lead Information | Consent form, Manual, Unsubscribe link, Zoho campaigns | ro
Unsubscribed_Time | Unsubscribed Time | datetime | | Lead Information | | ro
Converted__s | Is Converted | boolean | | Lead Information | | ro
Converted_Date_Time | Converted Date Time | datetime | | Lead Information | | ro
Converted_Account | Converted Account | lookup:Accounts | 120 | Lead Information | | ro
Converted_Contact | Converted Contact | lookup:Contacts | 120 | Lead Information | | ro
Converted_Deal | Converted Deal | lookup:Deals | 120 | Lead Information | | ro
Street | Street | text | 250 | Address Information
City | City | text | 100 | Address Information
State | State | text | 100 | Address Information
Zip_Code | Zip Code | text | 30 | Address Information
Country | Country | text | 100 | Address Information
Latitude | Latitude | double | 16 | Address Information
Longitude | Longitude | double | 16 | Address Information
Description | Description | textarea | 32000 | Description Information
";

const CUSTOM: &str = "
Garden_Size | Garden size (m2) | integer | 9 | Garden | | custom
Garden_Kind | Kind of garden | picklist | 120 | Garden | -None-, Front garden, Back garden, Roof terrace, Courtyard, Public park | custom
Wishes | Wishes | multiselectpicklist | 765 | Garden | Pond, Patio, Lawn, Hedge, Beds, Lighting, Play area | custom
Budget | Budget | currency | 16 | Garden | | custom
Discount_Asked | Discount asked | percent | 5 | Garden | | custom
Slope | Slope | double | 9 | Garden | | custom
Visit_On | Visit on | date | | Garden | | custom
Enquired_At | Enquired at | datetime | | Garden | | custom
Wants_Newsletter | Wants newsletter | boolean | | Consent | | custom
Consent_Text | Consent text | textarea | 2000 | Consent | | custom
Landing_Page | Landing page | website | 255 | Campaign | | custom
Campaign_Name | Campaign name | text | 255 | Campaign | | custom
Lead_Score | Lead score | integer | 9 | Campaign | | custom
Old_Reference | Old reference | bigint | 18 | Campaign | | custom
Days_Waiting | Days waiting | formula | | Campaign | | custom ro
";

pub(super) fn table() -> Table {
    let mut all = system("Lead Information");
    all.push(made("Full_Name", "Full Name", "text", Origin::Computed(full_name)));
    all.push(made("Address", "Address", "text", Origin::Computed(address)));
    all.push(made("Coordinates", "Coordinates", "text", Origin::Computed(coordinates)));
    all.push(made("Last_Activity_Time", "Last Activity Time", "datetime", Origin::ChangedAt));
    all.extend(fields(STANDARD));
    all.extend(fields(CUSTOM));
    Table::new("Leads", "Lead", all)
}

/// The address on one label; recorded as an empty text when there is none.
#[expect(clippy::unnecessary_wraps, reason = "the shape every computed field has")]
fn address(record: &Record) -> Option<String> {
    let part = |name: &str| record.stored(name).unwrap_or_default();
    let place = [part("City"), part("State"), part("Zip_Code")];
    let place = place.into_iter().filter(|one| !one.is_empty()).collect::<Vec<_>>().join(", ");
    let lines = [part("Street"), place.as_str(), part("Country")];
    Some(lines.into_iter().filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n"))
}

#[expect(clippy::unnecessary_wraps, reason = "the shape every computed field has")]
fn coordinates(record: &Record) -> Option<String> {
    let both = record.stored("Latitude").zip(record.stored("Longitude"));
    Some(both.map_or_else(String::new, |(north, east)| format!("{north},{east}")))
}
