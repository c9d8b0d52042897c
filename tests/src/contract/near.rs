//! Names that are slips of the pen for known ones.

use strsim::osa_distance;

/// The known name that `name` was probably meant to be. In a name of several words one wrong letter is a slip; in a short one it
/// makes another word.
pub(super) fn near<'k>(name: &str, known: &'k [String]) -> Option<&'k str> {
    if known.iter().any(|known| known == name) {
        return None;
    }
    let bare = bare(name);
    let close = |known: &&String| {
        let other = self::bare(known);
        bare == other
            || (bare.len().min(other.len()) > 5 && osa_distance(&bare, &other) == 1 && !numbered(name, known))
    };
    known.iter().find(close).map(String::as_str)
}

/// Without what people get wrong first: capitals and bars.
fn bare(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// `Company1`: what an account calls a field of its own beside the vendor's.
fn numbered(name: &str, known: &str) -> bool {
    let rest = name.strip_prefix(known).map(|rest| rest.trim_start_matches('_'));
    rest.is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_told_from_another_name() {
        let known = ["Last_Name", "Company", "City", "Phone"].map(str::to_owned);
        let check = |name, expected: Option<&str>| assert_eq!(near(name, &known), expected, "{name}");
        check("last_name", Some("Last_Name"));
        check("LastName", Some("Last_Name"));
        check("Lats_Name", Some("Last_Name"));
        check("Compeny", Some("Company"));
        check("Last_Name", None);
        check("Company1", None);
        check("Cite", None);
        check("Lead_ID", None);
    }
}
