//! Which web addresses a connection may use. A person, a file or a deep link can name any address; lead data and tokens go
//! only where that is safe.
//!
//! Names are judged by how they read, not by what they resolve to: a public name that points into a private network passes.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use url::{Host, Url};

use crate::{BaseUrl, Settings, Spec};

/// How far an address may reach. Each includes the ones before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reach {
    /// Public hosts, over https.
    Public,
    /// And this computer, also over http: practice CRMs, local automation.
    #[default]
    ThisComputer,
    /// And the private network, also over http. Only after an explicit choice.
    PrivateNetwork,
}

/// Why an address is not used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AddressProblem {
    /// No address was given.
    #[error("There is no address. Enter the address that begins with https://.")]
    Missing,
    /// It is no web address.
    #[error("This is not a web address. Copy it again, with https:// at its beginning.")]
    NotAnAddress,
    /// `http` to the outside.
    #[error("This address is not encrypted. Use the one that begins with https://.")]
    NotEncrypted,
    /// User name or password inside.
    #[error("This address holds a user name or password. Take it out and enter it in its own field.")]
    UserInfo,
    /// A `#` part, which never reaches a server.
    #[error("This address has a part behind #. Leave that part out.")]
    Fragment,
    /// This computer, where that is not allowed.
    #[error(
        "This address leads to this computer. Allow local addresses for this connection, or enter a public one."
    )]
    ThisComputer,
    /// The private network, where that is not allowed.
    #[error(
        "This address leads into a private network. Allow private addresses for this connection, or enter a public one."
    )]
    PrivateNetwork,
}

/// Checks an address somebody entered.
pub fn checked(text: &str, reach: Reach) -> Result<Url, AddressProblem> {
    let text = text.trim();
    if text.is_empty() {
        return Err(AddressProblem::Missing);
    }
    let url = Url::parse(text).map_err(|_| AddressProblem::NotAnAddress)?;
    let encrypted = match url.scheme() {
        "https" => true,
        "http" => false,
        _ => return Err(AddressProblem::NotAnAddress),
    };
    if !url.username().is_empty() || url.password().is_some() {
        return Err(AddressProblem::UserInfo);
    }
    if url.fragment().is_some() {
        return Err(AddressProblem::Fragment);
    }
    match url.host().map(|host| place(&host)).ok_or(AddressProblem::NotAnAddress)? {
        Reach::Public if !encrypted => Err(AddressProblem::NotEncrypted),
        Reach::ThisComputer if reach < Reach::ThisComputer => Err(AddressProblem::ThisComputer),
        Reach::PrivateNetwork if reach < Reach::PrivateNetwork => Err(AddressProblem::PrivateNetwork),
        _ => Ok(url),
    }
}

/// The address a connection's requests go to: the one in its secret setting, the one entered, the one the newest token answer
/// named, or the vendor's own.
pub fn base(
    spec: &Spec,
    entered: Option<&str>,
    settings: &Settings,
    reach: Reach,
) -> Result<Url, AddressProblem> {
    match (spec.base_url, entered) {
        (BaseUrl::Setting(name), _) => {
            checked(settings.secret(name).map_or("", |secret| secret.expose()), reach)
        }
        (_, Some(entered)) => checked(entered, reach),
        (BaseUrl::Fixed(vendor), None) => checked(vendor, reach),
        (BaseUrl::FromToken { field, default }, None) => {
            checked(settings.token_fact(field).or(default).unwrap_or_default(), reach)
        }
        (BaseUrl::Chosen { setting, addresses }, None) => {
            let word = settings.get(setting);
            let chosen = addresses.iter().find(|(known, _)| word.is_none_or(|word| word == *known));
            checked(chosen.map_or("", |(_, address)| address), reach)
        }
        (BaseUrl::Entered, None) => Err(AddressProblem::Missing),
    }
}

