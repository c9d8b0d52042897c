//! Reading what people and other systems write: phone numbers, e-mail addresses, names, amounts, dates, yes and no.
//!
//! Each reader either understands its text for certain or says in plain words why not; none of them guesses.

pub(crate) mod amount;
pub(crate) mod boolean;
pub(crate) mod case;
pub(crate) mod currency;
pub mod email;
pub(crate) mod moment;
pub mod name;
pub mod phone;
mod phone_parts;
