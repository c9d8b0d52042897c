//! The catalogue of notifications: what happened, what it means, in one breath. Nothing personal, no codes.

use std::collections::BTreeMap;

use leadferry_model::failure::FieldProblem;
use leadferry_model::{ConnectionId, ObjectSchema, SyncId};
use leadferry_store::{Reader, StoreError};
use leadferry_sync::{Notice, NoticeFault};

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
    /// What each sync's destination calls its fields.
    schemas: BTreeMap<SyncId, ObjectSchema>,
}

impl Names {
    pub(crate) fn read(tx: &Reader<'_>) -> Result<Self, StoreError> {
        let syncs = tx.syncs()?;
        let mut schemas = BTreeMap::new();
        for sync in &syncs {
            if let Some((schema, _)) = tx.schema(&sync.destination, &sync.object)? {
                schemas.insert(sync.id.clone(), schema);
            }
        }
        Ok(Self {
            connections: tx.connections()?.into_iter().map(|one| (one.id, one.name)).collect(),
            syncs: syncs.into_iter().map(|one| (one.id, one.name)).collect(),
            schemas,
        })
    }

    fn field<'a>(&'a self, sync: &SyncId, name: &'a str) -> &'a str {
        let field = self.schemas.get(sync).and_then(|schema| schema.field(name));
        field.map_or(name, |field| field.label.as_str())
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
        Notice::NewFailure { sync, cause, fault, .. } => {
            let reason = match fault {
                Some(NoticeFault { field, problem }) => field_reason(names.field(sync, field), *problem),
                None => reason(cause).to_owned(),
            };
            (
                format!("Some leads of {} stopped", names.sync(sync)),
                format!("{reason} Open to see what fixes them."),
            )
        }
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

/// What is wrong with a field, in words. Without the value: it may be personal, and notifications show on locked screens.
fn field_reason(label: &str, problem: FieldProblem) -> String {
    match problem {
        FieldProblem::Required => format!("“{label}” is needed, and some have none."),
        FieldProblem::UnknownOption => format!("A value of “{label}” is not known there."),
        FieldProblem::TooLong => format!("“{label}” is longer than it may be."),
        FieldProblem::NotEmail => format!("Some values of “{label}” are not e-mail addresses."),
        FieldProblem::NotPhone => format!("Some values of “{label}” are not phone numbers."),
        FieldProblem::NotNumber => format!("Some values of “{label}” are not numbers."),
        FieldProblem::NotDate => format!("Some values of “{label}” are not dates."),
        FieldProblem::WrongFormat => format!("Some values of “{label}” have a form that is not taken."),
        FieldProblem::UnknownField => format!("“{label}” is not there any more."),
        FieldProblem::ReadOnly => format!("“{label}” cannot be written there."),
        FieldProblem::Taken => format!("Some values of “{label}” belong to other records."),
        FieldProblem::CustomRule => format!("A rule of the admin there refuses “{label}”."),
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
                fault: None,
            });
        }
        for problem in FieldProblem::ALL {
            all.push(Notice::NewFailure {
                sync: SyncId::new("s"),
                group: "invalid|email".into(),
                cause: "invalid".into(),
                fault: Some(NoticeFault { field: "Lead status".into(), problem }),
            });
        }
        all
    }

    #[test]
    fn every_notification_is_short_plain_and_names_what_it_is_about() {
        let names = Names {
            connections: [(ConnectionId::new("c"), "Harbour CRM".to_owned())].into(),
            syncs: [(SyncId::new("s"), "Website leads".to_owned())].into(),
            schemas: BTreeMap::new(),
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
