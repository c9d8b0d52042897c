//! Fields of opportunities, the stages they move through, and the people who take part in them.

use super::table::tracked;
use crate::core::{Pipeline, Stage, Table};

const FIELDS: &str = "
AccountId | Account ID | reference | 18 | >Account=Account
IsPrivate | Private | boolean
Name | Name | string | 120 | req
Description | Description | textarea | 32000
StageName | Stage | picklist | 255 | req | Prospecting, Qualification, Needs Analysis, Proposal/Price Quote, Negotiation/Review, Closed Won, Closed Lost
Amount | Amount | currency | 18.2
Probability | Probability (%) | percent | 3.0 | default
ExpectedRevenue | Expected Amount | currency | 18.2 | ro
TotalOpportunityQuantity | Quantity | double | 18.2
CloseDate | Close Date | date | | req
Type | Opportunity Type | picklist | 255 | | New Business, Existing Business
NextStep | Next Step | string | 255
LeadSource | Lead Source | picklist | 255 | | Web, Phone Inquiry, Partner Referral, Purchased List, Boat Show, Other
IsClosed | Closed | boolean | | ro
IsWon | Won | boolean | | ro
ForecastCategory | Forecast Category | picklist | 40 | ro | Omitted, Pipeline, BestCase, Forecast, Closed
ForecastCategoryName | Forecast Category | picklist | 255 | restricted | Omitted, Pipeline, Best Case, Commit, Closed
CampaignId | Campaign ID | reference | 18
Pricebook2Id | Price Book ID | reference | 18
OwnerId | Owner ID | reference | 18 | default >User=Owner
ContactId | Contact ID | reference | 18 | createonly >Contact
LastActivityDate | Last Activity | date | | ro
Berth_Type__c | Berth Type | picklist | 255 | custom restricted | Pontoon, Swinging mooring, Dry stack, Visitor
Season__c | Season | picklist | 255 | custom restricted | Summer, Winter, Whole year
";

const ROLE: &str = "
OpportunityId | Opportunity ID | reference | 18 | req createonly >Opportunity=Opportunity
ContactId | Contact ID | reference | 18 | req >Contact=Contact
Role | Role | picklist | 40 | | Business User, Decision Maker, Economic Buyer, Influencer, Other
IsPrimary | Primary | boolean
";

pub(super) fn table() -> Table {
    tracked("Opportunity", "Opportunity", FIELDS)
}

pub(super) fn roles() -> Table {
    tracked("OpportunityContactRole", "Opportunity Contact Role", ROLE)
}

/// The stages, as one pipeline: Salesforce's sales process.
pub(super) fn pipeline() -> Pipeline {
    let stage = |(name, probability, closed): (&str, &str, bool)| Stage {
        id: name.to_owned(),
        label: name.to_owned(),
        probability: probability.to_owned(),
        closed,
    };
    let stages = [
        ("Prospecting", "0.1", false),
        ("Qualification", "0.2", false),
        ("Needs Analysis", "0.35", false),
        ("Proposal/Price Quote", "0.75", false),
        ("Negotiation/Review", "0.9", false),
        ("Closed Won", "1", true),
        ("Closed Lost", "0", true),
    ];
    Pipeline {
        id: "default".to_owned(),
        label: "Sales process".to_owned(),
        stages: stages.into_iter().map(stage).collect(),
    }
}