/// The address of a path with query that the vendor itself gave, such as where the next page is: below `base`, whatever it says.
/// `None` if it tries to lead elsewhere.
pub fn given(base: &Url, path: &str) -> Option<Url> {
    let (path, query) = path.split_once('?').map_or((path, None), |(path, query)| (path, Some(query)));
    let climbs =
        |segment: &str| matches!(segment.to_ascii_lowercase().replace("%2e", ".").as_str(), "." | "..");
    let elsewhere = !path.starts_with('/') || path.starts_with("//") || path.contains(['\\', '#']);
    if elsewhere || path.split('/').any(climbs) {
        return None;
    }
    let mut url = base.clone();
    url.set_path(&format!("{}{path}", base.path().trim_end_matches('/')));
    url.set_query(query);
    Some(url)
}

fn place(host: &Host<&str>) -> Reach {
    match host {
        Host::Ipv4(ip) => place_of_ip(IpAddr::V4(*ip)),
        Host::Ipv6(ip) => place_of_ip(IpAddr::V6(*ip)),
        Host::Domain(name) => {
            let name = name.trim_end_matches('.').to_ascii_lowercase();
            let below = |domain: &str| name == domain || name.ends_with(&format!(".{domain}"));
            if below("localhost") {
                Reach::ThisComputer
            } else if !name.contains('.')
                || ["local", "internal", "lan", "home.arpa", "intranet"].iter().any(|domain| below(domain))
            {
                Reach::PrivateNetwork
            } else {
                Reach::Public
            }
        }
    }
}

fn place_of_ip(ip: IpAddr) -> Reach {
    match ip {
        IpAddr::V6(ip) => match embedded(ip) {
            Some(inner) => place_of_ip(IpAddr::V4(inner)),
            None if ip.is_loopback() => Reach::ThisComputer,
            None if ip.is_unique_local()
                || ip.is_unicast_link_local()
                || ip.is_multicast()
                || ip.is_unspecified() =>
            {
                Reach::PrivateNetwork
            }
            None => Reach::Public,
        },
        IpAddr::V4(ip) if ip.is_loopback() => Reach::ThisComputer,
        IpAddr::V4(ip)
            if ip.is_private()
                || ip.is_link_local()
                || ip.is_multicast()
                || ip.is_broadcast()
                || ip.octets()[0] == 0
                // Carrier-grade NAT, RFC 6598: also what Tailscale hands out.
                || (ip.octets()[0] == 100 && (64..128).contains(&ip.octets()[1])) =>
        {
            Reach::PrivateNetwork
        }
        IpAddr::V4(_) => Reach::Public,
    }
}

