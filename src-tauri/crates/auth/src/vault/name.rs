//! What a secret in the vault is called. Names stand in the file in clear, so none holds anything about a person.

use std::fmt;

use leadferry_model::ConnectionId;

/// The name of one secret.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct EntryName(String);

impl EntryName {
    /// The key of the ledger's database.
    pub(crate) fn database_key() -> Self {
        Self("database key".into())
    }

    /// What an OAuth sign-in gave.
    pub fn oauth_tokens(connection: &ConnectionId) -> Self {
        Self::of(connection, "oauth tokens")
    }

    /// A pasted token.
    pub fn token(connection: &ConnectionId) -> Self {
        Self::of(connection, "token")
    }

    /// The password of HTTP Basic.
    pub fn password(connection: &ConnectionId) -> Self {
        Self::of(connection, "password")
    }

    /// Headers a person set.
    pub fn headers(connection: &ConnectionId) -> Self {
        Self::of(connection, "headers")
    }

    /// The secret of the person's own OAuth app. Its id is no secret and stands with the connection.
    pub fn client_secret(connection: &ConnectionId) -> Self {
        Self::of(connection, "client secret")
    }

    /// The private key an app signs its statements with.
    pub fn private_key(connection: &ConnectionId) -> Self {
        Self::of(connection, "private key")
    }

    /// A setting the spec marks as secret.
    pub fn setting(connection: &ConnectionId, setting: &str) -> Self {
        Self::of(connection, &format!("setting {setting}"))
    }

    /// Whether the secret belongs to `connection`.
    pub(crate) fn belongs_to(name: &str, connection: &ConnectionId) -> bool {
        name.starts_with(&Self::of(connection, "").0)
    }

    /// The name as it stands in the file.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn of(connection: &ConnectionId, what: &str) -> Self {
        // The length first, so that no connection's id can be the beginning of another's.
        Self(format!("connection {} {connection} {what}", connection.as_str().len()))
    }
}

impl fmt::Display for EntryName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_connection_owns_only_its_own_secrets() {
        let short = ConnectionId::new("a");
        let long = ConnectionId::new("a b");
        assert!(EntryName::belongs_to(EntryName::token(&short).as_str(), &short), "its own");
        assert!(
            !EntryName::belongs_to(EntryName::token(&long).as_str(), &short),
            "an id that begins alike is another connection"
        );
    }
}
