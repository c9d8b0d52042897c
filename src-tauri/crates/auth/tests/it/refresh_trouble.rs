//! Renewals that go wrong: answers that get lost, vendors that are down, sign-ins that have ended.

use jiff::SignedDuration;
use leadferry_auth::tokens::TokenSet;
use leadferry_connector::Access;
use leadferry_model::{FailureKind, Secret};
use serde_json::json;

use crate::access::{signed_in, token};
use crate::support::{Reply, connection, first_tokens, tokens};

fn gone() -> Reply {
    Reply::Json(400, json!({"error": "invalid_grant"}))
}

#[tokio::test]
async fn a_lost_answer_is_asked_for_once_more() {
    let signed = signed_in([Reply::Lost, Reply::Json(200, tokens("a2", "r2"))]).await;
    signed.minutes(31);
    assert_eq!(signed.access.credential().await.unwrap(), token("a2"), "the vendor may have a grace period");
    assert_eq!(signed.vendor.refreshes(), ["r1", "r1"], "with the same token, once");
}

#[tokio::test]
async fn an_unknown_new_token_falls_back_to_the_one_before() {
    let signed = signed_in([gone(), Reply::Json(200, tokens("a3", "r3"))]).await;
    let unproven = TokenSet {
        refresh: Some(Secret::new("r2")),
        previous_refresh: Some(Secret::new("r1")),
        ..first_tokens()
    };
    unproven.keep(&signed.vault, &connection()).await.unwrap();
    signed.minutes(31);
    assert_eq!(signed.access.credential().await.unwrap(), token("a3"), "the vendor never knew r2");
    assert_eq!(signed.vendor.refreshes(), ["r2", "r1"], "newest first");
    let stored = signed.stored().await;
    assert_eq!(stored.previous_refresh, Some(Secret::new("r1")), "the one that worked last");
}

#[tokio::test]
async fn a_final_refusal_is_remembered() {
    let signed = signed_in([gone()]).await;
    signed.minutes(27);
    for _ in 0..3 {
        let failure = signed.access.credential().await.unwrap_err();
        assert_eq!(
            (&failure.kind, failure.code.as_str()),
            (&FailureKind::Auth, "invalid_grant"),
            "reconnect"
        );
    }
    assert!(signed.access.refused(&token("a1")).await.is_err(), "also after a 401");
    assert_eq!(signed.vendor.refreshes(), ["r1"], "a dead token is not sent again");
    first_tokens().keep(&signed.vault, &connection()).await.unwrap();
    signed.clock.set(crate::support::START.parse().unwrap());
    assert_eq!(signed.access.credential().await.unwrap(), token("a1"), "signing in again heals it at once");
}

#[tokio::test]
async fn a_wrong_app_is_told_apart_and_can_be_corrected() {
    let wrong = Reply::Json(401, json!({"error": "invalid_client"}));
    let signed = signed_in([wrong, Reply::Json(200, tokens("a2", "r2"))]).await;
    signed.minutes(31);
    let failure = signed.access.credential().await.unwrap_err();
    assert_eq!(
        (&failure.kind, failure.code.as_str()),
        (&FailureKind::Auth, "invalid_client"),
        "pauses the connection"
    );
    assert!(failure.message.contains("client id or client secret"), "what to correct: {}", failure.message);
    assert!(!signed.stored().await.ended, "the sign-in itself is not at fault");
    signed.clock.advance(SignedDuration::from_secs(10));
    assert_eq!(signed.access.credential().await.unwrap(), token("a2"), "corrected, it goes on");
}

#[tokio::test]
async fn trouble_at_the_vendor_does_not_matter_while_the_token_lasts() {
    let signed = signed_in([Reply::Json(503, json!({})), Reply::Json(200, tokens("a2", "r2"))]).await;
    signed.minutes(27);
    for _ in 0..5 {
        assert_eq!(signed.access.credential().await.unwrap(), token("a1"), "three minutes are left");
    }
    assert_eq!(signed.vendor.refreshes(), ["r1"], "and the vendor is left alone for a moment");
    signed.clock.advance(SignedDuration::from_secs(10));
    assert_eq!(signed.access.credential().await.unwrap(), token("a2"), "then asked again");
}