/// An IPv4 address written as IPv6: mapped (`::ffff:`) or through the NAT64 prefix of RFC 6052.
fn embedded(ip: Ipv6Addr) -> Option<Ipv4Addr> {
    let [first, second, .., high, low] = ip.segments();
    let nat64 =
        (first == 0x64 && second == 0xff9b).then(|| Ipv4Addr::from((u32::from(high) << 16) | u32::from(low)));
    ip.to_ipv4_mapped().or(nat64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Hooks;

    fn spec_at(base_url: BaseUrl) -> Spec {
        Spec {
            id: "example",
            name: "Example",
            tagline: "",
            logo: "",
            roles: &[],
            auth: &[],
            base_url,
            objects: &[],
            capabilities: &[],
            limits: &[],
            settings: &[],
            hooks: Hooks::Polled("Nobody calls in a test."),
            practice: None,
            docs: "",
            checked: "",
        }
    }

    #[test]
    fn a_setting_chooses_among_the_vendors_addresses_only() {
        let addresses = &[("live", "https://live.example.com"), ("sandbox", "https://sandbox.example.com")];
        let spec = spec_at(BaseUrl::Chosen { setting: "kind", addresses });
        let mut settings = Settings::default();
        let of =
            |settings: &Settings, entered| base(&spec, entered, settings, Reach::Public).map(String::from);
        assert_eq!(
            of(&settings, None).unwrap(),
            "https://live.example.com/",
            "the first, where nothing is chosen"
        );
        settings.plain.insert("kind".into(), "sandbox".into());
        assert_eq!(of(&settings, None).unwrap(), "https://sandbox.example.com/", "the one that is chosen");
        let entered = Some("https://other.example.com");
        assert_eq!(of(&settings, entered).unwrap(), "https://other.example.com/", "an entered address wins");
        settings.plain.insert("kind".into(), "https://evil.example.org".into());
        assert_eq!(of(&settings, None), Err(AddressProblem::Missing), "what is no choice leads nowhere");
    }

    #[test]
    fn the_newest_token_answer_says_where_requests_go() {
        let spec =
            spec_at(BaseUrl::FromToken { field: "api_domain", default: Some("https://api.example.com") });
        let mut settings = Settings::default();
        let of = |settings: &Settings, entered| {
            base(&spec, entered, settings, Reach::ThisComputer).map(String::from)
        };
        assert_eq!(of(&settings, None).unwrap(), "https://api.example.com/", "nobody has said so yet");
        settings.plain.insert(Settings::token_fact_key("api_domain"), "https://acme.example.com".into());
        assert_eq!(of(&settings, None).unwrap(), "https://acme.example.com/", "as the token says");
        let practice = Some("http://127.0.0.1:8123");
        assert_eq!(of(&settings, practice).unwrap(), "http://127.0.0.1:8123/", "an entered address wins");
        settings.plain.insert(Settings::token_fact_key("api_domain"), "http://acme.example.com".into());
        assert_eq!(of(&settings, None), Err(AddressProblem::NotEncrypted), "whoever says so");
    }

    #[test]
    fn a_path_the_vendor_gives_stays_below_the_base() {
        let base = Url::parse("https://acme.example.com/crm/").unwrap();
        let cases = [
            ("/data/v1/query/01g-2000", Some("https://acme.example.com/crm/data/v1/query/01g-2000")),
            ("/data?page=2&q=a%26b", Some("https://acme.example.com/crm/data?page=2&q=a%26b")),
            ("//evil.example.org/data", None),
            ("https://evil.example.org/data", None),
            ("/\\evil.example.org/data", None),
            ("/../other", None),
            ("/a/%2E%2e/other", None),
            ("data", None),
            ("", None),
        ];
        for (path, expected) in cases {
            assert_eq!(given(&base, path).map(String::from).as_deref(), expected, "{path}");
        }
    }

    #[test]
    fn addresses_are_judged_by_where_they_lead() {
        use AddressProblem as Problem;
        let cases = [
            ("https://api.example.com/x", Reach::Public, None),
            ("http://api.example.com", Reach::PrivateNetwork, Some(Problem::NotEncrypted)),
            ("http://127.0.0.1:8080", Reach::ThisComputer, None),
            ("http://localhost:8080", Reach::ThisComputer, None),
            ("http://[::1]:8080", Reach::ThisComputer, None),
            ("http://[::ffff:127.0.0.1]/", Reach::ThisComputer, None),
            ("https://127.0.0.1", Reach::Public, Some(Problem::ThisComputer)),
            ("https://2130706433/", Reach::Public, Some(Problem::ThisComputer)),
            ("https://0x7f.1/", Reach::Public, Some(Problem::ThisComputer)),
            ("https://10.0.0.5", Reach::ThisComputer, Some(Problem::PrivateNetwork)),
            ("http://192.168.1.4:5678/hook", Reach::PrivateNetwork, None),
            ("https://169.254.169.254/latest", Reach::ThisComputer, Some(Problem::PrivateNetwork)),
            ("https://[fd00::1]/", Reach::ThisComputer, Some(Problem::PrivateNetwork)),
            ("https://[64:ff9b::a00:1]/", Reach::ThisComputer, Some(Problem::PrivateNetwork)),
            ("https://100.100.1.1/", Reach::ThisComputer, Some(Problem::PrivateNetwork)),
            ("https://crm/", Reach::ThisComputer, Some(Problem::PrivateNetwork)),
            ("https://crm.local./", Reach::ThisComputer, Some(Problem::PrivateNetwork)),
            ("https://user:pw@example.com", Reach::Public, Some(Problem::UserInfo)),
            ("https://example.com/#a", Reach::Public, Some(Problem::Fragment)),
            ("file:///etc/passwd", Reach::PrivateNetwork, Some(Problem::NotAnAddress)),
            ("example.com/hook", Reach::Public, Some(Problem::NotAnAddress)),
            ("  ", Reach::Public, Some(Problem::Missing)),
        ];
        for (text, reach, expected) in cases {
            assert_eq!(checked(text, reach).err(), expected, "{text} with {reach:?}");
        }
    }
}
