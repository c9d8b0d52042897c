//! The modules this account has, and what is told about them.

use serde_json::{Value, json};

use super::errors::Trouble;
use super::filler::Filler;
use super::{Answer, account, ids, strict};
use crate::call::{Call, Reply};
use crate::world::World;

/// What the API knows about a module beside its fields.
#[derive(Debug)]
pub(super) struct Module {
    /// The name the API uses.
    pub(super) name: &'static str,
    /// What one record is called.
    pub(super) singular: &'static str,
    /// The name in the browser's address, which is older than the API's.
    pub(super) tab: &'static str,
    /// The field upsert looks at before all others, though it need not be unique.
    pub(super) duplicate_field: Option<&'static str>,
    /// The field whose value names a record.
    pub(super) named_by: &'static str,
    /// The lookup by which its records hang on others.
    pub(super) hangs_by: &'static [&'static str],
}

/// In the order the account shows them.
/// <https://zoho.com/crm/developer/docs/api/v8/upsert-records.html> lists the duplicate check fields.
pub(super) const MODULES: &[Module] = &[
    module("Leads", "Lead", "Leads", Some("Email"), "Full_Name", &[]),
    module("Contacts", "Contact", "Contacts", Some("Email"), "Full_Name", &["Account_Name"]),
    module("Accounts", "Account", "Accounts", Some("Account_Name"), "Account_Name", &[]),
    module("Deals", "Deal", "Potentials", Some("Deal_Name"), "Deal_Name", &["Contact_Name", "Account_Name"]),
    module("Tasks", "Task", "Tasks", None, "Subject", &["What_Id", "Who_Id"]),
    module("Events", "Meeting", "Events", None, "Event_Title", &["What_Id", "Who_Id"]),
    module("Calls", "Call", "Calls", None, "Subject", &["What_Id", "Who_Id"]),
    module("Notes", "Note", "Notes", None, "Note_Title", &["Parent_Id"]),
];

const fn module(
    name: &'static str,
    singular: &'static str,
    tab: &'static str,
    duplicate_field: Option<&'static str>,
    named_by: &'static str,
    hangs_by: &'static [&'static str],
) -> Module {
    Module { name, singular, tab, duplicate_field, named_by, hangs_by }
}

/// Fields a new record needs because the standard layout says so; the others that are required are so for the system.
pub(super) const BY_LAYOUT: &[(&str, &str)] =
    &[("Leads", "Company"), ("Deals", "Pipeline"), ("Deals", "Closing_Date")];

/// The module of this name.
pub(super) fn find(name: &str) -> Result<&'static Module, Trouble> {
    MODULES.iter().find(|module| module.name == name).ok_or_else(Trouble::no_such_module)
}

impl Module {
    /// Whether records hang on others and are something that happened or is to do.
    pub(super) fn is_activity(&self) -> bool {
        matches!(self.name, "Tasks" | "Events" | "Calls")
    }

    /// Whether activities and notes can hang on its records.
    pub(super) fn has_activities(&self) -> bool {
        !self.is_activity() && self.name != "Notes"
    }
}

/// `{"api_name", "id"}`, as many answers name a module.
pub(super) fn minified(name: &str) -> Value {
    json!({"api_name": name, "id": ids::module(name)})
}

pub(super) fn list(world: &mut World, call: &Call) -> Answer {
    strict::only_params(world, call, &["status"]);
    let shown: Vec<Value> = MODULES.iter().enumerate().map(|(place, module)| shown(place, module)).collect();
    Ok(Reply::json(200, json!({"modules": shown})))
}

pub(super) fn get(world: &mut World, call: &Call, name: &str) -> Answer {
    strict::only_params(world, call, &[]);
    let found = MODULES
        .iter()
        .enumerate()
        .find(|(_, module)| module.name == name || ids::module(module.name) == name);
    let (place, module) = found.ok_or_else(Trouble::no_such_module)?;
    Ok(Reply::json(200, json!({"modules": [shown(place, module)]})))
}

/// <https://www.zoho.com/crm/developer/docs/api/v8/modules-api.html>
const ALIKE: Filler = Filler {
    yes: &[
        "api_supported",
        "chart_view",
        "chart_view_supported",
        "common.search_supported",
        "creatable",
        "deletable",
        "editable",
        "emailTemplate_support",
        "email_parser_supported",
        "filter_status",
        "filter_supported",
        "isBlueprintSupported",
        "kanban_view_supported",
        "presence_sub_menu",
        "quick_create",
        "recycle_bin_on_delete",
        "scoring_supported",
        "triggers_supported",
        "viewable",
        "visible",
    ],
    no: &["feeds_required", "inventory_template_supported", "kanban_view", "track_current_data", "zia_view"],
    null: &[
        "custom_view",
        "description",
        "lookup_field_properties",
        "modified_by",
        "modified_time",
        "related_list_properties",
        "web_link",
    ],
    empty_list: &[
        "$field_states",
        "$on_demand_properties",
        "arguments",
        "business_card_fields",
        "default_mapping_fields",
        "fields",
        "layout_associations",
        "layouts",
        "related_lists",
        "search_layout_fields",
    ],
    empty_object: &["parent_module"],
};

fn shown(place: usize, module: &Module) -> Value {
    let mut shown = json!({
        "api_name": module.name,
        "module_name": module.tab,
        "id": ids::module(module.name),
        "singular_label": module.singular,
        "plural_label": module.name,
        "generated_type": "default",
        "sequence_number": place + 1,
        "visibility": 1,
        "status": "visible",
        "convertable": module.name == "Leads",
        "webform_supported": module.name == "Leads",
        "show_as_tab": module.name != "Notes",
        "profiles": account::profiles(),
        "profile_count": 2,
        "business_card_field_limit": 5,
        "activity_badge": "Disabled",
        "per_page": 200,
        "$properties": ["$converted_detail", "$approval_state", "$state"],
        "display_field": {"api_name": module.named_by, "id": ids::field(module.name, module.named_by)},
    });
    ALIKE.fill(&mut shown);
    shown
}
