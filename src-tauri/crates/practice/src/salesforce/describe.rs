//! What objects and fields there are, for this user.
//! <https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_sobject_describe.htm>

use std::hash::{DefaultHasher, Hash, Hasher};

use jiff::{SignedDuration, Timestamp, fmt::rfc2822};
use leadferry_model::FieldKind;
use serde_json::{Map, Value, json};

use super::facts::Facts;
use super::gate::Visit;
use super::sight::{self, Granted, Sight, table};
use super::state::{state, state_mut};
use super::{Answer, account, ids, strict};
use crate::call::{Call, Reply};
use crate::core::{Field, Table};
use crate::world::World;

/// Every object the user sees.
pub(super) fn objects(world: &mut World, call: &Call, visit: &Visit) -> Answer {
    strict::only_params(world, call, &[]);
    let all = world.crm.tables().chain(state(world).setup.tables());
    let shown: Vec<Value> = all
        .filter(|table| visit.sees(table.object()) && table.object() != "CustomField")
        .map(|table| Value::Object(object(visit, table)))
        .collect();
    Ok(Reply::json(200, json!({"encoding": "UTF-8", "maxBatchSize": 200, "sobjects": shown})))
}

/// What is the same in the list and in a describe.
fn object(visit: &Visit, table: &Table) -> Map<String, Value> {
    let name = table.object();
    let writes = visit.may_write(name);
    let base = format!("{}/sobjects/{name}", visit.root());
    let plural =
        if name == "Opportunity" { "Opportunities".to_owned() } else { format!("{}s", table.label()) };
    let shown = json!({
        "activateable": false, "createable": writes, "custom": false, "customSetting": false,
        "deletable": writes, "deprecatedAndHidden": false, "feedEnabled": false, "hasSubtypes": false,
        "isSubtype": false, "keyPrefix": ids::prefix(name), "label": table.label(), "labelPlural": plural,
        "layoutable": true, "mergeable": matches!(name, "Account" | "Contact" | "Lead"),
        "mruEnabled": true, "name": name, "queryable": true, "replicateable": !account::MADE.contains(&name),
        "retrieveable": true, "searchable": true, "triggerable": true, "undeletable": writes, "updateable": writes,
        "urls": {
            "sobject": base, "describe": format!("{base}/describe"), "rowTemplate": format!("{base}/{{ID}}"),
        },
    });
    match shown {
        Value::Object(shown) => shown,
        _ => Map::new(),
    }
}

/// An object by itself.
pub(super) fn about(world: &mut World, call: &Call, visit: &Visit, name: &str) -> Answer {
    strict::only_params(world, call, &[]);
    let shown = object(visit, table(world, name)?);
    Ok(Reply::json(200, json!({"objectDescribe": shown, "recentItems": []})))
}

/// Everything about an object, or that it is unchanged.
pub(super) fn describe(world: &mut World, call: &Call, visit: &Visit, name: &str) -> Answer {
    strict::only_params(world, call, &[]);
    let body = {
        let granted = Granted::to(world, visit);
        let table = table(world, name)?;
        let writes = visit.may_write(name);
        let fields: Vec<Value> =
            granted.fields(table).map(|one| field(table, one, granted.sight(name, one), writes)).collect();
        let mut shown = object(visit, table);
        shown.insert("fields".to_owned(), Value::from(fields));
        shown.insert("childRelationships".to_owned(), json!([]));
        shown.insert("recordTypeInfos".to_owned(), json!([{
            "active": true, "available": true, "defaultRecordTypeMapping": true, "developerName": "Master",
            "master": true, "name": "Master", "recordTypeId": "012000000000000AAA",
        }]));
        shown.insert("supportedScopes".to_owned(), json!([{"label": "Everything", "name": "everything"}]));
        Value::Object(shown)
    };
    let changed = changed_at(world, visit, name, &body);
    let since = call.header("if-modified-since").map(|text| rfc2822::parse(text).map(|at| at.timestamp()));
    if let Some(Err(_)) = since {
        world.object_to("If-Modified-Since is not an HTTP date");
    }
    let stamp = http_date(changed);
    if let Some(Ok(since)) = since
        && since >= changed
    {
        return Ok(Reply::empty(304).with_header("last-modified", stamp));
    }
    Ok(Reply::json(200, body).with_header("last-modified", stamp))
}

