//! Secrets on their way to another computer.

use leadferry_auth::vault::{EntryName, KeySource, Passphrase, Vault};
use leadferry_model::Secret;

use crate::support::{connection, passphrase};

fn carried_by(words: &str) -> Passphrase {
    match passphrase(words) {
        KeySource::Passphrase(passphrase) => passphrase,
        KeySource::Keychain(_) => unreachable!("the helper makes passphrases"),
    }
}

#[tokio::test]
async fn a_copy_opens_with_its_own_passphrase_and_no_other() {
    let folder = tempfile::tempdir().unwrap();
    let vault = Vault::create(folder.path(), passphrase("of the folder")).await.unwrap();
    let name = EntryName::token(&connection());
    vault.put(&name, &Secret::new("hush")).await.unwrap();
    let key = vault.database_key().await.unwrap();
    let bytes = vault.sealed_copy(carried_by("of the copy")).await.unwrap();
    assert!(!bytes.windows(4).any(|part| part == b"hush"), "nothing stands in clear");
    let wrong = Vault::from_sealed_copy(bytes.clone(), carried_by("of the folder")).await.unwrap_err();
    assert_eq!(wrong.word(), "wrong_passphrase", "the folder's own is another one");
    let copy = Vault::from_sealed_copy(bytes.clone(), carried_by("of the copy")).await.unwrap();
    assert_eq!(copy.get(&name).await.unwrap(), Some(Secret::new("hush")), "every secret came along");
    assert_eq!(copy.database_key().await.unwrap(), key, "and the key of the ledger");
    let half = Vault::from_sealed_copy(bytes[..bytes.len() / 2].to_vec(), carried_by("of the copy")).await;
    assert_eq!(half.unwrap_err().word(), "vault_damaged", "a copy that was cut is told as such");
}

#[tokio::test]
async fn what_is_here_already_is_newer_than_what_is_brought() {
    let (from, to) = (Vault::in_memory(), Vault::in_memory());
    let (token, headers) = (EntryName::token(&connection()), EntryName::headers(&connection()));
    from.put(&token, &Secret::new("old")).await.unwrap();
    from.put(&headers, &Secret::new("brought")).await.unwrap();
    to.put(&token, &Secret::new("renewed since")).await.unwrap();
    let (theirs, ours) = (from.database_key().await.unwrap(), to.database_key().await.unwrap());
    to.take_missing_from(&from).await.unwrap();
    assert_eq!(to.get(&token).await.unwrap(), Some(Secret::new("renewed since")), "a renewed token stays");
    assert_eq!(to.get(&headers).await.unwrap(), Some(Secret::new("brought")), "what was missing is taken");
    assert_ne!(theirs, ours, "each ledger has its own key");
    assert_eq!(
        to.database_key().await.unwrap(),
        ours,
        "and the key of this folder's ledger is never exchanged"
    );
}

#[tokio::test]
async fn a_vault_put_aside_makes_room_and_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    Vault::put_aside(folder.path()).await.unwrap();
    Vault::create(folder.path(), passphrase("forgotten")).await.unwrap();
    Vault::put_aside(folder.path()).await.unwrap();
    assert_eq!(Vault::inspect(folder.path()).await.unwrap(), None, "a new one can be made");
    Vault::create(folder.path(), passphrase("another")).await.unwrap();
    Vault::put_back(folder.path()).await.unwrap();
    assert!(Vault::open(folder.path(), passphrase("forgotten")).await.is_ok(), "nothing was thrown away");
}
