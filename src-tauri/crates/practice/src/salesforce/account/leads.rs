//! Fields of leads. Standard ones as a real org describes them, then the marina's own.

use super::table::{computed, full_name, tracked};
use crate::core::Table;

const FIELDS: &str = "
MasterRecordId | Master Record ID | reference | 18 | ro >Lead=MasterRecord
LastName | Last Name | string | 80 | req in:Name
FirstName | First Name | string | 40 | in:Name
Salutation | Salutation | picklist | 40 | in:Name | Mr., Ms., Mrs., Dr., Prof., Mx.
Title | Title | string | 128
Company | Company | string | 255 | req
Street | Street | textarea | 255 | in:Address
City | City | string | 40 | in:Address
State | State/Province | string | 80 | in:Address
PostalCode | Zip/Postal Code | string | 20 | in:Address
Country | Country | string | 80 | in:Address
Latitude | Latitude | double | 18.15 | in:Address
Longitude | Longitude | double | 18.15 | in:Address
GeocodeAccuracy | Geocode Accuracy | picklist | 40 | restricted in:Address | Address, NearAddress, Block, Street, ExtendedZip, Zip, Neighborhood, City, County, State, Unknown
Address | Address | address | | ro
Phone | Phone | phone | 40
MobilePhone | Mobile Phone | phone | 40
Fax | Fax | phone | 40
Email | Email | email | 80 | lookup
Website | Website | url | 255
PhotoUrl | Photo URL | url | 255 | ro
Description | Description | textarea | 32000
LeadSource | Lead Source | picklist | 255 | | Web, Phone Inquiry, Partner Referral, Purchased List, Boat Show, Other
Status | Status | picklist | 255 | default | *Open - Not Contacted, Working - Contacted, Closed - Converted, Closed - Not Converted
Industry | Industry | picklist | 255 | | Agriculture, Banking, Construction, Consulting, Education, Hospitality, Manufacturing, Recreation, Shipping, Technology, Transportation, Other
Rating | Rating | picklist | 255 | | Hot, Warm, Cold
AnnualRevenue | Annual Revenue | currency | 18.0
NumberOfEmployees | Employees | int | 8
OwnerId | Owner ID | reference | 18 | default >User,Group=Owner
HasOptedOutOfEmail | Email Opt Out | boolean
HasOptedOutOfFax | Fax Opt Out | boolean
DoNotCall | Do Not Call | boolean
IsConverted | Converted | boolean | | createonly
ConvertedDate | Converted Date | date | | ro
ConvertedAccountId | Converted Account ID | reference | 18 | ro >Account=ConvertedAccount
ConvertedContactId | Converted Contact ID | reference | 18 | ro >Contact=ConvertedContact
ConvertedOpportunityId | Converted Opportunity ID | reference | 18 | ro >Opportunity=ConvertedOpportunity
IsUnreadByOwner | Unread By Owner | boolean
LastActivityDate | Last Activity | date | | ro
LastViewedDate | Last Viewed Date | datetime | | ro
LastReferencedDate | Last Referenced Date | datetime | | ro
Jigsaw | Data.com Key | string | 20
JigsawContactId | Jigsaw Contact ID | string | 20 | ro
CleanStatus | Clean Status | picklist | 40 | restricted | Matched, Different, Acknowledged, NotFound, Inactive, Pending, SelectMatch, Skipped
CompanyDunsNumber | Company D-U-N-S Number | string | 9
EmailBouncedReason | Email Bounced Reason | string | 255 | updateonly
EmailBouncedDate | Email Bounced Date | datetime | | updateonly
IndividualId | Individual ID | reference | 18 | >Individual=Individual
Boat_Name__c | Boat Name | string | 80 | custom
Boat_Length__c | Boat Length (m) | double | 5.2 | custom
Berth_Type__c | Berth Type | picklist | 255 | custom restricted | Pontoon, Swinging mooring, Dry stack, Visitor
Interests__c | Interests | multipicklist | 4099 | custom restricted | Racing, Cruising, Fishing, Charter
Move_In__c | Move-in Date | date | | custom
First_Visit__c | First Visit | datetime | | custom
Budget__c | Budget | currency | 16.2 | custom
Newsletter__c | Newsletter | boolean | | custom
Enquiry__c | Enquiry | textarea | 5000 | custom
Member_Number__c | Member Number | string | 20 | custom ext
";

pub(super) fn table() -> Table {
    let mut table = tracked("Lead", "Lead", FIELDS);
    table.put_field(computed("Name", "Full Name", "string||default", 121, full_name));
    table
}