/// Since when the object is described to this user as it is now.
fn changed_at(world: &mut World, visit: &Visit, name: &str, body: &Value) -> Timestamp {
    let mut hasher = DefaultHasher::new();
    body.to_string().hash(&mut hasher);
    let print = hasher.finish();
    let described = &mut state_mut(world).described;
    let (known, since) = described.entry(format!("{name} {}", visit.user)).or_insert((print, visit.now));
    if *known != print {
        // Two changes of one second must not look like one.
        (*known, *since) = (print, visit.now.max(*since + SignedDuration::from_secs(1)));
    }
    *since
}

fn http_date(at: Timestamp) -> String {
    at.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

fn field(table: &Table, field: &Field, sight: Sight, writes: bool) -> Value {
    let facts = Facts::of(field);
    let writable = writes && sight == Sight::Write && !field.read_only;
    let numeric = facts.is_number();
    let integer = facts.word == "int";
    let length = if numeric || !facts.is_text() { 0 } else { length(field, &facts) };
    let relationship = facts.relationship.clone();
    let mut shown = json!({
        "aggregatable": facts.filterable(field), "autoNumber": false, "byteLength": length * 3,
        "calculated": false, "calculatedFormula": null, "cascadeDelete": false, "caseSensitive": false,
        "compoundFieldName": facts.compound, "controllerName": null, "createable": writable && !facts.update_only,
        "custom": field.custom, "defaultValue": default(field), "defaultedOnCreate": facts.defaulted,
        "dependentPicklist": false, "deprecatedAndHidden": false,
        "digits": if integer { facts.precision } else { 0 },
        "encrypted": false, "externalId": facts.external_id, "extraTypeInfo": extra(&facts),
        "filterable": facts.filterable(field), "groupable": facts.filterable(field) && !numeric,
        "htmlFormatted": false, "idLookup": facts.id_lookup,
        "inlineHelpText": Some(&field.help).filter(|help| !help.is_empty()),
        "label": field.label, "length": length, "name": field.name.as_ref(), "nameField": &*field.name == "Name",
    });
    let more = json!({
        "nillable": sight::is_nillable(table, field, &facts),
        "permissionable": sight::is_permissionable(table, field, &facts),
        "picklistValues": picklist(field, &facts), "polymorphicForeignKey": facts.references.len() > 1,
        "precision": if numeric && !integer { facts.precision } else { 0 },
        "referenceTo": facts.references, "relationshipName": relationship,
        "restrictedDelete": false, "restrictedPicklist": restricted(field, &facts),
        "scale": if numeric { facts.scale } else { 0 }, "soapType": soap_type(&facts.word),
        "sortable": facts.filterable(field), "type": facts.word,
        "unique": field.unique && facts.word != "id", "updateable": writable && !facts.create_only,
    });
    if let (Value::Object(shown), Value::Object(more)) = (&mut shown, more) {
        shown.extend(more);
    }
    shown
}

/// The longest text; what a type always has where the field does not say.
fn length(field: &Field, facts: &Facts) -> u32 {
    match facts.word.as_str() {
        "id" | "reference" => 18,
        "address" => 0,
        word => field.max_length.unwrap_or(match word {
            "email" => 80,
            "phone" => 40,
            "textarea" => 32_000,
            "multipicklist" => 4_099,
            _ => 255,
        }),
    }
}

fn default(field: &Field) -> Value {
    if field.kind == FieldKind::Bool { Value::Bool(false) } else { Value::Null }
}

fn extra(facts: &Facts) -> Value {
    if facts.word == "textarea" { Value::from("plaintextarea") } else { Value::Null }
}

fn restricted(field: &Field, facts: &Facts) -> bool {
    matches!(facts.word.as_str(), "picklist" | "multipicklist") && !field.open
}

fn picklist(field: &Field, facts: &Facts) -> Vec<Value> {
    let one = |option: &leadferry_model::FieldOption| {
        json!({
            "active": !option.hidden, "defaultValue": facts.default_value.as_deref() == Some(&option.value),
            "label": option.label, "validFor": null, "value": option.value,
        })
    };
    field.options.iter().map(one).collect()
}

fn soap_type(word: &str) -> &'static str {
    match word {
        "id" | "reference" => "tns:ID",
        "boolean" => "xsd:boolean",
        "int" => "xsd:int",
        "double" | "currency" | "percent" => "xsd:double",
        "date" => "xsd:date",
        "datetime" => "xsd:dateTime",
        "address" => "urn:address",
        "base64" => "xsd:base64Binary",
        _ => "xsd:string",
    }
}
