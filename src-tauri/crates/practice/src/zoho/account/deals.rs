//! Fields of deals, and the pipeline they move through.

use leadferry_model::{FieldKind, FieldOption};

use super::table::{fields, made, system};
use crate::core::{Field, Origin, Pipeline, Stage, Table};

const FIELDS: &str = "
Deal_Name | Deal Name | text | 120 | Deal Information | | req key
Account_Name | Account Name | lookup:Accounts | 120 | Deal Information
Contact_Name | Contact Name | lookup:Contacts | 120 | Deal Information
Amount | Amount | currency | 16 | Deal Information
Closing_Date | Closing Date | date | | Deal Information | | req
Probability | Probability (%) | integer | 3 | Deal Information
Expected_Revenue | Expected Revenue | currency | 16 | Deal Information | | ro
Type | Type | picklist | 120 | Deal Information | -None-, Existing Business, New Business
Next_Step | Next Step | text | 100 | Deal Information
Lead_Source | Lead Source | picklist | 120 | Deal Information | -None-, Advertisement, Cold Call, Employee Referral, External Referral, Online Store, Partner, Public Relations, Trade Show, Web Research, Web Download, Chat
Reason_For_Loss__s | Reason For Loss | picklist | 120 | Deal Information | -None-, Expectation Mismatch, Price, Unqualified Customer, Lack of response, Missed Follow Ups, Wrong Target, Competition, Future Interest, Other
Overall_Sales_Duration | Overall Sales Duration | integer | 9 | Deal Information | | ro
Sales_Cycle_Duration | Sales Cycle Duration | integer | 9 | Deal Information | | ro
Lead_Conversion_Time | Lead Conversion Time | integer | 9 | Deal Information | | ro
Description | Description | textarea | 32000 | Description Information
Planting_Season | Planting season | picklist | 120 | Garden | -None-, Spring, Autumn | custom
Planting_From | Planting from | date | | Garden | | custom
";

/// One pipeline of six stages: name, probability in percent, whether nothing comes after it.
const STAGES: &[(&str, &str, bool)] = &[
    ("Qualification", "10", false),
    ("Needs Analysis", "20", false),
    ("Value Proposition", "40", false),
    ("Proposal/Price Quote", "75", false),
    ("Closed Won", "100", true),
    ("Closed Lost", "0", true),
];

/// Zoho calls its standard pipeline by the layout's name.
pub(super) fn pipeline() -> Pipeline {
    let stage = |(name, probability, closed): &(&str, &str, bool)| Stage {
        id: (*name).to_owned(),
        label: (*name).to_owned(),
        probability: (*probability).to_owned(),
        closed: *closed,
    };
    let name = "Standard (Standard)".to_owned();
    Pipeline { id: name.clone(), label: name, stages: STAGES.iter().map(stage).collect() }
}

pub(super) fn table() -> Table {
    let pipeline = pipeline();
    let option = |value: &str| FieldOption { value: value.into(), label: value.into(), hidden: false };
    let choice = |name: &str, label: &str, options: Vec<FieldOption>| Field {
        options,
        form: "picklist".to_owned(),
        group: "Deal Information".to_owned(),
        required: true,
        max_length: Some(120),
        ..Field::new(name, label, FieldKind::Choice)
    };
    let stages = pipeline.stages.iter().map(|stage| option(&stage.id)).collect();
    let mut all = system("Deal Information");
    all.push(made("Last_Activity_Time", "Last Activity Time", "datetime", Origin::ChangedAt));
    all.extend(fields(FIELDS));
    all.push(choice("Pipeline", "Pipeline", vec![option(&pipeline.id)]));
    all.push(choice("Stage", "Stage", stages));
    Table::new("Deals", "Deal", all)
}
