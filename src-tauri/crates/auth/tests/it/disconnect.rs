//! Disconnecting leaves nothing here, whatever the vendor says.

use leadferry_auth::tokens::{Revocation, TokenSet, disconnect};
use leadferry_auth::vault::{EntryName, Vault};
use leadferry_model::{FailureKind, Secret};
use serde_json::json;

use crate::support::{Reply, Vendor, clock, connection, endpoint, first_tokens};

async fn end(script: impl IntoIterator<Item = Reply>) -> (Revocation, std::sync::Arc<Vendor>, Vault) {
    let (vault, vendor) = (Vault::in_memory(), Vendor::new(script));
    first_tokens().keep(&vault, &connection()).await.unwrap();
    vault.put(&EntryName::client_secret(&connection()), &Secret::new("hush")).await.unwrap();
    let revoked = disconnect(&vault, &connection(), Some(&endpoint(&vendor, &clock()))).await.unwrap();
    assert_eq!(TokenSet::load(&vault, &connection()).await.unwrap(), None, "no token is left in any case");
    assert_eq!(
        vault.get(&EntryName::client_secret(&connection())).await.unwrap(),
        None,
        "nor the app's secret"
    );
    (revoked, vendor, vault)
}

#[tokio::test]
async fn the_vendor_is_told() {
    let (revoked, vendor, _) = end([Reply::Json(200, json!({}))]).await;
    assert_eq!(revoked, Revocation::Revoked, "given up");
    let asked = &vendor.seen()[0];
    assert_eq!(asked.url, "https://api.example.com/oauth/token/revoke", "where the spec says");
    assert_eq!(
        (asked.form["token"].as_str(), asked.form["token_type_hint"].as_str()),
        ("r1", "refresh_token"),
        "RFC 7009"
    );
    assert_eq!(asked.form["client_secret"], "client hush", "HubSpot wants to know who asks");
}

#[tokio::test]
async fn a_vendor_that_is_down_is_asked_once_more() {
    let (revoked, vendor, _) = end([Reply::Unreachable, Reply::Json(200, json!({}))]).await;
    assert_eq!(revoked, Revocation::Revoked, "while the token is still in memory");
    assert_eq!(vendor.seen().len(), 2, "once more, not for ever");
    let (revoked, _, _) = end([Reply::Unreachable, Reply::Unreachable]).await;
    let Revocation::Failed(failure) = revoked else { panic!("{revoked:?}") };
    assert_eq!(failure.kind, FailureKind::Unavailable, "the person may remove the app there");
}

#[tokio::test]
async fn without_tokens_there_is_nobody_to_tell() {
    let vault = Vault::in_memory();
    let revoked = disconnect(&vault, &connection(), None).await.unwrap();
    assert_eq!(revoked, Revocation::NotOffered, "a pasted token is removed at the vendor by the person");
}
