//! What a search looks into and how an item it found is shown.
//! <https://developers.pipedrive.com/docs/api/v1/ItemSearch>

use serde_json::{Value, json};

use super::field_types::{SEARCHABLE, type_of};
use super::{account, contacts, custom, render};
use crate::core::Record;
use crate::world::World;

/// An object searches find, by the word they use for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Sought {
    pub(super) object: &'static str,
    pub(super) item: &'static str,
    /// The groups of fields that can be looked into.
    pub(super) groups: &'static [&'static str],
}

pub(super) const SOUGHT: &[Sought] = &[
    Sought { object: "deals", item: "deal", groups: &["custom_fields", "notes", "title"] },
    Sought {
        object: "persons",
        item: "person",
        groups: &["custom_fields", "email", "notes", "phone", "name"],
    },
    Sought {
        object: "organizations",
        item: "organization",
        groups: &["address", "custom_fields", "notes", "name"],
    },
    Sought { object: "leads", item: "lead", groups: &["custom_fields", "notes", "title"] },
];

/// A text of a record, and the group of fields it belongs to.
pub(super) type Text = (&'static str, String);

/// Every text of a record that can be looked into, without its notes.
pub(super) fn texts(world: &World, sought: Sought, record: &Record) -> Vec<Text> {
    let mut all = Vec::new();
    let mut add = |group: &'static str, texts: Vec<String>| {
        if sought.groups.contains(&group) {
            all.extend(texts.into_iter().map(|text| (group, text)));
        }
    };
    let one = |name: &str| record.stored(name).map(str::to_owned).into_iter().collect::<Vec<_>>();
    add("name", one("name"));
    add("title", one("title"));
    if sought.object == "persons" {
        add("email", contacts::values(render::contact_text(record, "email")));
        add("phone", contacts::values(render::contact_text(record, "phone")));
    }
    let address = record.stored("address").map(|kept| custom::parts("address", kept)["value"].clone());
    add("address", address.and_then(|text| text.as_str().map(str::to_owned)).into_iter().collect());
    // Leads inherit the custom fields of deals.
    let described = if sought.object == "leads" { "deals" } else { sought.object };
    let fields = world.crm.table(described).ok();
    let fields = fields.iter().flat_map(|table| table.fields());
    let searchable = fields.filter(|field| field.custom && SEARCHABLE.contains(&type_of(field)));
    let values = searchable.filter_map(|field| Some(custom::text_of(field, record.stored(&field.name)?)));
    add("custom_fields", values.collect());
    all
}

/// The field of an object's notes that names a record of it.
pub(super) fn note_field(object: &str) -> &'static str {
    match object {
        "persons" => "person_id",
        "organizations" => "org_id",
        "deals" => "deal_id",
        _ => "lead_id",
    }
}

/// An item as it is shown. `hits` are the texts that were found.
pub(super) fn shown(world: &World, sought: Sought, record: &Record, hits: &[Text]) -> Value {
    let of = |group: &str| -> Vec<&str> {
        hits.iter().filter(|(own, _)| *own == group).map(|(_, text)| text.as_str()).collect()
    };
    let visible = record.stored("visible_to").map_or(json!(3), custom::number);
    let owner = json!({"id": render::owner(world, record)});
    let name = |object: &str, field: &str, label: &str| {
        let number = record.stored(field)?.parse().ok()?;
        let other = world.crm.table(object).ok()?.record(number)?;
        Some(json!({"id": number, "name": other.stored(label)}))
    };
    let (custom_fields, notes) = (of("custom_fields"), of("notes"));
    match sought.object {
        "persons" => json!({
            "id": record.number, "type": "person", "name": record.stored("name"),
            "phones": contacts::values(render::contact_text(record, "phone")),
            "emails": contacts::values(render::contact_text(record, "email")),
            "visible_to": visible, "owner": owner, "organization": name("organizations", "org_id", "name"),
            "custom_fields": custom_fields, "notes": notes,
        }),
        "organizations" => json!({
            "id": record.number, "type": "organization", "name": record.stored("name"),
            "address": record.stored("address").map(|kept| custom::parts("address", kept)["value"].clone()),
            "visible_to": visible, "owner": owner, "custom_fields": custom_fields, "notes": notes,
        }),
        "deals" => json!({
            "id": record.number, "type": "deal", "title": record.stored("title"),
            "value": record.stored("value").map_or(json!(0), custom::number),
            "currency": record.stored("currency").unwrap_or(account::CURRENCY), "status": record.stored("status"),
            "visible_to": visible, "owner": owner, "stage": stage(world, record),
            "person": name("persons", "person_id", "name"), "organization": name("organizations", "org_id", "name"),
            "custom_fields": custom_fields, "notes": notes,
            "is_archived": record.stored("is_archived") == Some("true"),
        }),
        _ => {
            let person = record.stored("person_id").and_then(|id| id.parse().ok());
            let person = person.and_then(|number: u64| world.crm.table("persons").ok()?.record(number));
            let lists = |name: &str| {
                person.map(|one| contacts::values(render::contact_text(one, name))).unwrap_or_default()
            };
            let money =
                record.stored("value").map(|kept| custom::parts("monetary", kept)).unwrap_or_default();
            json!({
                "id": account::lead_id(record), "type": "lead", "title": record.stored("title"), "owner": owner,
                "person": name("persons", "person_id", "name"),
                "organization": name("organizations", "organization_id", "name"),
                "phones": lists("phone"), "emails": lists("email"), "custom_fields": custom_fields, "notes": notes,
                "value": money["value"], "currency": money["currency"], "visible_to": visible,
                "is_archived": record.stored("is_archived") == Some("true"),
            })
        }
    }
}

fn stage(world: &World, record: &Record) -> Value {
    let id = record.stored("stage_id").unwrap_or_default();
    let stages = super::deals::pipelines(world).iter().flat_map(|pipeline| &pipeline.stages);
    let stage = stages.into_iter().find(|stage| stage.id == id);
    json!({"id": custom::number(id), "name": stage.map(|stage| stage.label.as_str())})
}
