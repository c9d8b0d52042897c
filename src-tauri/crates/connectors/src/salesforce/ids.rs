//! Record ids: 15 characters in which the case counts, or the same with three more that repair it. The first three say which object.
//! <https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/field_types.htm>

/// Which object an id belongs to, by its beginning. Objects of no interest here are not in the list.
const OBJECTS: [(&str, &str); 4] =
    [("00Q", "Lead"), ("003", "Contact"), ("001", "Account"), ("006", "Opportunity")];

/// The id with all its 18 characters; what is no id stays as it is.
pub(super) fn whole(id: &str) -> String {
    let id = id.trim();
    if id.len() != 15 || !id.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return id.to_owned();
    }
    // One letter for each five: which of them are capitals.
    let check = id.as_bytes().chunks(5).map(|five| {
        let capitals = five.iter().enumerate().filter(|(_, byte)| byte.is_ascii_uppercase());
        let bits: usize = capitals.map(|(at, _)| 1 << at).sum();
        char::from(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"[bits])
    });
    id.chars().chain(check).collect()
}

/// Whether both name one record.
pub(super) fn same(one: &str, other: &str) -> bool {
    whole(one) == whole(other)
}

/// The object the id belongs to; `usual` where the id does not say.
pub(super) fn object_of<'a>(id: &str, usual: &'a str) -> &'a str {
    let told = OBJECTS.iter().find(|(beginning, _)| id.starts_with(beginning));
    told.map_or(usual, |(_, object)| object)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_ids_get_their_check_letters() {
        let cases = [
            // Pairs of Salesforce's own answers.
            ("001dM00003jU9Gx", "001dM00003jU9GxQAK"),
            ("003dM00001wBXYD", "003dM00001wBXYDQA4"),
            ("001dM00003kRs59QAC", "001dM00003kRs59QAC"),
            ("not an id", "not an id"),
            ("", ""),
        ];
        for (short, whole_id) in cases {
            assert_eq!(whole(short), whole_id, "{short}");
        }
        assert!(same("001dM00003jU9Gx", "001dM00003jU9GxQAK"), "both name one record");
        assert!(!same("001dM00003jU9Gx", "001dM00003jU9gx"), "the case counts");
    }

    #[test]
    fn an_id_tells_its_object() {
        assert_eq!(
            object_of("003dM00001wBXYDQA4", "Lead"),
            "Contact",
            "a converted lead is a contact by now"
        );
        assert_eq!(
            object_of("a0B5g00000AbCdE", "Lead"),
            "Lead",
            "what is not known stays what it was called"
        );
    }
}
