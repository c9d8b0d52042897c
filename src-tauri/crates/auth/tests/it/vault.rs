//! The vault file: what it keeps, what it refuses, and what it survives.

use leadferry_auth::vault::{EntryName, KeyKind, KeySource, Keychain, Vault};
use leadferry_model::{ConnectionId, Secret};
use tempfile::TempDir;

use crate::support::{connection, passphrase};

fn mock_keychain() -> (KeySource, std::sync::Arc<keyring_core::mock::Store>) {
    let store = keyring_core::mock::Store::new().unwrap();
    (KeySource::Keychain(Keychain::with_store(store.clone())), store)
}

/// The id of the keychain entry the file names.
fn key_id(folder: &TempDir) -> String {
    let text = std::fs::read_to_string(folder.path().join("secrets.vault")).unwrap();
    let json: serde_json::Value = serde_json::from_str(text.split_once('\n').unwrap().1).unwrap();
    json["key"]["id"].as_str().unwrap().to_owned()
}

async fn word(
    opening: impl Future<Output = Result<Vault, leadferry_auth::vault::VaultError>>,
) -> &'static str {
    opening.await.unwrap_err().word()
}

#[tokio::test]
async fn a_secret_survives_closing_and_opening() {
    let folder = tempfile::tempdir().unwrap();
    let vault = Vault::create(folder.path(), passphrase("correct horse")).await.unwrap();
    vault.put(&EntryName::token(&connection()), &Secret::new("hush")).await.unwrap();
    drop(vault);
    let file = std::fs::read_to_string(folder.path().join("secrets.vault")).unwrap();
    assert!(!file.contains("hush") && !file.contains("correct horse"), "neither stands in clear");
    assert_eq!(Vault::inspect(folder.path()).await.unwrap(), Some(KeyKind::Passphrase), "the file says how");
    let vault = Vault::open(folder.path(), passphrase("correct horse\n")).await.unwrap();
    assert_eq!(
        vault.get(&EntryName::token(&connection())).await.unwrap(),
        Some(Secret::new("hush")),
        "and a line end from a file is no part of the passphrase"
    );
}

#[tokio::test]
async fn two_processes_see_each_others_changes() {
    let folder = tempfile::tempdir().unwrap();
    let window = Vault::create(folder.path(), passphrase("p")).await.unwrap();
    let command = Vault::open(folder.path(), passphrase("p")).await.unwrap();
    let (one, two) = (ConnectionId::new("one"), ConnectionId::new("two"));
    let writes = (0..20).map(|n| {
        let (vault, id) =
            if n % 2 == 0 { (window.clone(), one.clone()) } else { (command.clone(), two.clone()) };
        tokio::spawn(async move {
            vault.put(&EntryName::setting(&id, &n.to_string()), &Secret::new("v")).await.unwrap();
        })
    });
    for write in writes.collect::<Vec<_>>() {
        write.await.unwrap();
    }
    for n in 0..20 {
        let id = if n % 2 == 0 { &one } else { &two };
        let found = window.get(&EntryName::setting(id, &n.to_string())).await.unwrap();
        assert!(found.is_some(), "write {n} must not be lost to the other process");
    }
    command.forget(&two).await.unwrap();
    assert_eq!(window.get(&EntryName::setting(&two, "1")).await.unwrap(), None, "gone for both");
    assert!(window.get(&EntryName::setting(&one, "0")).await.unwrap().is_some(), "others stay");
}

#[tokio::test(start_paused = true)]
async fn a_lease_counts_among_processes() {
    let folder = tempfile::tempdir().unwrap();
    let window = Vault::create(folder.path(), passphrase("p")).await.unwrap();
    let command = Vault::open(folder.path(), passphrase("p")).await.unwrap();
    let held = window.lease("renew c1").await.unwrap();
    let second = std::time::Duration::from_secs(1);
    for vault in [&window, &command] {
        let waited = tokio::time::timeout(second, vault.lease("renew c1")).await;
        assert!(waited.is_err(), "one at a time, here and elsewhere");
    }
    command.put(&EntryName::token(&connection()), &Secret::new("x")).await.unwrap();
    drop(held);
    assert!(command.lease("renew c1").await.is_ok(), "given back");
}

