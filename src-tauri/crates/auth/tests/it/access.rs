//! Tokens are renewed early, once, and are on disk before they are used.

use std::sync::Arc;

use jiff::SignedDuration;
use leadferry_auth::tokens::{OAuthAccess, TokenSet};
use leadferry_auth::vault::{EntryName, Vault};
use leadferry_connector::{Access, Credential};
use leadferry_model::{FailureKind, ManualClock, Secret};
use tokio::sync::Notify;

use crate::support::{Reply, Vendor, at, clock, connection, endpoint, first_tokens, passphrase, tokens};

pub(crate) struct Signed {
    pub(crate) vault: Vault,
    pub(crate) clock: Arc<ManualClock>,
    pub(crate) vendor: Arc<Vendor>,
    pub(crate) access: OAuthAccess,
}

/// A connection with [`first_tokens`].
pub(crate) async fn signed_in(script: impl IntoIterator<Item = Reply>) -> Signed {
    let (vault, clock, vendor) = (Vault::in_memory(), clock(), Vendor::new(script));
    first_tokens().keep(&vault, &connection()).await.unwrap();
    let access = OAuthAccess::new(connection(), vault.clone(), endpoint(&vendor, &clock), clock.clone());
    Signed { vault, clock, vendor, access }
}

pub(crate) fn token(text: &str) -> Credential {
    Credential::Bearer(Secret::new(text))
}

impl Signed {
    pub(crate) async fn stored(&self) -> TokenSet {
        TokenSet::load(&self.vault, &connection()).await.unwrap().unwrap()
    }

    pub(crate) fn minutes(&self, minutes: i64) {
        self.clock.advance(SignedDuration::from_mins(minutes));
    }
}

#[tokio::test]
async fn a_good_token_is_used_as_it_is() {
    let signed = signed_in([]).await;
    signed.minutes(26);
    assert_eq!(signed.access.credential().await.unwrap(), token("a1"), "four minutes are left");
    assert!(signed.vendor.seen().is_empty(), "nobody was asked");
}

#[tokio::test]
async fn a_token_is_renewed_before_it_runs_out() {
    let signed = signed_in([Reply::Json(200, tokens("a2", "r2"))]).await;
    signed.minutes(27);
    assert_eq!(signed.access.credential().await.unwrap(), token("a2"), "early by a tenth");
    let stored = signed.stored().await;
    assert_eq!(stored.access, Secret::new("a2"), "kept");
    assert_eq!(stored.refresh, Some(Secret::new("r2")), "the rotated one");
    assert_eq!(stored.previous_refresh, Some(Secret::new("r1")), "and the one before, until r2 has worked");
    assert_eq!(stored.expires_at, Some(at("2026-11-20T09:57:00Z")), "from now on");
    assert_eq!(stored.extras["hub_id"], "62515", "what was known stays known");
    assert_eq!(signed.vendor.refreshes(), ["r1"], "asked once");
}

#[tokio::test]
async fn an_answer_without_refresh_token_keeps_the_old_one() {
    let answer = serde_json::json!({"access_token": "a2", "expires_in": 1800});
    let signed = signed_in([Reply::Json(200, answer)]).await;
    signed.minutes(28);
    signed.access.credential().await.unwrap();
    let stored = signed.stored().await;
    assert_eq!(stored.refresh, Some(Secret::new("r1")), "not rotated");
    assert_eq!(stored.previous_refresh, None, "so there is none before");
}

#[tokio::test]
async fn many_at_once_renew_once() {
    let go = Arc::new(Notify::new());
    let signed = signed_in([Reply::Held(go.clone(), tokens("a2", "r2"))]).await;
    signed.minutes(31);
    let calls: Vec<_> = (0..20)
        .map(|_| {
            let access = signed.access.clone();
            tokio::spawn(async move { access.credential().await.unwrap() })
        })
        .collect();
    go.notify_one();
    for call in calls {
        assert_eq!(call.await.unwrap(), token("a2"), "everybody gets the new one");
    }
    assert_eq!(signed.vendor.refreshes(), ["r1"], "and the vendor was asked once");
}

#[tokio::test]
async fn two_processes_renew_once() {
    let folder = tempfile::tempdir().unwrap();
    let window = Vault::create(folder.path(), passphrase("p")).await.unwrap();
    let command = Vault::open(folder.path(), passphrase("p")).await.unwrap();
    first_tokens().keep(&window, &connection()).await.unwrap();
    let go = Arc::new(Notify::new());
    let (clock, vendor) = (clock(), Vendor::new([Reply::Held(go.clone(), tokens("a2", "r2"))]));
    clock.advance(SignedDuration::from_mins(31));
    let access = |vault: &Vault| {
        let access = OAuthAccess::new(connection(), vault.clone(), endpoint(&vendor, &clock), clock.clone());
        tokio::spawn(async move { access.credential().await.unwrap() })
    };
    let one = access(&window);
    while vendor.seen().is_empty() {
        tokio::task::yield_now().await;
    }
    let two = access(&command);
    for _ in 0..50 {
        // Nobody's other secrets wait for the vendor; meanwhile the second one has come as far as it may.
        window.get(&EntryName::token(&connection())).await.unwrap();
    }
    go.notify_one();
    assert_eq!(one.await.unwrap(), token("a2"), "the one that asked");
    assert_eq!(two.await.unwrap(), token("a2"), "the one that waited and read again");
    assert_eq!(vendor.refreshes(), ["r1"], "a rotated token sent twice would end the sign-in");
}

