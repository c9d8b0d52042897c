//! Addresses: from the spec, or where the person chose.

use leadferry_auth::oauth::{Provider, ProviderError};
use leadferry_connector::{ClientAuth, Redirect};
use url::Url;

use crate::support::spec;

fn resolve(chosen: Option<&str>) -> Result<Provider, ProviderError> {
    let chosen = chosen.map(|text| Url::parse(text).unwrap());
    Provider::new(spec(Redirect::LoopbackAnyPort, ClientAuth::None), chosen.as_ref())
}

#[test]
fn without_a_choice_the_vendors_own_addresses_count() {
    let provider = resolve(None).unwrap();
    assert_eq!(provider.authorize.as_str(), "https://app.example.com/oauth/authorize", "as in the spec");
    assert_eq!(provider.token.as_str(), "https://api.example.com/oauth/token", "below the base address");
}

#[test]
fn a_chosen_address_takes_every_call() {
    let provider = resolve(Some("http://127.0.0.1:4100/crm/")).unwrap();
    assert_eq!(
        provider.authorize.as_str(),
        "http://127.0.0.1:4100/crm/oauth/authorize",
        "also the browser's"
    );
    assert_eq!(provider.token.as_str(), "http://127.0.0.1:4100/crm/oauth/token", "no code may go elsewhere");
    assert_eq!(
        provider.revoke.unwrap().as_str(),
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
