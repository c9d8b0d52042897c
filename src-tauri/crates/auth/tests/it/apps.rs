//! Tokens without a browser: an app that asks for itself, one that signs a statement, and a pasted code.

use std::sync::{Arc, LazyLock};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use leadferry_auth::tokens::{KeyFault, OAuthAccess, Renewal, Statement, TokenSet};
use leadferry_auth::vault::Vault;
use leadferry_connector::Access;
use leadferry_model::{FailureKind, ManualClock, Secret};
use rsa::pkcs1::EncodeRsaPrivateKey;
use rsa::pkcs8::{EncodePrivateKey, EncodePublicKey, LineEnding};
use rsa::{PrivateKey, sha2::Sha256};
use serde_json::{Value, json};

use crate::access::token;
use crate::support::{Reply, Vendor, clock, connection, endpoint};

static KEY: LazyLock<PrivateKey> = LazyLock::new(|| PrivateKey::new(&mut rand::rng(), 2048).unwrap());

fn pem() -> Secret {
    Secret::new(KEY.to_pkcs8_pem(LineEnding::LF).unwrap().as_str())
}

fn statement() -> Statement {
    Statement::new("app:1", "ada@example.com", "https://login.example.com", &pem()).unwrap()
}

fn by_itself() -> Renewal {
    Renewal::ClientCredentials { scope: Some("api".into()) }
}

/// As Salesforce answers: no refresh token, and no word about the end.
fn answer(access: &str) -> Reply {
    Reply::Json(
        200,
        json!({"access_token": access, "instance_url": "https://acme.my.example.com", "scope": "api"}),
    )
}

struct App {
    vault: Vault,
    clock: Arc<ManualClock>,
    vendor: Arc<Vendor>,
    access: OAuthAccess,
}

async fn connected(renewal: Renewal, script: impl IntoIterator<Item = Reply>) -> App {
    let (vault, clock, vendor) = (Vault::in_memory(), clock(), Vendor::new(script));
    let endpoint = endpoint(&vendor, &clock);
    endpoint.for_app(&renewal, &[]).await.unwrap().keep(&vault, &connection()).await.unwrap();
    let access = OAuthAccess::by(renewal, connection(), vault.clone(), endpoint, clock.clone());
    App { vault, clock, vendor, access }
}

#[tokio::test]
async fn an_app_asks_for_itself_and_again_when_the_vendor_refuses() {
    let app = connected(by_itself(), [answer("a1"), answer("a2")]).await;
    assert_eq!(app.access.credential().await.unwrap(), token("a1"), "there is no end to renew before");
    assert_eq!(
        app.access.refused(&token("a1")).await.unwrap(),
        token("a2"),
        "the vendor said when it was over"
    );
    let stored = TokenSet::load(&app.vault, &connection()).await.unwrap().unwrap();
    assert_eq!((stored.access, stored.refresh), (Secret::new("a2"), None), "kept; there is no refresh token");
    assert_eq!(stored.extras["instance_url"], "https://acme.my.example.com", "and where requests go");
    for asked in app.vendor.seen() {
        assert_eq!(asked.form["grant_type"], "client_credentials", "RFC 6749 §4.4");
        assert_eq!(asked.form["scope"], "api", "as the spec says");
        assert_eq!(asked.form["client_secret"], "client hush", "the app's own secret is what counts");
    }
}

#[tokio::test]
async fn many_at_once_ask_once() {
    let app = connected(by_itself(), [answer("a1"), answer("a2")]).await;
    let calls: Vec<_> = (0..20)
        .map(|_| {
            let access = app.access.clone();
            tokio::spawn(async move { access.refused(&token("a1")).await.unwrap() })
        })
        .collect();
    for call in calls {
        assert_eq!(call.await.unwrap(), token("a2"), "everybody gets the new one");
    }
    assert_eq!(app.vendor.seen().len(), 2, "the first token, and one renewal");
}

#[tokio::test]
async fn an_app_signs_a_statement_the_vendor_can_verify() {
    let app = connected(Renewal::Statement(statement()), [answer("a1")]).await;
    let asked = app.vendor.seen().remove(0);
    assert_eq!(asked.form["grant_type"], "urn:ietf:params:oauth:grant-type:jwt-bearer", "RFC 7523 §2.1");
    let (signed, signature) = asked.form["assertion"].rsplit_once('.').unwrap();
    let signature = URL_SAFE_NO_PAD.decode(signature).unwrap();
    let verified = KEY.to_public_key().pkcs1v15_verify::<Sha256>(signed.as_bytes(), &signature);
    assert!(verified.is_ok(), "with the key of the certificate: {verified:?}");
    let parts: Vec<Value> = signed
        .split('.')
        .map(|part| serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap())
        .collect();
    assert_eq!(parts[0], json!({"alg": "RS256", "typ": "JWT"}), "as RFC 7515 writes it");
    let expected = json!({
        "iss": "app:1", "sub": "ada@example.com", "aud": "https://login.example.com",
        "exp": crate::support::at("2026-11-20T09:02:00Z").as_second(),
    });
    assert_eq!(parts[1], expected, "who, for whom, to whom, and for two minutes only");
}

