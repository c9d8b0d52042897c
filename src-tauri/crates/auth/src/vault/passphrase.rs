//! From a passphrase to a key: Argon2id with a salt and costs that stand in the file.

use argon2::{Algorithm, Argon2, Params, Version};
use base64::{Engine, engine::general_purpose::STANDARD_NO_PAD};
use leadferry_model::Secret;
use rand::Rng;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::VaultError;
use super::key::{KEY_BYTES, Key};

/// More memory than this is not asked for by any file of ours; a changed file must not be able to exhaust the computer.
const MOST_MEMORY_KIB: u32 = 1 << 20;
const MOST_PASSES: u32 = 64;
const MOST_LANES: u32 = 16;

/// What the person types, or keeps in a file or variable.
#[derive(Clone, Debug)]
pub struct Passphrase {
    text: Secret,
    cost: Cost,
}

impl Passphrase {
    /// With the recommended cost. A line end at the end is not part of it: files and pipes add one.
    pub fn new(text: &Secret) -> Result<Self, VaultError> {
        Self::with_cost(text, Cost::default())
    }

    /// With another cost for vaults made from it. Opening uses the cost in the file.
    pub fn with_cost(text: &Secret, cost: Cost) -> Result<Self, VaultError> {
        let text = text.expose().trim_end_matches(['\r', '\n']);
        if text.is_empty() {
            return Err(VaultError::EmptyPassphrase);
        }
        Ok(Self { text: Secret::new(text), cost })
    }

    /// A recipe with a fresh salt.
    pub(crate) fn recipe(&self) -> Recipe {
        let mut salt = [0; 16];
        rand::rng().fill_bytes(&mut salt);
        Recipe {
            salt: STANDARD_NO_PAD.encode(salt),
            memory_kib: self.cost.memory_kib,
            passes: self.cost.passes,
            lanes: self.cost.lanes,
        }
    }

    /// The key this passphrase gives. Takes about a fifth of a second on purpose: never on an async thread.
    pub(crate) fn key(&self, recipe: &Recipe) -> Result<Key, VaultError> {
        if recipe.memory_kib > MOST_MEMORY_KIB || recipe.passes > MOST_PASSES || recipe.lanes > MOST_LANES {
            return Err(VaultError::Damaged);
        }
        let params = Params::new(recipe.memory_kib, recipe.passes, recipe.lanes, Some(KEY_BYTES))
            .map_err(|_| VaultError::Damaged)?;
        let salt = STANDARD_NO_PAD.decode(&recipe.salt).map_err(|_| VaultError::Damaged)?;
        let mut key = Zeroizing::new([0; KEY_BYTES]);
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into(self.text.expose().as_bytes(), &salt, key.as_mut_slice())
            .map_err(|_| VaultError::Damaged)?;
        Ok(Key::from_bytes(key))
    }
}

/// How hard guessing is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cost {
    /// Memory in KiB.
    pub memory_kib: u32,
    /// Passes over it.
    pub passes: u32,
    /// Lanes.
    pub lanes: u32,
}

impl Default for Cost {
    /// 64 MiB and three passes: the memory and passes of the second recommendation in
    /// [RFC 9106 §4](https://www.rfc-editor.org/rfc/rfc9106#section-4), in one lane, since it is computed on one thread.
    fn default() -> Self {
        Self { memory_kib: 64 * 1024, passes: 3, lanes: 1 }
    }
}

/// Everything but the passphrase. Stands in the file's header.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Recipe {
    salt: String,
    memory_kib: u32,
    passes: u32,
    lanes: u32,
}
