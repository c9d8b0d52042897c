//! The mapping engine: makes a destination's fields out of a captured lead's.
//!
//! A [`Mapping`] is data. [`check`] says what is wrong with it while it is edited, [`Compiled`] makes it ready to run, and
//! [`Compiled::apply`] turns one lead into a [`Mapped`] with every value on the way. [`merge`] then leaves out what the
//! destination's record must keep. Beside it stand [`suggest`] and [`templates`] for beginning a mapping, and
//! [`identity`] for the keys people are matched by.
//!
//! **Architecture Invariant:** pure functions. Nothing here reads a file, a clock, a database or the network, and nothing is
//! async; the same lead and the same mapping always give the same record. (Time zones come from the operating system's
//! zone database, which `jiff` reads.)
//!
//! **Architecture Invariant:** nothing here knows a vendor. What a destination wants is said by its described fields.
//!
//! What is deliberately not here: scores, triggers and conflict rules between two systems.

pub mod check;
pub mod compile;
pub mod condition;
mod country;
pub mod diff;
mod fit;
pub mod formula;
pub mod guess;
pub mod identity;
pub mod kinds;
pub mod mapped;
pub mod merge;
pub mod problem;
pub mod read;
pub mod rule;
pub mod suggest;
pub mod synonyms;
pub mod template;
pub mod transform;
pub mod words;

pub use check::check;
pub use compile::Compiled;
pub use condition::Condition;
pub use diff::diff;
pub use guess::{SourceField, describe_source, guess_kind};
pub use identity::{Hints, Identity, identity};
pub use kinds::{Compatible, compatibility};
pub use mapped::{Mapped, MappedField, Step, Warning, WarningCode};
pub use merge::{Merged, SkipReason, Skipped, merge};
pub use problem::{Fix, Problem, ProblemCode, Severity};
pub use read::email::{Email, normalise_email};
pub use read::name::{Name, split_name};
pub use read::phone::{Phone, PhoneStatus, normalise_international, normalise_phone};
pub use rule::{
    DateOrder, DecimalStyle, Defaults, Direction, FORMAT, Mapping, Overwrite, ReadError, Rule, Source,
};
pub use suggest::{HIGH_CONFIDENCE, Suggestion, suggest};
pub use template::{Template, templates};
pub use transform::{DateFormat, NamePart, Rest, Transform, Translation};
pub use words::normalised;
