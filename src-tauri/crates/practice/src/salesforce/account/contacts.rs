//! Fields of contacts.

use super::table::{computed, full_name, tracked};
use crate::core::Table;

const FIELDS: &str = "
MasterRecordId | Master Record ID | reference | 18 | ro >Contact=MasterRecord
AccountId | Account ID | reference | 18 | >Account=Account
LastName | Last Name | string | 80 | req in:Name
FirstName | First Name | string | 40 | in:Name
Salutation | Salutation | picklist | 40 | in:Name | Mr., Ms., Mrs., Dr., Prof., Mx.
OtherStreet | Other Street | textarea | 255 | in:OtherAddress
OtherCity | Other City | string | 40 | in:OtherAddress
OtherState | Other State/Province | string | 80 | in:OtherAddress
OtherPostalCode | Other Zip/Postal Code | string | 20 | in:OtherAddress
OtherCountry | Other Country | string | 80 | in:OtherAddress
MailingStreet | Mailing Street | textarea | 255 | in:MailingAddress
MailingCity | Mailing City | string | 40 | in:MailingAddress
MailingState | Mailing State/Province | string | 80 | in:MailingAddress
MailingPostalCode | Mailing Zip/Postal Code | string | 20 | in:MailingAddress
MailingCountry | Mailing Country | string | 80 | in:MailingAddress
MailingLatitude | Mailing Latitude | double | 18.15 | in:MailingAddress
MailingLongitude | Mailing Longitude | double | 18.15 | in:MailingAddress
MailingAddress | Mailing Address | address | | ro
Phone | Business Phone | phone | 40
Fax | Business Fax | phone | 40
MobilePhone | Mobile Phone | phone | 40
HomePhone | Home Phone | phone | 40
OtherPhone | Other Phone | phone | 40
AssistantPhone | Asst. Phone | phone | 40
ReportsToId | Reports To ID | reference | 18 | >Contact=ReportsTo
Email | Email | email | 80 | lookup
Title | Title | string | 128
Department | Department | string | 80
AssistantName | Assistant's Name | string | 40
LeadSource | Lead Source | picklist | 255 | | Web, Phone Inquiry, Partner Referral, Purchased List, Boat Show, Other
Birthdate | Birthdate | date
Description | Contact Description | textarea | 32000
OwnerId | Owner ID | reference | 18 | default >User=Owner
HasOptedOutOfEmail | Email Opt Out | boolean
HasOptedOutOfFax | Fax Opt Out | boolean
DoNotCall | Do Not Call | boolean
LastActivityDate | Last Activity | date | | ro
EmailBouncedReason | Email Bounced Reason | string | 255
EmailBouncedDate | Email Bounced Date | datetime
IsEmailBounced | Is Email Bounced | boolean | | ro
Jigsaw | Data.com Key | string | 20
CleanStatus | Clean Status | picklist | 40 | restricted | Matched, Different, Acknowledged, NotFound, Inactive, Pending, SelectMatch, Skipped
IndividualId | Individual ID | reference | 18 | >Individual=Individual
Boat_Name__c | Boat Name | string | 80 | custom
Berth_Type__c | Berth Type | picklist | 255 | custom restricted | Pontoon, Swinging mooring, Dry stack, Visitor
";

pub(super) fn table() -> Table {
    let mut table = tracked("Contact", "Contact", FIELDS);
    table.put_field(computed("Name", "Full Name", "string||default", 121, full_name));
    table
}