#[tokio::test]
async fn the_database_key_is_made_once() {
    let folder = tempfile::tempdir().unwrap();
    let vault = Vault::create(folder.path(), passphrase("p")).await.unwrap();
    let (first, again) = tokio::join!(vault.database_key(), vault.database_key());
    let first = first.unwrap();
    assert_eq!(first, again.unwrap(), "two at once agree");
    assert_ne!(*first, [0; 32], "and it is random");
    vault.exchange_key(passphrase("q")).await.unwrap();
    let vault = Vault::open(folder.path(), passphrase("q")).await.unwrap();
    assert_eq!(vault.database_key().await.unwrap(), first, "a new passphrase must not lock the ledger");
}

#[tokio::test]
async fn a_wrong_passphrase_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let vault = Vault::create(folder.path(), passphrase("right")).await.unwrap();
    vault.put(&EntryName::token(&connection()), &Secret::new("hush")).await.unwrap();
    let before = std::fs::read(folder.path().join("secrets.vault")).unwrap();
    assert_eq!(
        word(Vault::open(folder.path(), passphrase("wrong"))).await,
        "wrong_passphrase",
        "told as such"
    );
    assert_eq!(
        word(Vault::create(folder.path(), passphrase("wrong"))).await,
        "vault_exists",
        "never over it"
    );
    let after = std::fs::read(folder.path().join("secrets.vault")).unwrap();
    assert_eq!(before, after, "the file is as it was");
}

#[tokio::test]
async fn a_locked_keychain_over_a_vault_keeps_the_vault() {
    let folder = tempfile::tempdir().unwrap();
    let (unlocked, store) = mock_keychain();
    let vault = Vault::create(folder.path(), unlocked.clone()).await.unwrap();
    vault.put(&EntryName::token(&connection()), &Secret::new("hush")).await.unwrap();
    let before = std::fs::read(folder.path().join("secrets.vault")).unwrap();

    let (locked, _) = mock_keychain(); // says NoEntry, as a locked Secret Service does
    assert_eq!(
        word(Vault::open(folder.path(), locked.clone())).await,
        "keychain_locked",
        "not a fresh start"
    );
    assert_eq!(word(Vault::create(folder.path(), locked)).await, "vault_exists", "nor a new key over it");

    let entry = keyring_core::api::CredentialStoreApi::build(
        store.as_ref(),
        "Leadferry",
        &format!("vault {}", key_id(&folder)),
        None,
    )
    .unwrap();
    let refusing: &keyring_core::mock::Cred = entry.as_any().downcast_ref().unwrap();
    refusing.set_error(keyring_core::Error::NoStorageAccess("the collection is locked".into()));
    assert_eq!(word(Vault::open(folder.path(), unlocked.clone())).await, "keychain_locked", "said outright");

    let after = std::fs::read(folder.path().join("secrets.vault")).unwrap();
    assert_eq!(before, after, "the file is as it was");
    let vault = Vault::open(folder.path(), unlocked).await.unwrap();
    let kept = vault.get(&EntryName::token(&connection())).await.unwrap();
    assert_eq!(kept, Some(Secret::new("hush")), "unlocked again, everything is there");
}

#[tokio::test]
async fn another_key_in_the_keychain_does_not_open_it() {
    let folder = tempfile::tempdir().unwrap();
    let (keychain, store) = mock_keychain();
    Vault::create(folder.path(), keychain.clone()).await.unwrap();
    let user = format!("vault {}", key_id(&folder));
    let entry =
        keyring_core::api::CredentialStoreApi::build(store.as_ref(), "Leadferry", &user, None).unwrap();
    assert!(entry.get_secret().unwrap().len() <= 64, "far below the 2,560 bytes of Windows");
    entry.set_secret("A".repeat(43).as_bytes()).unwrap();
    assert_eq!(word(Vault::open(folder.path(), keychain.clone())).await, "wrong_key", "32 bytes, but others");
    entry.set_secret(b"short").unwrap();
    assert_eq!(word(Vault::open(folder.path(), keychain)).await, "wrong_key", "not a key at all");
}

