//! Signing in by a signed assertion.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use super::support::{DATA, org};
use crate::support::{Answer, Desk};

/// The public half of a pair whose private half was made for [`SIGNED`] alone and thrown away.
const KEY: &str = "-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAzH0VcylOQau7atAiNlZB
noNiY1gh+GLyEW+SUMQ7rEX8WFaP7S11Egvh3HCI1iTHlkQF1BAIfW2gIKweHs9V
P1RHvLrhx3/dLpzGrJaFBxOoUQqlTzQdmDrtYNkayW3x9pIjq642oNiSbaTlGn+g
11sFq6ZBdSqOW2NS1uNgIsxxP1rUvqjejOyKX7Fi0DN9UyUO9y4eRlf8yt1814OG
CtVX0ygnJJ7JTRV2QVZN+L1GwAHB87HrQthoKx6ymXOUrF+bCR3Y/w4s1ke+Edat
nZuKZvIJ/QWR3WBfj9SXlkvIKpY8iXab6+ooz7ZuQ1ujY4rlGQ2Ya4BPjs9v+B8A
XwIDAQAB
-----END PUBLIC KEY-----";
/// Of the practice app, for dana@example.com, to `https://login.salesforce.com`, ending three minutes after noon.
const SIGNED: &str = "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiIzTVZHOUhhcmJvdXJQcmFjdGljZUNvbnN1bWVyS2V5Iiwic3ViIjoiZGFuYUBleGFtcGxlLmNvbSIsImF1ZCI6Imh0dHBzOi8vbG9naW4uc2FsZXNmb3JjZS5jb20iLCJleHAiOjE3OTUxNzYxODB9.V-cfxEbSLOexLyVZNYBNMiR3HjSzCtzTZQ1HgQnYfvtGOKK5eWpYseEn1T-lAqG5qC6j_sjIhODKuOC0gsKxNvEIlyd41xfCyXHVaP3hAgbZRiFATQPGH5rqXUZL7556TX464Z2WdR9CMAUSz3GkKjv0anZPjxdCvumqTtVGOQXCB70fZVFUkxxSrXcpQHUz2vwUnHQwabhzVE9k2onG6QPRNPJVBgftzsaednk5QE-JTY6vc806TiRGk3rDMgBc4IsAB18Hpa9Mrntm9_skSmOJZ7idcLzhlrNRV6r3S2TUSAEOX7-Te0gkaFaFt1EBgUjJUgy_7NGpW3vRQS6VOw";

async fn sign_in(org: &Desk, assertion: &str) -> Answer {
    let fields = [("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"), ("assertion", assertion)];
    org.form("/services/oauth2/token", &fields).await
}

fn assertion(header: &Value, claims: &Value) -> String {
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    format!("{}.{}.{}", part(header), part(claims), URL_SAFE_NO_PAD.encode("signature"))
}

fn claims(org: &Desk) -> Value {
    json!({
        "iss": org.practice.tokens().client_id, "sub": "dana@example.com", "aud": "https://login.salesforce.com",
        "exp": 1_795_176_180,
    })
}

#[tokio::test]
async fn an_assertion_with_the_registered_keys_signature_signs_in() {
    let org = org();
    let client_id = org.practice.tokens().client_id;
    org.practice.pull("app", &json!({"client_id": client_id, "public_key": KEY})).unwrap();
    let answer = sign_in(&org, SIGNED).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    assert!(answer.json.get("refresh_token").is_none(), "it asserts again instead");
    let token = answer.json["access_token"].as_str().unwrap();
    assert_eq!(org.call_as(token, "GET", &format!("{DATA}/limits"), None).await.status, 200);
    let forged = sign_in(&org, &assertion(&json!({"alg": "RS256"}), &claims(&org))).await;
    assert_eq!(
        (forged.status, forged.json["error_description"].as_str()),
        (400, Some("invalid assertion signature"))
    );
    org.pass(180);
    assert_eq!(sign_in(&org, SIGNED).await.json["error_description"], "assertion is expired");
}

#[tokio::test]
async fn claims_are_checked_one_by_one() {
    let org = org();
    let header = json!({"alg": "RS256"});
    assert_eq!(
        sign_in(&org, &assertion(&header, &claims(&org))).await.status,
        200,
        "no key is registered yet"
    );
    for (claim, value, why) in [
        ("iss", json!("nobody"), "client identifier invalid"),
        ("sub", json!("nobody@example.com"), "user hasn't approved this consumer"),
        ("aud", json!("https://example.com"), "audience is invalid"),
        ("exp", json!(1_795_176_000), "assertion is expired"),
        ("exp", Value::Null, "assertion is expired"),
    ] {
        let mut said = claims(&org);
        said[claim] = value;
        let answer = sign_in(&org, &assertion(&header, &said)).await;
        assert_eq!((answer.status, answer.json["error_description"].as_str()), (400, Some(why)), "{claim}");
    }
    let unsigned = assertion(&json!({"alg": "none"}), &claims(&org));
    assert_eq!(sign_in(&org, &unsigned).await.json["error_description"], "algorithm not supported");
    assert_eq!(sign_in(&org, "a.b").await.json["error_description"], "invalid assertion");
}

#[tokio::test]
async fn assertions_are_not_logged() {
    let org = org();
    sign_in(&org, SIGNED).await;
    let log = serde_json::to_string(&org.practice.requests(0, 10)).unwrap();
    assert!(!log.contains(SIGNED), "an assertion is a credential while it lasts");
}
