//! Fields of contacts.

use leadferry_model::FieldKind;

use super::table::{fields, grouped, made, system};
use crate::core::{Field, Origin, Record, Table};

const STANDARD: &str = "
email | Email | email | contactinformation | | unique
hs_additional_emails | Additional email addresses | text | contactinformation | | ro
work_email | Work email | email | contactinformation
firstname | First Name | text | contactinformation
lastname | Last Name | text | contactinformation
salutation | Salutation | text | contactinformation
phone | Phone Number | phone | contactinformation
mobilephone | Mobile Phone Number | phone | contactinformation
fax | Fax Number | phone | contactinformation
jobtitle | Job Title | text | contactinformation
job_function | Job function | text | contactinformation
seniority | Seniority | text | contactinformation
company | Company Name | text | contactinformation
company_size | Company size | text | contactinformation
industry | Industry | text | contactinformation
address | Street Address | text | contactinformation
city | City | text | contactinformation
state | State/Region | text | contactinformation
zip | Postal Code | text | contactinformation
country | Country/Region | text | contactinformation
hs_country_region_code | Country/Region Code | text | contactinformation
hs_state_code | State/Region Code | text | contactinformation
hs_role | Employment Role | text | contactinformation
hs_language | Preferred language | choice | contactinformation | en=English, de=German, fr=French, es=Spanish, nl=Dutch, pt=Portuguese
hs_timezone | Time Zone | choice | contactinformation | europe_slash_london=UTC +00:00 Europe London, europe_slash_berlin=UTC +01:00 Europe Berlin, america_slash_new_york=UTC -05:00 America New York
website | Website URL | url | contactinformation
linkedinbio | LinkedIn Bio | long | contactinformation
hs_linkedin_url | LinkedIn URL | url | contactinformation
twitterhandle | Twitter Username | text | socialmediainformation
date_of_birth | Date of birth | text | contactinformation
gender | Gender | text | contactinformation
marital_status | Marital Status | text | contactinformation
military_status | Military status | text | contactinformation
degree | Degree | text | contactinformation
field_of_study | Field of study | text | contactinformation
school | School | text | contactinformation
graduation_date | Graduation date | text | contactinformation
start_date | Start date | text | contactinformation
relationship_status | Relationship Status | text | contactinformation
annualrevenue | Annual Revenue | text | contactinformation
numemployees | Number of Employees | choice | contactinformation | 1-5, 5-25, 25-50, 50-100, 100-500, 500-1000, 1000+
message | Message | long | contactinformation
hubspot_owner_id | Contact owner | owner | contactinformation
hubspot_owner_assigneddate | Owner assigned date | moment | contactinformation | | ro
lifecyclestage | Lifecycle Stage | choice | contactinformation | subscriber=Subscriber, lead=Lead, marketingqualifiedlead=Marketing Qualified Lead, salesqualifiedlead=Sales Qualified Lead, opportunity=Opportunity, customer=Customer, evangelist=Evangelist, other=Other | radio forward
hs_lead_status | Lead Status | choice | sales_properties | NEW=New, OPEN=Open, IN_PROGRESS=In Progress, OPEN_DEAL=Open Deal, UNQUALIFIED=Unqualified, ATTEMPTED_TO_CONTACT=Attempted to Contact, CONNECTED=Connected, BAD_TIMING=Bad Timing | radio
hs_buying_role | Buying Role | many | sales_properties | BLOCKER=Blocker, BUDGET_HOLDER=Budget Holder, CHAMPION=Champion, DECISION_MAKER=Decision Maker, END_USER=End User, INFLUENCER=Influencer, OTHER=Other
hs_persona | Persona | choice | contactinformation | persona_1=Berth holder, persona_2=Visitor, persona_3=Trade
hs_legal_basis | Legal basis for processing contact's data | many | contactinformation | Legitimate interest – prospect/lead, Legitimate interest – existing customer, Legitimate interest - other, Performance of a contract, Freely given consent from contact, Not applicable
hs_marketable_status | Marketing contact status | choice | contactinformation | true=Marketing contact, false=Non-marketing contact | ro
hs_email_optout | Unsubscribed from all email | bool | emailinformation | | ro
hs_email_optout_101 | Opted out of email: Marina news | bool | emailinformation | | ro
hs_email_bounce | Marketing emails bounced | number | emailinformation | | ro
hs_email_open | Marketing emails opened | number | emailinformation | | ro
hs_email_click | Marketing emails clicked | number | emailinformation | | ro
hs_email_delivered | Marketing emails delivered | number | emailinformation | | ro
hs_email_last_send_date | Last marketing email send date | moment | emailinformation | | ro
hs_email_last_open_date | Last marketing email open date | moment | emailinformation | | ro
hs_email_quarantined | Email address quarantined | bool | emailinformation | | ro
hs_analytics_source | Original Traffic Source | choice | analyticsinformation | ORGANIC_SEARCH=Organic Search, PAID_SEARCH=Paid Search, EMAIL_MARKETING=Email Marketing, SOCIAL_MEDIA=Organic Social, REFERRALS=Referrals, DIRECT_TRAFFIC=Direct Traffic, OFFLINE=Offline Sources, PAID_SOCIAL=Paid Social | ro
hs_analytics_source_data_1 | Original Traffic Source Drill-Down 1 | text | analyticsinformation | | ro
hs_analytics_source_data_2 | Original Traffic Source Drill-Down 2 | text | analyticsinformation | | ro
hs_latest_source | Latest Traffic Source | choice | analyticsinformation | ORGANIC_SEARCH=Organic Search, PAID_SEARCH=Paid Search, DIRECT_TRAFFIC=Direct Traffic, OFFLINE=Offline Sources | ro
hs_analytics_first_url | First Page Seen | url | analyticsinformation | | ro
hs_analytics_last_url | Last Page Seen | url | analyticsinformation | | ro
hs_analytics_num_page_views | Number of Pageviews | number | analyticsinformation | | ro
hs_analytics_num_visits | Number of Sessions | number | analyticsinformation | | ro
hs_analytics_first_timestamp | Time First Seen | moment | analyticsinformation | | ro
hs_analytics_last_timestamp | Time of Last Session | moment | analyticsinformation | | ro
hs_google_click_id | Google ad click id | text | analyticsinformation | | ro
first_conversion_event_name | First Conversion | text | conversioninformation | | ro
first_conversion_date | First Conversion Date | moment | conversioninformation | | ro
recent_conversion_event_name | Recent Conversion | text | conversioninformation | | ro
recent_conversion_date | Recent Conversion Date | moment | conversioninformation | | ro
num_conversion_events | Number of Form Submissions | number | conversioninformation | | ro
num_unique_conversion_events | Number of Unique Forms Submitted | number | conversioninformation | | ro
ip_city | IP City | text | web_analytics | | ro
ip_country | IP Country | text | web_analytics | | ro
ip_state | IP State/Region | text | web_analytics | | ro
num_notes | Number of Sales Activities | number | sales_properties | | ro
num_contacted_notes | Number of times contacted | number | sales_properties | | ro
notes_last_contacted | Last Contacted | moment | sales_properties | | ro
notes_last_updated | Last Activity Date | moment | sales_properties | | ro
notes_next_activity_date | Next Activity Date | moment | sales_properties | | ro
hs_sales_email_last_replied | Recent Sales Email Replied Date | moment | sales_properties | | ro
hs_sequences_is_enrolled | Currently in Sequence | bool | sales_properties | | ro
num_associated_deals | Number of Associated Deals | number | deal_information | | ro
recent_deal_amount | Recent Deal Amount | money | deal_information | | ro
recent_deal_close_date | Recent Deal Close Date | moment | deal_information | | ro
first_deal_created_date | First Deal Created Date | moment | deal_information | | ro
total_revenue | Total Revenue | money | deal_information | | ro
days_to_close | Days To Close | number | deal_information | | ro
closedate | Close Date | moment | deal_information
hubspotscore | HubSpot Score | number | contactinformation | | ro
associatedcompanyid | Primary Associated Company ID | number | contactinformation | | ro
hs_merged_object_ids | Merged record IDs | text | contactinformation | | ro
hs_lifecyclestage_lead_date | Became a Lead Date | moment | contactinformation | | ro
hs_lifecyclestage_customer_date | Became a Customer Date | moment | contactinformation | | ro
hs_whatsapp_phone_number | WhatsApp Phone Number | phone | contactinformation
";