#[tokio::test]
async fn a_key_that_could_not_be_kept_makes_no_vault() {
    #[derive(Debug)]
    struct Forgetful(std::sync::Arc<keyring_core::mock::Store>, std::sync::atomic::AtomicUsize);
    impl keyring_core::api::CredentialStoreApi for Forgetful {
        fn vendor(&self) -> String {
            "forgetful".into()
        }
        fn id(&self) -> String {
            "forgetful".into()
        }
        fn build(
            &self,
            service: &str,
            _: &str,
            _: Option<&std::collections::HashMap<&str, &str>>,
        ) -> keyring_core::Result<keyring_core::Entry> {
            let n = self.1.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
            self.0.build(service, &n.to_string(), None)
        }
        fn as_any(&self) -> &dyn std::any::Any {
            self
        }
    }
    let folder = tempfile::tempdir().unwrap();
    let store = Forgetful(keyring_core::mock::Store::new().unwrap(), 0.into());
    let keychain = Keychain::with_store(std::sync::Arc::new(store));
    assert_eq!(
        word(Vault::create(folder.path(), KeySource::Keychain(keychain))).await,
        "keychain_locked",
        "found out in time"
    );
    assert_eq!(Vault::inspect(folder.path()).await.unwrap(), None, "no file depends on a key that is gone");
}

#[tokio::test]
async fn the_key_moves_between_keychain_and_passphrase() {
    let folder = tempfile::tempdir().unwrap();
    let (keychain, store) = mock_keychain();
    let vault = Vault::create(folder.path(), keychain.clone()).await.unwrap();
    let name = EntryName::client_secret(&connection());
    vault.put(&name, &Secret::new("hush")).await.unwrap();
    let first_id = key_id(&folder);

    vault.exchange_key(keychain.clone()).await.unwrap();
    let second_id = key_id(&folder);
    assert_ne!(first_id, second_id, "rotated");
    let old = keyring_core::api::CredentialStoreApi::build(
        store.as_ref(),
        "Leadferry",
        &format!("vault {first_id}"),
        None,
    )
    .unwrap();
    assert!(
        matches!(old.get_secret(), Err(keyring_core::Error::NoEntry)),
        "the old key is gone from the keychain"
    );

    vault.exchange_key(passphrase("p")).await.unwrap();
    assert_eq!(vault.kind(), Some(KeyKind::Passphrase), "moved");
    assert_eq!(
        word(Vault::open(folder.path(), keychain.clone())).await,
        "opens_otherwise",
        "said, not guessed"
    );
    vault.exchange_key(keychain.clone()).await.unwrap();
    let vault = Vault::open(folder.path(), keychain).await.unwrap();
    assert_eq!(vault.get(&name).await.unwrap(), Some(Secret::new("hush")), "through every move");
}

#[tokio::test]
async fn another_process_may_exchange_the_key_meanwhile() {
    let folder = tempfile::tempdir().unwrap();
    let (keychain, _) = mock_keychain();
    let window = Vault::create(folder.path(), keychain.clone()).await.unwrap();
    let command = Vault::open(folder.path(), keychain.clone()).await.unwrap();
    let name = EntryName::token(&connection());
    command.exchange_key(keychain).await.unwrap();
    window.put(&name, &Secret::new("hush")).await.unwrap();
    assert_eq!(
        command.get(&name).await.unwrap(),
        Some(Secret::new("hush")),
        "a rotated key is fetched again"
    );
    command.exchange_key(passphrase("p")).await.unwrap();
    assert_eq!(
        window.get(&name).await.unwrap_err().word(),
        "key_changed",
        "a passphrase nobody told it is not guessed"
    );
}