#[tokio::test]
async fn each_renewal_signs_anew() {
    let app = connected(Renewal::Statement(statement()), [answer("a1"), answer("a2")]).await;
    app.clock.advance(jiff::SignedDuration::from_hours(2));
    assert_eq!(app.access.refused(&token("a1")).await.unwrap(), token("a2"), "the old statement has run out");
    let seen = app.vendor.seen();
    assert_ne!(seen[0].form["assertion"], seen[1].form["assertion"], "so it is not sent again");
}

#[tokio::test]
async fn an_app_that_is_shut_out_is_let_in_again_without_anybody_connecting() {
    let refusal =
        json!({"error": "invalid_grant", "error_description": "user hasn't approved this consumer"});
    let app =
        connected(Renewal::Statement(statement()), [answer("a1"), Reply::Json(400, refusal), answer("a2")])
            .await;
    let failure = app.access.refused(&token("a1")).await.unwrap_err();
    assert_eq!(failure.kind, FailureKind::Auth, "the connection pauses");
    assert!(
        failure.message.contains("user name") && failure.message.contains("approved"),
        "{}",
        failure.message
    );
    app.clock.advance(jiff::SignedDuration::from_mins(1));
    assert_eq!(app.access.refused(&token("a1")).await.unwrap(), token("a2"), "an administrator allowed it");
}

#[tokio::test]
async fn a_lost_answer_to_an_app_is_asked_for_once_more() {
    let app = connected(by_itself(), [answer("a1"), Reply::Lost, answer("a2")]).await;
    assert_eq!(app.access.refused(&token("a1")).await.unwrap(), token("a2"), "asking twice does no harm");
}

#[tokio::test]
async fn a_pasted_code_becomes_tokens_that_renew_themselves() {
    let first = json!({"access_token": "a1", "refresh_token": "r1", "expires_in": 3600});
    let next = json!({"access_token": "a2", "expires_in": 3600});
    let (vault, clock) = (Vault::in_memory(), clock());
    let vendor = Vendor::new([Reply::Json(200, first), Reply::Json(200, next)]);
    let endpoint = endpoint(&vendor, &clock);
    let asked = ["Leads.ALL".to_owned()];
    let tokens = endpoint.for_code(&Secret::new("code 1"), &asked).await.unwrap();
    assert_eq!(tokens.scopes, asked, "what the code was made for");
    tokens.keep(&vault, &connection()).await.unwrap();
    let seen = vendor.seen().remove(0);
    assert_eq!(
        (seen.form["grant_type"].as_str(), seen.form["code"].as_str()),
        ("authorization_code", "code 1"),
        "exchanged like any other"
    );
    assert!(
        !seen.form.contains_key("redirect_uri") && !seen.form.contains_key("code_verifier"),
        "no browser"
    );
    let access = OAuthAccess::new(connection(), vault, endpoint, clock.clone());
    clock.advance(jiff::SignedDuration::from_mins(61));
    assert_eq!(access.credential().await.unwrap(), token("a2"), "with the refresh token that came with it");
}

#[tokio::test]
async fn a_code_that_is_over_is_told_as_one() {
    let (clock, vendor) = (clock(), Vendor::new([Reply::Json(200, json!({"error": "invalid_code"}))]));
    let failure = endpoint(&vendor, &clock).for_code(&Secret::new("code 1"), &[]).await.unwrap_err();
    assert_eq!(failure.kind, FailureKind::Auth, "nothing was connected");
    assert!(failure.message.contains("works once"), "not a sign-in that ended: {}", failure.message);
}

#[test]
fn keys_are_read_in_both_forms_and_anything_else_is_named() {
    let check = |text: &str| Statement::new("a", "b", "c", &Secret::new(text)).map(drop);
    let legacy = KEY.to_pkcs1_pem(LineEnding::CRLF).unwrap();
    assert_eq!(check(&format!("\n  {}\n", pem().expose())), Ok(()), "spaces come with copying");
    assert_eq!(check(&legacy), Ok(()), "as older tools write it");
    let public = KEY.to_public_key().to_public_key_pem(LineEnding::LF).unwrap();
    assert_eq!(check(&public), Err(KeyFault::Public), "the other half");
    assert_eq!(check("-----BEGIN CERTIFICATE-----\nMIIB\n"), Err(KeyFault::Public), "what the app has");
    assert_eq!(
        check("-----BEGIN ENCRYPTED PRIVATE KEY-----\nMIIB\n"),
        Err(KeyFault::Protected),
        "unreadable"
    );
    assert_eq!(check("secret"), Err(KeyFault::NotAKey), "something else");
    assert_eq!(check(&pem().expose()[..400]), Err(KeyFault::NotAKey), "only the beginning");
}

#[test]
fn a_statement_shows_no_key() {
    let shown = format!("{:?} {:?}", statement(), Renewal::Statement(statement()));
    assert!(!shown.contains("ada@example.com") && shown.len() < 200, "{shown}");
}
