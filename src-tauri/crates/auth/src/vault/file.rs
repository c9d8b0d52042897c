//! The vault's file: its form, and reading and changing it among several processes.
//!
//! The first line names format and checksum, so that a damaged file, a newer one and a wrong passphrase are told apart; the rest
//! is JSON. Writers hold an exclusive lock of the operating system on a file beside it (the vault itself is replaced by each
//! write, and a lock on it would go with the old one), readers a shared lock.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use leadferry_failpoint::fail_point;
use rand::Rng;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::key::{Key, KeyKind, KeyRecord};
use super::sealed::Sealed;
use super::{KeySource, VaultError, disk};

const MAGIC: &str = "leadferry-vault";
const FORMAT: u32 = 1;
/// Sealed in every file, so that a wrong key is noticed before anything is written with it.
const CHECK: &str = "check";

/// What the file holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Document {
    key: KeyRecord,
    check: Sealed,
    pub(super) entries: BTreeMap<String, Sealed>,
}

impl Document {
    /// How it opens.
    pub(super) fn key(&self) -> &KeyRecord {
        &self.key
    }

    pub(super) fn new(record: KeyRecord, key: &Key) -> Self {
        Self { check: Sealed::seal(key, CHECK, b""), key: record, entries: BTreeMap::new() }
    }

    pub(super) fn parse(bytes: &[u8]) -> Result<Self, VaultError> {
        let text = str::from_utf8(bytes).map_err(|_| VaultError::Damaged)?;
        let (first, body) = text.split_once('\n').ok_or(VaultError::Damaged)?;
        let mut words = first.split(' ');
        let (magic, format, checksum) = (words.next(), words.next(), words.next());
        let format: u32 = format.and_then(|word| word.parse().ok()).ok_or(VaultError::Damaged)?;
        if magic != Some(MAGIC) || format == 0 {
            return Err(VaultError::Damaged);
        }
        if format > FORMAT {
            return Err(VaultError::Newer { found: format });
        }
        if checksum != Some(&hex(&Sha256::digest(body))) {
            return Err(VaultError::Damaged);
        }
        serde_json::from_str(body).map_err(|_| VaultError::Damaged)
    }

    pub(super) fn format(&self) -> Vec<u8> {
        let body = serde_json::to_string_pretty(self).expect("BUG: text and maps of text are always JSON");
        format!("{MAGIC} {FORMAT} {}\n{body}", hex(&Sha256::digest(&body))).into_bytes()
    }

    pub(super) fn opens_with(&self, key: &Key) -> Result<(), VaultError> {
        match (self.check.open(key, CHECK), self.key.kind()) {
            (Some(_), _) => Ok(()),
            (None, KeyKind::Keychain) => Err(VaultError::WrongKey),
            (None, KeyKind::Passphrase) => Err(VaultError::WrongPassphrase),
        }
    }

    /// The same secrets under another key.
    pub(super) fn under(&self, record: KeyRecord, old: &Key, new: &Key) -> Result<Self, VaultError> {
        let mut document = Self::new(record, new);
        for (name, sealed) in &self.entries {
            let secret = sealed.open(old, name).ok_or(VaultError::Damaged)?;
            document.entries.insert(name.clone(), Sealed::seal(new, name, &secret));
        }
        Ok(document)
    }
}

/// An opened vault file. Everything blocks.
pub(super) struct VaultFile {
    path: PathBuf,
    opened: Mutex<Opened>,
}

struct Opened {
    source: KeySource,
    record: KeyRecord,
    key: Key,
}

impl VaultFile {
    /// How the vault in `folder` opens; `None` if there is none.
    pub(super) fn inspect(folder: &Path) -> Result<Option<KeyKind>, VaultError> {
        let path = path_in(folder);
        if !path.try_exists()? {
            return Ok(None);
        }
        let _lock = lock(&path, File::lock_shared)?;
        Ok(Some(load(&path)?.key.kind()))
    }

    /// Makes a vault where there is none.
    pub(super) fn create(folder: &Path, source: KeySource) -> Result<Self, VaultError> {
        let path = path_in(folder);
        let _lock = lock(&path, File::lock)?;
        if path.try_exists()? {
            return Err(VaultError::AlreadyThere);
        }
        let (record, key) = fresh_key(&source)?;
        fail_point!("vault.key");
        save(&path, &Document::new(record.clone(), &key)).inspect_err(|_| forget_key(&source, &record))?;
        Ok(Self { path, opened: Mutex::new(Opened { source, record, key }) })
    }

