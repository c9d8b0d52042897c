//! Between columns and the types of the model: times as microseconds, ids as text, everything nested as JSON.

use jiff::Timestamp;
use rusqlite::types::Type;
use rusqlite::{Row, RowIndex};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// A moment as it is kept.
pub(crate) fn micros(moment: Timestamp) -> i64 {
    moment.as_microsecond()
}

/// A count as it is kept.
pub(crate) fn count(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// A value as the JSON it is kept as.
pub(crate) fn to_json<T: Serialize + ?Sized>(value: &T) -> String {
    serde_json::to_string(value).expect("BUG: the ledger keeps only types that serialise")
}

/// A list of row ids for `json_each`.
pub(crate) fn id_list(ids: impl IntoIterator<Item = i64>) -> String {
    to_json(&ids.into_iter().collect::<Vec<_>>())
}

/// Typed reading of columns.
pub(crate) trait Columns {
    /// A moment.
    fn moment(&self, name: &str) -> rusqlite::Result<Timestamp>;
    /// A moment, if there is one.
    fn maybe_moment(&self, name: &str) -> rusqlite::Result<Option<Timestamp>>;
    /// JSON of a known type.
    fn json<T: DeserializeOwned>(&self, name: &str) -> rusqlite::Result<T>;
    /// JSON of a known type, if there is any.
    fn maybe_json<T: DeserializeOwned>(&self, name: &str) -> rusqlite::Result<Option<T>>;
    /// Text turned into a closed set of words.
    fn word<T>(&self, name: &str, parse: impl FnOnce(&str) -> Option<T>) -> rusqlite::Result<T>;
    /// An id of text.
    fn id<T>(&self, name: &str, wrap: impl FnOnce(String) -> T) -> rusqlite::Result<T>;
}

impl Columns for Row<'_> {
    fn moment(&self, name: &str) -> rusqlite::Result<Timestamp> {
        Timestamp::from_microsecond(self.get(name)?).map_err(|_| unreadable(self, name, Type::Integer))
    }

    fn maybe_moment(&self, name: &str) -> rusqlite::Result<Option<Timestamp>> {
        let kept: Option<i64> = self.get(name)?;
        kept.map(|kept| Timestamp::from_microsecond(kept).map_err(|_| unreadable(self, name, Type::Integer)))
            .transpose()
    }

    fn json<T: DeserializeOwned>(&self, name: &str) -> rusqlite::Result<T> {
        let kept = self.get_ref(name)?.as_str().map_err(|_| unreadable(self, name, Type::Text))?;
        serde_json::from_str(kept).map_err(|_| unreadable(self, name, Type::Text))
    }

    fn maybe_json<T: DeserializeOwned>(&self, name: &str) -> rusqlite::Result<Option<T>> {
        let kept = self.get_ref(name)?.as_str_or_null().map_err(|_| unreadable(self, name, Type::Text))?;
        kept.map(|kept| serde_json::from_str(kept).map_err(|_| unreadable(self, name, Type::Text)))
            .transpose()
    }

    fn word<T>(&self, name: &str, parse: impl FnOnce(&str) -> Option<T>) -> rusqlite::Result<T> {
        let kept = self.get_ref(name)?.as_str().map_err(|_| unreadable(self, name, Type::Text))?;
        parse(kept).ok_or_else(|| unreadable(self, name, Type::Text))
    }

    fn id<T>(&self, name: &str, wrap: impl FnOnce(String) -> T) -> rusqlite::Result<T> {
        Ok(wrap(self.get(name)?))
    }
}

/// Names the column and leaves the value out: values are people's data.
fn unreadable(row: &Row<'_>, name: &str, kind: Type) -> rusqlite::Error {
    let index = name.idx(row.as_ref()).unwrap_or_default();
    rusqlite::Error::InvalidColumnType(index, name.to_owned(), kind)
}

/// Defines an enum kept as a word, with `as_str`, `parse` and the words in one place.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $name {
            $($(#[$variant_doc])* $variant),+
        }

        impl $name {
            /// The word kept in the ledger.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $word),+
                }
            }

            /// Reads the word kept in the ledger.
            pub fn parse(word: &str) -> Option<Self> {
                match word {
                    $($word => Some(Self::$variant),)+
                    _ => None,
                }
            }
        }
    };
}
pub(crate) use words;