const CUSTOM: &str = "
berth_type | Berth type | choice | marina | pontoon=Pontoon berth, swinging=Swinging mooring, dry=Dry stack, visitor=Visitor berth | custom
berth_number | Berth number | text | marina | | custom
berth_length_m | Berth length (m) | number | marina | | custom
boat_name | Boat name | text | marina | | custom
boat_make | Boat make | text | marina | | custom
boat_length_m | Boat length (m) | number | marina | | custom
boat_year | Boat built in | number | marina | | custom
boat_kind | Kind of boat | choice | marina | sail=Sailing yacht, motor=Motor boat, rib=RIB, multihull=Multihull, classic=Classic | custom radio
services_wanted | Services wanted | many | marina | lift=Lift out, storage=Winter storage, repair=Repairs, rigging=Rigging, survey=Survey, fuel=Fuel, wifi=Wi-Fi | custom
winter_storage | Winter storage wanted | bool | marina | | custom
electric_hookup | Electric hook-up wanted | bool | marina | | custom
contract_start | Contract start | date | marina | | custom
contract_end | Contract end | date | marina | | custom
contract_value | Contract value | money | marina | | custom
deposit_paid | Deposit paid | money | marina | | custom
insurance_expires | Insurance expires | date | marina | | custom
insurance_reference | Insurance reference | text | marina | | custom
preferred_contact_time | Preferred contact time | choice | enquiries | morning=Morning, afternoon=Afternoon, evening=Evening | custom
enquiry_text | Enquiry | long | enquiries | | custom
enquiry_channel | Enquiry channel | choice | enquiries | web=Web form, phone=Phone call, chat=Chat, walk_in=Walk-in, show=Boat show, referral=Referral | custom
enquiry_received | Enquiry received | moment | enquiries | | custom
enquiry_score | Enquiry score | number | enquiries | | custom
enquiry_value | Enquiry value | money | enquiries | | custom
first_visit | First visit | date | enquiries | | custom
viewing_booked_for | Viewing booked for | moment | enquiries | | custom
viewing_notes | Viewing notes | long | enquiries | | custom
budget_band | Budget band | choice | enquiries | under_2k=Under £2000, 2k_5k=£2000 to £5000, 5k_10k=£5000 to £10000, over_10k=Over £10000 | custom
decision_by | Decision by | date | enquiries | | custom
campaign_name | Campaign | text | enquiries | | custom
campaign_source | Campaign source | text | enquiries | | custom
campaign_medium | Campaign medium | text | enquiries | | custom
landing_page | Landing page | url | enquiries | | custom
referrer_page | Referrer | url | enquiries | | custom
consent_given | Consent given | bool | consent | | custom
consent_given_at | Consent given at | moment | consent | | custom
consent_text | Consent text | long | consent | | custom
whatsapp_opt_in | WhatsApp opt-in | bool | consent | | custom
sms_opt_in | SMS opt-in | bool | consent | | custom
second_phone | Second phone | phone | enquiries | | custom
partner_name | Partner's name | text | enquiries | | custom
partner_email | Partner's email | text | enquiries | | custom
membership_number | Membership number | text | marina | | custom unique
membership_level | Membership level | choice | marina | none=None, crew=Crew, skipper=Skipper, commodore=Commodore | custom
membership_since | Member since | date | marina | | custom
days_since_enquiry | Days since enquiry | number | enquiries | | custom calc
contract_value_with_tax | Contract value with tax | number | marina | | custom calc
account_reference | Account reference | text | marina | | custom ro
";

