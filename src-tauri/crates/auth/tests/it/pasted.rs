//! Access that was typed in.

use leadferry_auth::tokens::{BasicAccess, HeaderAccess, TokenAccess, keep_headers};
use leadferry_auth::vault::{EntryName, Vault};
use leadferry_connector::{Access, Credential};
use leadferry_model::{FailureKind, Secret};

use crate::support::connection;

#[tokio::test]
async fn a_new_token_counts_at_once() {
    let vault = Vault::in_memory();
    let access = TokenAccess::new(&connection(), vault.clone());
    let missing = access.credential().await.unwrap_err();
    assert_eq!(missing.kind, FailureKind::Auth, "nothing was entered yet");
    vault.put(&EntryName::token(&connection()), &Secret::new("one")).await.unwrap();
    let one = access.credential().await.unwrap();
    assert_eq!(access.refused(&one).await.unwrap_err().kind, FailureKind::Auth, "it cannot be renewed");
    vault.put(&EntryName::token(&connection()), &Secret::new("two")).await.unwrap();
    let two = access.refused(&one).await.unwrap();
    assert_eq!(two, Credential::Token(Secret::new("two")), "the person was quicker than the refusal");
}

#[tokio::test]
async fn a_password_stays_apart_from_its_name() {
    let vault = Vault::in_memory();
    vault.put(&EntryName::password(&connection()), &Secret::new("hush")).await.unwrap();
    let access = BasicAccess::new(&connection(), "ada", vault);
    let expected = Credential::Basic { user: "ada".into(), password: Secret::new("hush") };
    assert_eq!(access.credential().await.unwrap(), expected, "joined only for the request");
}

#[tokio::test]
async fn headers_keep_their_order() {
    let vault = Vault::in_memory();
    let headers = vec![
        ("X-Key".to_owned(), Secret::new("hush")),
        ("X-App".to_owned(), Secret::new("a \"quoted\" name")),
    ];
    keep_headers(&vault, &connection(), &headers).await.unwrap();
    let access = HeaderAccess::new(&connection(), vault.clone());
    assert_eq!(access.credential().await.unwrap(), Credential::Headers(headers), "as they were entered");
}