#[tokio::test]
async fn damage_is_told_from_a_newer_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("secrets.vault");
    let vault = Vault::create(folder.path(), passphrase("p")).await.unwrap();
    vault.put(&EntryName::token(&connection()), &Secret::new("hush")).await.unwrap();
    let good = std::fs::read_to_string(&path).unwrap();

    for (what, text) in [
        ("cut", good[..good.len() / 2].to_owned()),
        ("empty", String::new()),
        ("changed", good.replace("connection", "connexion")),
        ("foreign", "hello\nworld".to_owned()),
    ] {
        std::fs::write(&path, text).unwrap();
        assert_eq!(word(Vault::open(folder.path(), passphrase("p"))).await, "vault_damaged", "{what}");
    }
    std::fs::write(&path, good.replacen("leadferry-vault 1 ", "leadferry-vault 9 ", 1)).unwrap();
    assert_eq!(
        word(Vault::open(folder.path(), passphrase("p"))).await,
        "vault_newer",
        "not damage: an update helps"
    );
    std::fs::remove_file(&path).unwrap();
    assert_eq!(word(Vault::open(folder.path(), passphrase("p"))).await, "no_vault", "nothing there yet");
    assert_eq!(
        vault.put(&EntryName::token(&connection()), &Secret::new("x")).await.unwrap_err().word(),
        "no_vault",
        "a vault removed under us is not made again in silence"
    );
}

#[tokio::test]
async fn what_a_crash_left_beside_the_vault_is_no_obstacle() {
    let folder = tempfile::tempdir().unwrap();
    let vault = Vault::create(folder.path(), passphrase("p")).await.unwrap();
    let name = EntryName::token(&connection());
    vault.put(&name, &Secret::new("old")).await.unwrap();
    std::fs::write(folder.path().join("secrets.vault.new"), b"half of a").unwrap();
    let vault = Vault::open(folder.path(), passphrase("p")).await.unwrap();
    assert_eq!(vault.get(&name).await.unwrap(), Some(Secret::new("old")), "the file before the crash counts");
    vault.put(&name, &Secret::new("new")).await.unwrap();
    assert_eq!(vault.get(&name).await.unwrap(), Some(Secret::new("new")), "and is replaced as usual");
}

#[tokio::test]
async fn an_empty_passphrase_is_refused() {
    let empty = leadferry_auth::vault::Passphrase::new(&Secret::new("\n"));
    assert_eq!(empty.unwrap_err().word(), "empty_passphrase", "an empty file or variable protects nothing");
}

#[tokio::test]
async fn the_recommended_cost_opens_what_it_closed() {
    let folder = tempfile::tempdir().unwrap();
    let source = || KeySource::Passphrase(leadferry_auth::vault::Passphrase::new(&Secret::new("p")).unwrap());
    Vault::create(folder.path(), source()).await.unwrap();
    let file = std::fs::read_to_string(folder.path().join("secrets.vault")).unwrap();
    assert!(file.contains("\"memory_kib\": 65536"), "64 MiB, written down for the next opening");
    assert!(Vault::open(folder.path(), source()).await.is_ok(), "the same cost, the same key");
}

#[tokio::test]
async fn errors_say_what_to_do() {
    use leadferry_auth::vault::VaultError;
    let errors = [
        VaultError::NoKeychain(None),
        VaultError::KeychainLocked,
        VaultError::WrongPassphrase,
        VaultError::Damaged,
        VaultError::Newer { found: 2 },
        VaultError::DiskFull,
        VaultError::WrongKey,
        VaultError::Missing,
    ];
    for error in errors {
        let words = error.to_string();
        assert!(words.matches(['.', ';']).count() >= 2, "a cause and a next step: {words}");
        for banned in ["nvalid", "ailed to", "ops", "Please", "please", "!"] {
            assert!(!words.contains(banned), "not in our voice ({banned}): {words}");
        }
    }
}