#[tokio::test]
async fn trouble_with_an_expired_token_is_an_outage_not_lost_access() {
    for trouble in [Reply::Json(502, json!({})), Reply::Unreachable] {
        let signed = signed_in([trouble, Reply::Json(200, tokens("a2", "r2"))]).await;
        signed.minutes(31);
        for _ in 0..5 {
            let failure = signed.access.credential().await.unwrap_err();
            assert_eq!(failure.kind, FailureKind::Unavailable, "the lane pauses, nobody must sign in");
        }
        assert_eq!(signed.vendor.seen().len(), 1, "no storm");
        signed.clock.advance(SignedDuration::from_secs(10));
        assert_eq!(signed.access.credential().await.unwrap(), token("a2"), "and it heals by itself");
    }
}

#[tokio::test]
async fn a_vendor_that_asks_for_time_gets_it() {
    let signed = signed_in([Reply::RetryAfter(120), Reply::Json(200, tokens("a2", "r2"))]).await;
    signed.minutes(31);
    let failure = signed.access.credential().await.unwrap_err();
    assert_eq!(failure.kind, FailureKind::RateLimited { after_seconds: Some(120) }, "no attempt is spent");
    signed.clock.advance(SignedDuration::from_secs(119));
    assert!(signed.access.credential().await.is_err(), "not yet");
    signed.clock.advance(SignedDuration::from_secs(1));
    assert_eq!(signed.access.credential().await.unwrap(), token("a2"), "now");
}

#[tokio::test]
async fn an_answer_nobody_can_read_counts_as_lost() {
    let signed = signed_in([Reply::Json(200, json!("<html>")), Reply::Json(200, tokens("a2", "r2"))]).await;
    signed.minutes(31);
    assert_eq!(signed.access.credential().await.unwrap(), token("a2"), "a proxy's page, then the answer");
}

#[tokio::test]
async fn two_lost_answers_wait_for_better_times() {
    let signed = signed_in([Reply::Lost, Reply::Lost, Reply::Json(200, tokens("a2", "r2"))]).await;
    signed.minutes(31);
    let failure = signed.access.credential().await.unwrap_err();
    assert_eq!(failure.kind, FailureKind::Unavailable, "not lost access");
    assert!(!signed.stored().await.ended, "nothing is given up");
    signed.minutes(1);
    assert_eq!(signed.access.credential().await.unwrap(), token("a2"), "later it works");
}

#[tokio::test]
async fn an_expired_token_with_nothing_to_renew_it_needs_a_person() {
    let signed = signed_in([]).await;
    TokenSet { refresh: None, ..first_tokens() }.keep(&signed.vault, &connection()).await.unwrap();
    signed.minutes(29);
    assert_eq!(signed.access.credential().await.unwrap(), token("a1"), "to the last minute");
    signed.minutes(1);
    let failure = signed.access.credential().await.unwrap_err();
    assert_eq!(
        (failure.kind, failure.code.as_str()),
        (FailureKind::Auth, "no_refresh_token"),
        "then reconnect"
    );
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn new_tokens_the_disk_refuses_are_held_until_it_takes_them() {
    use leadferry_auth::{tokens::OAuthAccess, vault::Vault};
    let folder = tempfile::tempdir().unwrap();
    let vault = Vault::create(folder.path(), crate::support::passphrase("p")).await.unwrap();
    first_tokens().keep(&vault, &connection()).await.unwrap();
    let (clock, vendor) =
        (crate::support::clock(), crate::support::Vendor::new([Reply::Json(200, tokens("a2", "r2"))]));
    let access =
        OAuthAccess::new(connection(), vault, crate::support::endpoint(&vendor, &clock), clock.clone());
    clock.advance(SignedDuration::from_mins(31));
    // Writing the next content beside the vault meets a device that is always full.
    let beside = folder.path().join("secrets.vault.new");
    std::os::unix::fs::symlink("/dev/full", &beside).unwrap();
    let failure = access.credential().await.unwrap_err();
    assert_eq!(
        (failure.kind, failure.code.as_str()),
        (FailureKind::Unavailable, "disk_full"),
        "not used before it is kept"
    );
    assert!(!beside.exists(), "the full disk is freed of the attempt");
    assert_eq!(
        access.credential().await.unwrap(),
        token("a2"),
        "with room again, the same answer is kept and used"
    );
    assert_eq!(vendor.refreshes(), ["r1"], "the rotated token was not thrown away");
}
