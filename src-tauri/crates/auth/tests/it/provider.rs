//! Addresses: from the spec, or where the person chose.

use leadferry_auth::oauth::{Addresses, Place, Provider, ProviderError};
use leadferry_connector::{ClientAuth, Redirect, SignInAt};
use url::Url;

use crate::support::{CHOSEN, TOLD, spec, spec_at};

fn resolve(chosen: Option<&str>) -> Result<Provider, ProviderError> {
    let chosen = chosen.map(|text| Url::parse(text).unwrap());
    Provider::new(
        spec(Redirect::LoopbackAnyPort, ClientAuth::None),
        Place { base: chosen.as_ref(), host: None },
    )
}

#[test]
fn without_a_choice_the_vendors_own_addresses_count() {
    let provider = resolve(None).unwrap();
    assert_eq!(provider.authorize.as_str(), "https://app.example.com/oauth/authorize", "as in the spec");
    assert_eq!(
        provider.addresses.token.as_str(),
        "https://api.example.com/oauth/token",
        "below the base address"
    );
}

#[test]
fn a_chosen_address_takes_every_call() {
    let provider = resolve(Some("http://127.0.0.1:4100/crm/")).unwrap();
    assert_eq!(
        provider.authorize.as_str(),
        "http://127.0.0.1:4100/crm/oauth/authorize",
        "also the browser's"
    );
    assert_eq!(
        provider.addresses.token.as_str(),
        "http://127.0.0.1:4100/crm/oauth/token",
        "no code may go elsewhere"
    );
    assert_eq!(
        provider.addresses.revoke.unwrap().as_str(),
        "http://127.0.0.1:4100/crm/oauth/token/revoke",
        "nor a token"
    );
}

#[test]
fn tokens_do_not_cross_a_network_in_clear() {
    for address in ["http://crm.example.com", "http://127.0.0.1.example.com", "ftp://localhost"] {
        let refused = resolve(Some(address)).unwrap_err();
        assert_eq!(refused, ProviderError::NotProtected, "{address}");
    }
    assert!(resolve(Some("http://[::1]:9")).is_ok(), "this computer itself is no network");
}

fn at(at: SignInAt, base: Option<&str>, host: Option<&str>) -> Result<Provider, ProviderError> {
    let base = base.map(|text| Url::parse(text).unwrap());
    Provider::new(spec_at(at), Place { base: base.as_ref(), host })
}

#[test]
fn an_account_signs_in_where_the_person_chose() {
    let cases = [
        (None, "https://login.example.com/"),
        (Some("https://test.example.com"), "https://test.example.com/"),
        (Some("acme.my.example.com"), "https://acme.my.example.com/"),
    ];
    for (host, expected) in cases {
        let provider = at(CHOSEN, None, host).unwrap();
        assert_eq!(provider.authorize.as_str(), format!("{expected}oauth/authorize"), "the browser");
        assert_eq!(provider.addresses.token.as_str(), format!("{expected}oauth/token"), "and the tokens");
        assert_eq!(provider.addresses.host.map(String::from).as_deref(), Some(expected), "to be kept");
    }
    let other = at(CHOSEN, None, Some("https://login.example.org")).unwrap_err();
    assert_eq!(other, ProviderError::OtherHost, "credentials go to the vendor only");
}

#[test]
fn an_address_that_was_entered_counts_more_than_a_host() {
    let provider = at(CHOSEN, Some("http://127.0.0.1:4100"), Some("https://test.example.com")).unwrap();
    assert_eq!(provider.authorize.as_str(), "http://127.0.0.1:4100/oauth/authorize", "a practice CRM");
    assert_eq!(provider.addresses.token.as_str(), "http://127.0.0.1:4100/oauth/token", "gets everything");
    assert_eq!(provider.addresses.host, None, "and there is no host to keep");
}

#[test]
fn the_browser_begins_at_the_usual_host_and_renewing_goes_where_the_vendor_told() {
    let provider = at(TOLD, None, Some("https://login.example.eu")).unwrap();
    assert_eq!(provider.authorize.as_str(), "https://login.example.com/oauth/authorize", "it tells anew");
    let spec = spec_at(TOLD);
    let facts = spec.endpoint().unwrap();
    let kept = Place { base: None, host: Some("https://login.example.eu/") };
    let addresses = Addresses::new(spec, facts, kept).unwrap();
    assert_eq!(addresses.token.as_str(), "https://login.example.eu/oauth/token", "as it was kept");
}
