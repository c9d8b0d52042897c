//! The real keychain, where there is one. `tests/with-keyring.sh` starts one for machines without a desktop.

use leadferry_auth::vault::{EntryName, KeyKind, KeySource, Keychain, Vault, VaultError};
use leadferry_model::Secret;

use crate::support::{connection, passphrase};

#[tokio::test]
async fn the_real_keychain_opens_what_it_closed() {
    let keychain = match Keychain::system().await {
        Ok(keychain) => keychain,
        Err(VaultError::NoKeychain(_)) => {
            eprintln!("skipped: no secret service");
            return;
        }
        Err(error) => panic!("the keychain is there but does not work: {error}"),
    };
    let folder = tempfile::tempdir().unwrap();
    let source = KeySource::Keychain(keychain);
    let vault = match Vault::create(folder.path(), source.clone()).await {
        Ok(vault) => vault,
        Err(VaultError::KeychainLocked | VaultError::Keychain(_))
            if std::env::var_os("KEYRING_MUST_WORK").is_none() =>
        {
            eprintln!("skipped: no unlocked secret service");
            return;
        }
        Err(error) => panic!("{error}"),
    };
    let name = EntryName::token(&connection());
    vault.put(&name, &Secret::new("hush")).await.unwrap();
    let again = Vault::open(folder.path(), source.clone()).await.unwrap();
    assert_eq!(
        again.get(&name).await.unwrap(),
        Some(Secret::new("hush")),
        "the key came back from the keychain"
    );
    again.exchange_key(source.clone()).await.unwrap();
    assert_eq!(vault.get(&name).await.unwrap(), Some(Secret::new("hush")), "also after rotation by another");
    again.exchange_key(passphrase("p")).await.unwrap();
    assert_eq!(again.kind(), Some(KeyKind::Passphrase), "moved away, which clears the keychain");
    eprintln!("ran against the real keychain");
}