/// Custom fields that come in families: what was asked about each subject, in each way.
const SUBJECTS: &[(&str, &str)] = &[
    ("berths", "Berths"),
    ("storage", "Storage"),
    ("lifting", "Lifting"),
    ("repairs", "Repairs"),
    ("rigging", "Rigging"),
    ("surveys", "Surveys"),
    ("charter", "Charter"),
    ("training", "Training"),
    ("brokerage", "Brokerage"),
    ("chandlery", "Chandlery"),
    ("events", "Events"),
    ("restaurant", "Restaurant"),
];
const ASKED: &[(&str, &str, FieldKind)] = &[
    ("interest", "Interested in", FieldKind::Bool),
    ("last_asked", "Last asked about", FieldKind::Date),
    ("times_asked", "Times asked about", FieldKind::Number),
    ("notes_on", "Notes on", FieldKind::LongText),
    ("spent_on", "Spent on", FieldKind::Money),
];

fn families() -> impl Iterator<Item = Field> {
    SUBJECTS.iter().flat_map(|(subject, subject_label)| {
        ASKED.iter().map(move |(way, way_label, kind)| Field {
            custom: true,
            group: "interests".to_owned(),
            ..Field::new(
                &format!("{way}_{subject}"),
                &format!("{way_label} {}", subject_label.to_lowercase()),
                *kind,
            )
        })
    })
}

pub(super) fn table() -> Table {
    let mut all = system("createdate", "lastmodifieddate");
    all.push(made(
        "hs_full_name_or_email",
        "Full name or email",
        FieldKind::Text,
        Origin::Computed(full_name),
    ));
    all.push(made("hs_email_domain", "Email Domain", FieldKind::Text, Origin::Computed(email_domain)));
    let phone = Origin::Computed(searchable_phone);
    all.push(made(
        "hs_searchable_calculated_phone_number",
        "Searchable phone number",
        FieldKind::Text,
        phone,
    ));
    let mut all = grouped("contactinformation", all);
    all.extend(fields(STANDARD));
    all.extend(fields(CUSTOM));
    all.extend(families());
    for field in &mut all {
        if &*field.name == "email" {
            field.also_claimed_by = Some("hs_additional_emails".into());
        }
    }
    let mut table = Table::new("contacts", "Contact", all);
    table.one_of = vec![["email", "firstname", "lastname"].map(str::to_owned).to_vec()];
    table
}

fn full_name(record: &Record) -> Option<String> {
    let names: Vec<&str> = ["firstname", "lastname"].iter().filter_map(|name| record.stored(name)).collect();
    if names.is_empty() { record.stored("email").map(str::to_owned) } else { Some(names.join(" ")) }
}

fn email_domain(record: &Record) -> Option<String> {
    record.stored("email")?.split_once('@').map(|(_, host)| host.to_owned())
}

fn searchable_phone(record: &Record) -> Option<String> {
    let digits: String = record.stored("phone")?.chars().filter(char::is_ascii_digit).collect();
    (!digits.is_empty()).then_some(digits)
}
