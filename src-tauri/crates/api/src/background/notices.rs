//! The catalogue of notifications: what happened, what it means, in one breath. Nothing personal, no codes.

use std::collections::BTreeMap;

use leadferry_model::{ConnectionId, SyncId};
use leadferry_store::{Reader, StoreError};
use leadferry_sync::Notice;

/// A notification in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Text {
    pub(crate) title: String,
    pub(crate) body: String,
}

/// What people call connections and syncs.
#[derive(Clone, Debug, Default)]
pub(crate) struct Names {
    connections: BTreeMap<ConnectionId, String>,
    syncs: BTreeMap<SyncId, String>,
}

impl Names {
    pub(crate) fn read(tx: &Reader<'_>) -> Result<Self, StoreError> {
        Ok(Self {
            connections: tx.connections()?.into_iter().map(|one| (one.id, one.name)).collect(),
            syncs: tx.syncs()?.into_iter().map(|one| (one.id, one.name)).collect(),
        })
    }

    fn connection(&self, id: &ConnectionId) -> &str {
        self.connections.get(id).map_or("A destination", String::as_str)
    }

    fn sync(&self, id: &SyncId) -> &str {
        self.syncs.get(id).map_or("a sync", String::as_str)
    }
}

/// The words for `notice`.
pub(crate) fn words(notice: &Notice, names: &Names) -> Text {
    let (title, body) = match notice {
        Notice::Down { connection, .. } => (
            format!("{} is not answering", names.connection(connection)),
            "New leads wait safely and go by themselves when it is back.".to_owned(),
        ),
        Notice::NoAccess { connection, .. } => (
            format!("{} needs you to sign in", names.connection(connection)),
            "Access ended. Leads wait safely and go by themselves once you have signed in.".to_owned(),
        ),
        Notice::Recovered { connection, .. } => (
            format!("{} is back", names.connection(connection)),
            "The leads that waited are on their way.".to_owned(),
        ),
        Notice::NewFailure { sync, cause, .. } => (
            format!("Some leads of {} stopped", names.sync(sync)),
            format!("{} Open to see what fixes them.", reason(cause)),
        ),
        Notice::Drift { connection, gone, .. } => (
            format!("Fields changed in {}", names.connection(connection)),
            match gone.len() {
                1 => "One field of your mapping is gone there. Open to choose another one.".to_owned(),
                many => format!("{many} fields of your mapping are gone there. Open to choose others."),
            },
        ),
    };
    Text { title, body }
}

/// A failure's kind in words.
fn reason(cause: &str) -> &'static str {
    match cause {
        "auth" => "Access ended.",
        "permission" => "A right is missing in the account.",
        "rate_limited" | "unavailable" | "busy" => "The destination did not take them in time.",
        "invalid" => "The destination does not accept some values.",
        "conflict" => "The destination has conflicting records.",
        "not_found" => "A record they belong to is gone.",
        _ => "The destination gave an unexpected answer.",
    }
}

#[cfg(test)]
mod tests {
    use leadferry_model::{FailureKind, Timestamp};

    use super::*;

    fn all() -> Vec<Notice> {
        let (connection, since) = (ConnectionId::new("c"), Timestamp::UNIX_EPOCH);
        let mut all = vec![
            Notice::Down { connection: connection.clone(), since },
            Notice::NoAccess { connection: connection.clone(), since },
            Notice::Recovered { connection: connection.clone(), since },
            Notice::Drift {
                connection: connection.clone(),
                object: "contacts".into(),
                gone: vec!["a".into()],
            },
            Notice::Drift { connection, object: "contacts".into(), gone: vec!["a".into(), "b".into()] },
        ];
        for cause in [
            "auth",
            "permission",
            "rate_limited",
            "unavailable",
            "busy",
            "invalid",
            "conflict",
            "not_found",
            "unexpected",
        ] {
            all.push(Notice::NewFailure {
                sync: SyncId::new("s"),
                group: "invalid|email".into(),
                cause: cause.into(),
            });
        }
        all
    }

    #[test]
    fn every_notification_is_short_plain_and_names_what_it_is_about() {
        let names = Names {
            connections: [(ConnectionId::new("c"), "Harbour CRM".to_owned())].into(),
            syncs: [(SyncId::new("s"), "Website leads".to_owned())].into(),
        };
        for notice in all() {
            let Text { title, body } = words(&notice, &names);
            let both = format!("{title} {body}");
            assert!(both.split_whitespace().count() <= 30, "at most 30 words: {both}");
            assert!(
                title.contains("Harbour CRM") || title.contains("Website leads"),
                "it says what it is about: {title}"
            );
            assert!(!both.contains(['|', '_', '{', '!']), "no codes and no shouting: {both}");
            assert!(!title.ends_with('.') && body.ends_with('.'), "a heading and sentences: {both}");
            for word in ["invalid", "failed to", "oops", "please", "error"] {
                assert!(!both.to_lowercase().contains(word), "“{word}” helps nobody: {both}");
            }
        }
    }

    #[test]
    fn every_kind_of_failure_has_its_own_reason() {
        assert_ne!(
            reason(FailureKind::Auth.word()),
            reason("anything else"),
            "the words are those of the model"
        );
        assert_ne!(
            reason(FailureKind::NotFound.word()),
            reason("anything else"),
            "the words are those of the model"
        );
    }
}
