//! Webhooks: how a vendor is asked to call when something changes, and how its call is told from anybody else's.
//!
//! A call is a hint and nothing more: it says that the change feed is worth a look now. One that is lost costs the wait until the next
//! look, and one that is forged costs one look, so no record is ever taken from it.

use leadferry_model::{Secret, Timestamp};

/// Whether the vendor calls when records change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hooks {
    /// Its API can be asked to.
    Subscribed(HookProof),
    /// It does not, or not for us: changes are read at intervals. Why, as a sentence for people.
    Polled(&'static str),
}

/// How a vendor shows that a call is its own: it gives back the secret it was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HookProof {
    /// As the password of Basic authentication, with this user name.
    Basic(&'static str),
    /// In this field of the call's JSON body.
    BodyField(&'static str),
}

/// What is to be called, and about what.
#[derive(Clone, Copy, Debug)]
pub struct HookOrder<'a> {
    /// The object whose records are watched.
    pub object: &'a str,
    /// The https address to call. Its path is unguessable and tells no other connection.
    pub address: &'a str,
    /// What the call has to show.
    pub secret: &'a Secret,
}

/// A webhook as the vendor has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hook {
    /// The vendor's id.
    pub id: String,
    /// The object, in the words of the spec; what else is watched is empty.
    pub object: String,
    /// The address that is called.
    pub address: String,
    /// When the vendor forgets it, if it does.
    pub expires_at: Option<Timestamp>,
}
