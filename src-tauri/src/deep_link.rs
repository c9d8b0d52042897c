//! `leadferry://` addresses are untrusted input: parsed here into one of a few places to look at, never into an instruction.
//!
//! A web page can open such an address, so following one only shows a screen. It never connects, imports, sends or changes.

use url::Url;

/// Longest address that is looked at.
const LONGEST: usize = 2_048;

/// Where a deep link may lead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// A screen of the window, as its route.
    Screen(String),
    /// The answer of a sign-in that came back by the app's own scheme. It is matched to a waiting flow by its state.
    SignIn(String),
}

/// Reads `address`; `None` for anything unexpected.
pub(crate) fn parse(address: &str) -> Option<Place> {
    if address.len() > LONGEST || address.chars().any(char::is_control) {
        return None;
    }
    let url = Url::parse(address).ok()?;
    if url.scheme() != "leadferry"
        || !url.username().is_empty()
        || url.password().is_some()
        || url.port().is_some()
    {
        return None;
    }
    match url.host_str()? {
        "cb" => Some(Place::SignIn(address.to_owned())),
        screen @ ("home" | "leads" | "mapping" | "errors" | "activity" | "connections" | "settings") => {
            let path = url.path();
            let harmless = path.chars().all(|c| c.is_ascii_alphanumeric() || "/-_%.~".contains(c))
                && !path.contains("..");
            (harmless && url.query().is_none() && url.fragment().is_none())
                .then(|| Place::Screen(format!("/{screen}{path}")))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_is_shown() {
        assert_eq!(
            parse("leadferry://errors/0197/invalid%7Clead_source"),
            Some(Place::Screen("/errors/0197/invalid%7Clead_source".into())),
            "notifications lead to the exact group"
        );
        assert_eq!(parse("leadferry://home"), Some(Place::Screen("/home".into())), "a screen without parts");
    }

    #[test]
    fn anything_else_is_ignored() {
        for address in [
            "leadferry://connect?token=x",
            "leadferry://errors/?do=retry",
            "leadferry://errors/../settings",
            "leadferry://user@errors/",
            "leadferry://errors/\u{7}",
            "https://errors/",
            "leadferry:errors",
            "",
        ] {
            assert_eq!(
                parse(address),
                None,
                "a web page must not be able to do more than show a screen: {address}"
            );
        }
        assert_eq!(
            parse(&format!("leadferry://errors/{}", "a".repeat(3000))),
            None,
            "absurd lengths are not looked at"
        );
    }
}