    /// Opens the vault that is there.
    pub(super) fn open(folder: &Path, source: KeySource) -> Result<Self, VaultError> {
        let path = path_in(folder);
        if !path.try_exists()? {
            return Err(VaultError::Missing);
        }
        let _lock = lock(&path, File::lock_shared)?;
        let document = load(&path)?;
        let key = known_key(&source, &document.key)?;
        document.opens_with(&key)?;
        Ok(Self { path, opened: Mutex::new(Opened { source, record: document.key, key }) })
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    pub(super) fn kind(&self) -> KeyKind {
        self.opened().record.kind()
    }

    pub(super) fn read<T>(
        &self,
        look: impl FnOnce(&Document, &Key) -> Result<T, VaultError>,
    ) -> Result<T, VaultError> {
        let _lock = lock(&self.path, File::lock_shared)?;
        let (document, key) = self.load()?;
        look(&document, &key)
    }

    /// Changes the content; nothing is written if `change` refuses or changes nothing.
    pub(super) fn change<T>(
        &self,
        change: impl FnOnce(&mut Document, &Key) -> Result<T, VaultError>,
    ) -> Result<T, VaultError> {
        let _lock = lock(&self.path, File::lock)?;
        let (before, key) = self.load()?;
        let mut after = before.clone();
        let result = change(&mut after, &key)?;
        if after != before {
            save(&self.path, &after)?;
        }
        Ok(result)
    }

    /// Closes the vault with a fresh key from `source`, whatever it opened with before.
    pub(super) fn exchange_key(&self, source: KeySource) -> Result<(), VaultError> {
        let _lock = lock(&self.path, File::lock)?;
        let (document, old) = self.load()?;
        let (record, key) = fresh_key(&source)?;
        document
            .under(record.clone(), &old, &key)
            .and_then(|document| save(&self.path, &document))
            .inspect_err(|_| forget_key(&source, &record))?;
        let mut opened = self.opened();
        forget_key(&opened.source, &opened.record);
        *opened = Opened { source, record, key };
        Ok(())
    }

    /// The content and the key that opens it, which another process may have exchanged.
    fn load(&self) -> Result<(Document, Key), VaultError> {
        let document = match load(&self.path) {
            Err(VaultError::File(error)) if error.kind() == io::ErrorKind::NotFound => {
                Err(VaultError::Missing)
            }
            other => other,
        }?;
        let mut opened = self.opened();
        if opened.record != document.key {
            let key = known_key(&opened.source, &document.key).map_err(|error| match error {
                VaultError::OpensWith { .. } => VaultError::KeyChanged,
                error => error,
            })?;
            document.opens_with(&key).map_err(|_| VaultError::KeyChanged)?;
            opened.record = document.key.clone();
            opened.key = key;
        }
        Ok((document, opened.key.clone()))
    }

    fn opened(&self) -> MutexGuard<'_, Opened> {
        self.opened.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn path_in(folder: &Path) -> PathBuf {
    folder.join("secrets.vault")
}

/// Gives the vault of `folder` another name.
pub(super) fn put_aside(folder: &Path) -> Result<(), VaultError> {
    let path = path_in(folder);
    rename(folder, &path, &aside_in(folder))
}

/// Gives it its name back.
pub(super) fn put_back(folder: &Path) -> Result<(), VaultError> {
    rename(folder, &aside_in(folder), &path_in(folder))
}

fn aside_in(folder: &Path) -> PathBuf {
    folder.join("replaced.vault")
}

fn rename(folder: &Path, from: &Path, to: &Path) -> Result<(), VaultError> {
    let _lock = lock(&path_in(folder), File::lock)?;
    match fs::rename(from, to) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}

fn lock(path: &Path, take: impl FnOnce(&File) -> io::Result<()>) -> Result<File, VaultError> {
    let file = lock_file(&path.with_extension("vault.lock"))?;
    take(&file)?;
    Ok(file)
}

/// Opens a lock file, making it if needed. The lock goes when the file is dropped, also when the process is killed.
pub(super) fn lock_file(path: &Path) -> io::Result<File> {
    File::options().read(true).write(true).create(true).truncate(false).open(path)
}

fn load(path: &Path) -> Result<Document, VaultError> {
    Document::parse(&fs::read(path)?)
}

fn save(path: &Path, document: &Document) -> Result<(), VaultError> {
    disk::stage(path, &document.format())?.commit()?;
    Ok(())
}

fn fresh_key(source: &KeySource) -> Result<(KeyRecord, Key), VaultError> {
    match source {
        KeySource::Keychain(keychain) => {
            let mut id = [0; 8];
            rand::rng().fill_bytes(&mut id);
            let (id, key) = (hex(&id), Key::random());
            keychain.keep(&id, &key)?;
            Ok((KeyRecord::Keychain { id }, key))
        }
        KeySource::Passphrase(passphrase) => {
            let recipe = passphrase.recipe();
            let key = passphrase.key(&recipe)?;
            Ok((KeyRecord::Passphrase(recipe), key))
        }
    }
}

fn known_key(source: &KeySource, record: &KeyRecord) -> Result<Key, VaultError> {
    match (source, record) {
        (KeySource::Keychain(keychain), KeyRecord::Keychain { id }) => keychain.load(id),
        (KeySource::Passphrase(passphrase), KeyRecord::Passphrase(recipe)) => passphrase.key(recipe),
        (_, record) => Err(VaultError::OpensWith { kept: record.kind() }),
    }
}

/// Clears a key no file names any more. A key that stays behind opens nothing, so failing is only worth a line in the log.
fn forget_key(source: &KeySource, record: &KeyRecord) {
    if let (KeySource::Keychain(keychain), KeyRecord::Keychain { id }) = (source, record)
        && let Err(error) = keychain.forget(id)
    {
        tracing::warn!(error = error.word(), "an old key stayed in the keychain; it opens nothing any more");
    }
}

pub(super) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        write!(text, "{byte:02x}").expect("BUG: writing to a string cannot fail");
        text
    })
}
