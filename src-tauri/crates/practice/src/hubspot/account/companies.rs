//! Fields of companies.

use super::table::{fields, grouped, system};
use crate::core::Table;

const FIELDS: &str = "
name | Company name | text | companyinformation
domain | Company Domain Name | text | companyinformation
website | Website URL | url | companyinformation
phone | Phone Number | phone | companyinformation
address | Street Address | text | companyinformation
address2 | Street Address 2 | text | companyinformation
city | City | text | companyinformation
state | State/Region | text | companyinformation
zip | Postal Code | text | companyinformation
country | Country/Region | text | companyinformation
industry | Industry | choice | companyinformation | LEISURE_TRAVEL_TOURISM=Leisure and Tourism, MARITIME=Maritime, SHIPBUILDING=Shipbuilding, RETAIL=Retail, REAL_ESTATE=Real Estate, CONSTRUCTION=Construction, OTHER=Other
type | Type | choice | companyinformation | PROSPECT=Prospect, PARTNER=Partner, RESELLER=Reseller, VENDOR=Vendor, OTHER=Other
numberofemployees | Number of Employees | number | companyinformation
annualrevenue | Annual Revenue | money | companyinformation
description | Description | long | companyinformation
founded_year | Year Founded | text | companyinformation
timezone | Time Zone | text | companyinformation
linkedin_company_page | LinkedIn Company Page | url | socialmediainformation
hubspot_owner_id | Company owner | owner | companyinformation
lifecyclestage | Lifecycle Stage | choice | companyinformation | subscriber=Subscriber, lead=Lead, marketingqualifiedlead=Marketing Qualified Lead, salesqualifiedlead=Sales Qualified Lead, opportunity=Opportunity, customer=Customer, evangelist=Evangelist, other=Other | radio forward
hs_lead_status | Lead Status | choice | companyinformation | NEW=New, OPEN=Open, IN_PROGRESS=In Progress, CONNECTED=Connected, UNQUALIFIED=Unqualified | radio
num_associated_contacts | Number of Associated Contacts | number | companyinformation | | ro
num_associated_deals | Number of Associated Deals | number | companyinformation | | ro
hs_parent_company_id | Parent Company | number | companyinformation | | ro
notes_last_contacted | Last Contacted | moment | companyinformation | | ro
trade_account | Trade account | bool | marina | | custom
trade_discount | Trade discount (%) | number | marina | | custom
supplier_since | Supplier since | date | marina | | custom
supplies | Supplies | many | marina | fuel=Fuel, paint=Paint, rope=Rope, engines=Engines, sails=Sails | custom
";

pub(super) fn table() -> Table {
    let mut all = grouped("companyinformation", system("createdate", "hs_lastmodifieddate"));
    all.extend(fields(FIELDS));
    let mut table = Table::new("companies", "Company", all);
    table.one_of = vec![["name", "domain"].map(str::to_owned).to_vec()];
    table
}
