//! Fields of deals, and the pipeline they move through.

use leadferry_model::{FieldKind, FieldOption};

use super::table::{fields, grouped, system};
use crate::core::{Field, Pipeline, Stage, Table};

const FIELDS: &str = "
dealname | Deal Name | text | dealinformation
amount | Amount | money | dealinformation
closedate | Close Date | moment | dealinformation
deal_currency_code | Currency | choice | dealinformation | GBP=Pound sterling, EUR=Euro, USD=US dollar
dealtype | Deal Type | choice | dealinformation | newbusiness=New Business, existingbusiness=Existing Business | radio
description | Deal Description | long | dealinformation
hubspot_owner_id | Deal owner | owner | dealinformation
hs_priority | Priority | choice | dealinformation | low=Low, medium=Medium, high=High
hs_next_step | Next step | text | dealinformation
closed_lost_reason | Closed Lost Reason | long | dealinformation
closed_won_reason | Closed Won Reason | long | dealinformation
hs_forecast_amount | Forecast amount | money | dealinformation | | ro
hs_is_closed_won | Is Closed Won | bool | dealinformation | | ro
hs_is_closed_lost | Is closed lost | bool | dealinformation | | ro
num_associated_contacts | Number of Associated Contacts | number | dealinformation | | ro
days_to_close | Days to close | number | dealinformation | | ro
berth_type | Berth type | choice | marina | pontoon=Pontoon berth, swinging=Swinging mooring, dry=Dry stack, visitor=Visitor berth | custom
season | Season | choice | marina | summer=Summer, winter=Winter, year=Whole year | custom
move_in | Move-in date | date | marina | | custom
";

/// One pipeline of six stages. The vendor's own ones carry the epoch as their time of creation.
pub(super) fn pipeline() -> Pipeline {
    let stage = |(id, label, probability, closed): (&str, &str, &str, bool)| Stage {
        id: id.to_owned(),
        label: label.to_owned(),
        probability: probability.to_owned(),
        closed,
    };
    let stages = [
        ("appointmentscheduled", "Appointment Scheduled", "0.2", false),
        ("qualifiedtobuy", "Qualified To Buy", "0.4", false),
        ("presentationscheduled", "Presentation Scheduled", "0.6", false),
        ("contractsent", "Contract Sent", "0.9", false),
        ("closedwon", "Closed Won", "1.0", true),
        ("closedlost", "Closed Lost", "0.0", true),
    ];
    Pipeline {
        id: "default".to_owned(),
        label: "Sales Pipeline".to_owned(),
        stages: stages.into_iter().map(stage).collect(),
    }
}

pub(super) fn table() -> Table {
    let pipeline = pipeline();
    let option =
        |value: &str, label: &str| FieldOption { value: value.into(), label: label.into(), hidden: false };
    let choice = |name: &str, label: &str, options: Vec<FieldOption>| Field {
        options,
        group: "dealinformation".to_owned(),
        ..Field::new(name, label, FieldKind::Choice)
    };
    let stages = pipeline.stages.iter().map(|stage| option(&stage.id, &stage.label)).collect();
    let mut all = grouped("dealinformation", system("createdate", "hs_lastmodifieddate"));
    all.extend(fields(FIELDS));
    all.push(choice("pipeline", "Pipeline", vec![option(&pipeline.id, &pipeline.label)]));
    all.push(choice("dealstage", "Deal Stage", stages));
    let mut table = Table::new("deals", "Deal", all);
    table.one_of = vec![vec!["dealname".to_owned()]];
    table
}