#[tokio::test]
async fn a_caller_that_gives_up_loses_no_token() {
    let go = Arc::new(Notify::new());
    let signed = signed_in([Reply::Held(go.clone(), tokens("a2", "r2"))]).await;
    signed.minutes(31);
    let access = signed.access.clone();
    let call = tokio::spawn(async move { access.credential().await });
    while signed.vendor.seen().is_empty() {
        tokio::task::yield_now().await;
    }
    call.abort();
    assert!(call.await.unwrap_err().is_cancelled(), "the caller is gone, the vendor has rotated");
    go.notify_one();
    assert_eq!(
        signed.access.credential().await.unwrap(),
        token("a2"),
        "what it answered was kept all the same"
    );
    assert_eq!(signed.vendor.refreshes(), ["r1"], "and asked once");
}

#[tokio::test]
async fn a_refused_token_is_renewed_once() {
    let signed = signed_in([Reply::Json(200, tokens("a2", "r2"))]).await;
    assert_eq!(
        signed.access.refused(&token("a1")).await.unwrap(),
        token("a2"),
        "before its time, as the vendor says"
    );
    assert_eq!(
        signed.access.refused(&token("a1")).await.unwrap(),
        token("a2"),
        "a slower request: newer already"
    );
    assert_eq!(signed.vendor.refreshes(), ["r1"], "asked once");
}

#[tokio::test]
async fn a_vendor_that_refuses_fresh_tokens_is_not_asked_for_ever() {
    let signed =
        signed_in((2..9).map(|n| Reply::Json(200, tokens(&format!("a{n}"), &format!("r{n}"))))).await;
    let mut credential = signed.access.credential().await.unwrap();
    let failure = loop {
        match signed.access.refused(&credential).await {
            Ok(newer) => credential = newer,
            Err(failure) => break failure,
        }
    };
    assert_eq!(
        (failure.kind, failure.code.as_str()),
        (FailureKind::Auth, "refused_when_fresh"),
        "age is not the reason"
    );
    assert_eq!(signed.vendor.seen().len(), 3, "a few tries, then a person");
}

#[tokio::test]
async fn the_vendors_clock_counts() {
    // This computer is two hours behind. By its own reckoning the token would be good until 09:57.
    let signed = signed_in([
        Reply::Dated("Fri, 20 Nov 2026 11:27:00 GMT", tokens("a2", "r2")),
        Reply::Json(200, tokens("a3", "r3")),
    ])
    .await;
    signed.minutes(27);
    signed.access.credential().await.unwrap();
    let stored = signed.stored().await;
    assert_eq!(stored.expires_at, Some(at("2026-11-20T11:57:00Z")), "by the vendor's clock");
    assert_eq!(stored.server_ahead, SignedDuration::from_hours(2), "and the difference is known");
    signed.minutes(26);
    assert_eq!(signed.access.credential().await.unwrap(), token("a2"), "11:53 there: still good");
    signed.minutes(1);
    assert_eq!(signed.access.credential().await.unwrap(), token("a3"), "11:54 there: time to renew");
}

#[tokio::test]
async fn fewer_rights_than_before_are_remembered() {
    let answer = |scope| serde_json::json!({"access_token": scope, "expires_in": 60, "scope": scope});
    let signed = signed_in([
        Reply::Json(200, answer("contacts.read")),
        Reply::Json(200, answer("contacts.read contacts.write")),
    ])
    .await;
    signed.minutes(31);
    signed.access.credential().await.unwrap();
    assert_eq!(signed.stored().await.lost_scopes, ["contacts.write"], "worth a warning");
    signed.minutes(31);
    signed.access.credential().await.unwrap();
    assert!(signed.stored().await.lost_scopes.is_empty(), "granted again");
}

#[tokio::test]
async fn a_token_without_end_is_never_renewed_by_the_clock() {
    let signed = signed_in([]).await;
    TokenSet { expires_at: None, refresh_at: None, ..first_tokens() }
        .keep(&signed.vault, &connection())
        .await
        .unwrap();
    signed.minutes(600_000);
    assert_eq!(signed.access.credential().await.unwrap(), token("a1"), "the vendor named no end");
}

#[tokio::test]
async fn without_a_sign_in_access_is_lost_in_words() {
    let signed = signed_in([]).await;
    signed.vault.forget(&connection()).await.unwrap();
    let failure = signed.access.credential().await.unwrap_err();
    assert_eq!((failure.kind, failure.code.as_str()), (FailureKind::Auth, "not_signed_in"), "reconnect");
}
