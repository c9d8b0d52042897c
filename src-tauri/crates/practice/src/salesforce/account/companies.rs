//! Fields of accounts: the companies.

use super::table::tracked;
use crate::core::Table;

const FIELDS: &str = "
MasterRecordId | Master Record ID | reference | 18 | ro >Account=MasterRecord
Name | Account Name | string | 255 | req
Type | Account Type | picklist | 255 | | Prospect, Customer - Direct, Customer - Channel, Channel Partner / Reseller, Other
ParentId | Parent Account ID | reference | 18 | >Account=Parent
BillingStreet | Billing Street | textarea | 255 | in:BillingAddress
BillingCity | Billing City | string | 40 | in:BillingAddress
BillingState | Billing State/Province | string | 80 | in:BillingAddress
BillingPostalCode | Billing Zip/Postal Code | string | 20 | in:BillingAddress
BillingCountry | Billing Country | string | 80 | in:BillingAddress
BillingAddress | Billing Address | address | | ro
ShippingStreet | Shipping Street | textarea | 255 | in:ShippingAddress
ShippingCity | Shipping City | string | 40 | in:ShippingAddress
ShippingState | Shipping State/Province | string | 80 | in:ShippingAddress
ShippingPostalCode | Shipping Zip/Postal Code | string | 20 | in:ShippingAddress
ShippingCountry | Shipping Country | string | 80 | in:ShippingAddress
Phone | Account Phone | phone | 40
Fax | Account Fax | phone | 40
AccountNumber | Account Number | string | 40
Website | Website | url | 255
Sic | SIC Code | string | 20
Industry | Industry | picklist | 255 | | Agriculture, Banking, Construction, Consulting, Education, Hospitality, Manufacturing, Recreation, Shipping, Technology, Transportation, Other
AnnualRevenue | Annual Revenue | currency | 18.0
NumberOfEmployees | Employees | int | 8
Ownership | Ownership | picklist | 255 | | Public, Private, Subsidiary, Other
TickerSymbol | Ticker Symbol | string | 20
Description | Account Description | textarea | 32000
Rating | Account Rating | picklist | 255 | | Hot, Warm, Cold
Site | Account Site | string | 80
OwnerId | Owner ID | reference | 18 | default >User=Owner
AccountSource | Account Source | picklist | 255 | | Web, Phone Inquiry, Partner Referral, Purchased List, Boat Show, Other
LastActivityDate | Last Activity | date | | ro
Jigsaw | Data.com Key | string | 20
CleanStatus | Clean Status | picklist | 40 | restricted | Matched, Different, Acknowledged, NotFound, Inactive, Pending, SelectMatch, Skipped
DunsNumber | D-U-N-S Number | string | 9
NaicsCode | NAICS Code | string | 8
YearStarted | Year Started | string | 4
Trade_Account__c | Trade Account | boolean | | custom
";

pub(super) fn table() -> Table {
    tracked("Account", "Account", FIELDS)
}
