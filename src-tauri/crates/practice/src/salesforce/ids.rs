//! Record ids: 15 characters that tell the object and the record apart by case, and three more that make case harmless.
//! <https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/field_types.htm>

/// Digits of an id, in the order ids are compared.
const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
/// What five letters' cases are written as.
const CHECKS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";
/// The practice org's place among Salesforce's servers.
const POD: &str = "J80";
/// Digits after the pod.
const WIDTH: usize = 9;

/// What the ids of each object begin with.
const PREFIXES: &[(&str, &str)] = &[
    ("Account", "001"),
    ("Note", "002"),
    ("Contact", "003"),
    ("User", "005"),
    ("Opportunity", "006"),
    ("Organization", "00D"),
    ("Group", "00G"),
    ("OpportunityContactRole", "00K"),
    ("CustomField", "00N"),
    ("Lead", "00Q"),
    ("Task", "00T"),
    ("Event", "00U"),
    ("OpportunityStage", "01J"),
    ("LeadStatus", "01K"),
    ("TaskStatus", "01L"),
    ("AssignmentRule", "01Q"),
    ("FieldPermissions", "01k"),
    ("ContentNote", "069"),
    ("ContentDocumentLink", "06A"),
    ("Individual", "0PK"),
    ("PermissionSet", "0PS"),
    ("PermissionSetAssignment", "0Pa"),
];

/// What the ids of `object` begin with.
pub(super) fn prefix(object: &str) -> &'static str {
    PREFIXES.iter().find(|(name, _)| *name == object).map_or("a00", |(_, prefix)| prefix)
}

/// The object an id belongs to.
pub(super) fn object_of(id: &str) -> Option<&'static str> {
    let start = id.get(..3)?;
    PREFIXES.iter().find(|(_, prefix)| *prefix == start).map(|(object, _)| *object)
}

/// The id of a thing with this number.
pub(super) fn write(prefix: &str, number: u64) -> String {
    let mut digits = [b'0'; WIDTH];
    let mut rest = number;
    for place in digits.iter_mut().rev() {
        *place = usize::try_from(rest % 62).map_or(b'0', |at| DIGITS[at]);
        rest /= 62;
    }
    let short = format!("{prefix}{POD}{}", String::from_utf8_lossy(&digits));
    format!("{short}{}", checks(&short))
}

fn checks(short: &str) -> String {
    let chunk = |five: &[u8]| {
        let bits = five
            .iter()
            .enumerate()
            .map(|(place, letter)| usize::from(letter.is_ascii_uppercase()) << place)
            .sum::<usize>();
        char::from(CHECKS[bits])
    };
    short.as_bytes().chunks(5).map(chunk).collect()
}

/// The 18 characters of an id given with 15 or 18; `None` for what is no id.
pub(super) fn long(text: &str) -> Option<String> {
    if !text.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return None;
    }
    let short = text.get(..15)?;
    let checks = checks(short);
    match text.get(15..) {
        Some("") => Some(format!("{short}{checks}")),
        Some(given) if given.eq_ignore_ascii_case(&checks) => Some(format!("{short}{checks}")),
        _ => None,
    }
}

/// The 15 characters, as error texts and web forms show ids.
pub(super) fn short(id: &str) -> &str {
    id.get(..15).unwrap_or(id)
}

/// How ids of `object` are made from numbers.
pub(super) fn writer(object: &str) -> fn(u64) -> String {
    match object {
        "Account" => |number| write("001", number),
        "Note" => |number| write("002", number),
        "Contact" => |number| write("003", number),
        "User" => |number| write("005", number),
        "Opportunity" => |number| write("006", number),
        "Organization" => |number| write("00D", number),
        "Group" => |number| write("00G", number),
        "OpportunityContactRole" => |number| write("00K", number),
        "CustomField" => |number| write("00N", number),
        "Lead" => |number| write("00Q", number),
        "Task" => |number| write("00T", number),
        "Event" => |number| write("00U", number),
        "OpportunityStage" => |number| write("01J", number),
        "LeadStatus" => |number| write("01K", number),
        "TaskStatus" => |number| write("01L", number),
        "AssignmentRule" => |number| write("01Q", number),
        "FieldPermissions" => |number| write("01k", number),
        "ContentNote" => |number| write("069", number),
        "ContentDocumentLink" => |number| write("06A", number),
        "Individual" => |number| write("0PK", number),
        "PermissionSet" => |number| write("0PS", number),
        "PermissionSetAssignment" => |number| write("0Pa", number),
        _ => |number| write("a00", number),
    }
}

/// The id of a field: always the same for the same field.
pub(super) fn of_field(object: &str, name: &str) -> String {
    // FNV-1a, kept below the nine digits of an id.
    let mix = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    let hash = format!("{object}.{name}").to_lowercase().bytes().fold(0xcbf2_9ce4_8422_2325, mix);
    write("00N", hash % 62_u64.pow(8))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_known_id_gets_its_three_letters() {
        assert_eq!(long("001dM00003kS2nd").as_deref(), Some("001dM00003kS2ndQAC"), "from a recorded answer");
        assert_eq!(long("003dM00001wBXYD").as_deref(), Some("003dM00001wBXYDQA4"), "from a recorded answer");
        assert_eq!(long("001dM00003kS2ndQAC").as_deref(), Some("001dM00003kS2ndQAC"), "long ones stay");
        assert_eq!(long("001dm00003ks2ndQAC"), None, "the case is part of the first fifteen");
        assert_eq!(long("001x"), None, "too short");
    }

    #[test]
    fn every_object_writes_ids_with_its_own_prefix() {
        for (object, prefix) in PREFIXES {
            let id = writer(object)(101);
            assert_eq!(&id[..3], *prefix, "{object}");
            assert_eq!(object_of(&id), Some(*object), "{object}");
            assert_eq!(id.len(), 18, "{object}");
        }
    }

    #[test]
    fn ids_rise_with_their_numbers() {
        let ids: Vec<String> = [9, 10, 61, 62, 4_000].map(|number| write("00Q", number)).to_vec();
        assert!(ids.is_sorted(), "keysets page by id: {ids:?}");
    }
}
