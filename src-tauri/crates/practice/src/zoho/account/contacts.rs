//! Fields of contacts and accounts.

use super::table::{fields, full_name, made, system};
use crate::core::{Origin, Table};

const CONTACTS: &str = "
First_Name | First Name | text | 40 | Contact Information
Last_Name | Last Name | text | 80 | Contact Information | | req
Salutation | Salutation | picklist | 120 | Contact Information | -None-, Mr., Mrs., Ms., Dr., Prof.
Account_Name | Account Name | lookup:Accounts | 120 | Contact Information
Title | Title | text | 100 | Contact Information
Department | Department | text | 50 | Contact Information
Email | Email | email | 100 | Contact Information | | key
Secondary_Email | Secondary Email | email | 100 | Contact Information
Phone | Phone | phone | 50 | Contact Information
Mobile | Mobile | phone | 30 | Contact Information
Home_Phone | Home Phone | phone | 30 | Contact Information
Other_Phone | Other Phone | phone | 30 | Contact Information
Fax | Fax | phone | 30 | Contact Information
Assistant | Assistant | text | 50 | Contact Information
Asst_Phone | Asst Phone | phone | 30 | Contact Information
Date_of_Birth | Date of Birth | date | | Contact Information
Lead_Source | Lead Source | picklist | 120 | Contact Information | -None-, Advertisement, Cold Call, Employee Referral, External Referral, Online Store, Partner, Public Relations, Trade Show, Web Research, Web Download, Chat
Reporting_To | Reporting To | lookup:Contacts | 120 | Contact Information
Skype_ID | Skype ID | text | 50 | Contact Information
Twitter | Twitter | text | 50 | Contact Information
Email_Opt_Out | Email Opt Out | boolean | | Contact Information
Unsubscribed_Mode | Unsubscribed Mode | picklist | 120 | Contact Information | Consent form, Manual, Unsubscribe link, Zoho campaigns | ro
Unsubscribed_Time | Unsubscribed Time | datetime | | Contact Information | | ro
Mailing_Street | Mailing Street | text | 250 | Address Information
Mailing_City | Mailing City | text | 100 | Address Information
Mailing_State | Mailing State | text | 100 | Address Information
Mailing_Zip | Mailing Zip | text | 30 | Address Information
Mailing_Country | Mailing Country | text | 100 | Address Information
Other_Street | Other Street | text | 250 | Address Information
Other_City | Other City | text | 100 | Address Information
Other_State | Other State | text | 100 | Address Information
Other_Zip | Other Zip | text | 30 | Address Information
Other_Country | Other Country | text | 100 | Address Information
Description | Description | textarea | 32000 | Description Information
Garden_Kind | Kind of garden | picklist | 120 | Garden | -None-, Front garden, Back garden, Roof terrace, Courtyard, Public park | custom
Customer_Since | Customer since | date | | Garden | | custom
Customer_Number | Customer number | text | 20 | Garden | | custom unique
";

const ACCOUNTS: &str = "
Account_Name | Account Name | text | 200 | Account Information | | req key
Account_Number | Account Number | bigint | 40 | Account Information
Account_Site | Account Site | text | 80 | Account Information
Account_Type | Account Type | picklist | 120 | Account Information | -None-, Analyst, Competitor, Customer, Distributor, Investor, Partner, Prospect, Supplier, Vendor, Other
Parent_Account | Parent Account | lookup:Accounts | 120 | Account Information
Phone | Phone | phone | 30 | Account Information
Fax | Fax | phone | 30 | Account Information
Website | Website | website | 255 | Account Information
Industry | Industry | picklist | 120 | Account Information | -None-, Agriculture, Construction, Education, Hospitality, Real Estate, Retail, Service Provider, Other
Ownership | Ownership | picklist | 120 | Account Information | -None-, Private, Public, Partnership, Public Company, Other
Employees | Employees | integer | 9 | Account Information
Annual_Revenue | Annual Revenue | currency | 16 | Account Information
Rating | Rating | picklist | 120 | Account Information | -None-, Acquired, Active, Market Failed, Project Cancelled, Shut Down
SIC_Code | SIC Code | integer | 9 | Account Information
Ticker_Symbol | Ticker Symbol | text | 30 | Account Information
Billing_Street | Billing Street | text | 250 | Address Information
Billing_City | Billing City | text | 100 | Address Information
Billing_State | Billing State | text | 100 | Address Information
Billing_Code | Billing Code | text | 30 | Address Information
Billing_Country | Billing Country | text | 100 | Address Information
Shipping_Street | Shipping Street | text | 250 | Address Information
Shipping_City | Shipping City | text | 100 | Address Information
Shipping_State | Shipping State | text | 100 | Address Information
Shipping_Code | Shipping Code | text | 30 | Address Information
Shipping_Country | Shipping Country | text | 100 | Address Information
Description | Description | textarea | 32000 | Description Information
Trade_Account | Trade account | boolean | | Garden | | custom
";

pub(super) fn contacts() -> Table {
    let mut all = system("Contact Information");
    all.push(made("Full_Name", "Full Name", "text", Origin::Computed(full_name)));
    all.push(made("Last_Activity_Time", "Last Activity Time", "datetime", Origin::ChangedAt));
    all.extend(fields(CONTACTS));
    Table::new("Contacts", "Contact", all)
}

pub(super) fn accounts() -> Table {
    let mut all = system("Account Information");
    all.push(made("Last_Activity_Time", "Last Activity Time", "datetime", Origin::ChangedAt));
    all.extend(fields(ACCOUNTS));
    Table::new("Accounts", "Account", all)
}
