//! What changed, in the window's words; and what a person is told outside of it.

use std::collections::BTreeSet;

use leadferry_store::Page;
use leadferry_sync::{Changed, Notice};

use super::notices::{Names, words};
use crate::commands::Tag;
use crate::types::Settings;
use crate::{App, Result};

/// Notifications looked at. More than that at once would help nobody.
const AT_ONCE: u64 = 50;

/// What became stale.
#[derive(Debug, Default)]
pub(super) struct Stale(BTreeSet<Tag>);

impl Stale {
    pub(super) fn add(&mut self, changed: &Changed) {
        for tag in &changed.tags {
            let stale: &[Tag] = match tag {
                leadferry_sync::Tag::Deliveries { .. } => &[Tag::Deliveries, Tag::Syncs, Tag::Failures],
                leadferry_sync::Tag::Lane { .. } => &[Tag::Lanes, Tag::Connections],
                leadferry_sync::Tag::Connection { .. } => &[Tag::Connections, Tag::Mappings],
                leadferry_sync::Tag::Run { .. } => &[Tag::Runs],
                leadferry_sync::Tag::Leads => &[Tag::Leads, Tag::Deliveries],
                leadferry_sync::Tag::Notifications => &[Tag::Notifications],
            };
            self.0.extend(stale);
        }
    }

    /// Events were missed: anything may have changed.
    pub(super) fn all(&mut self) {
        self.0.extend([
            Tag::Syncs,
            Tag::Deliveries,
            Tag::Leads,
            Tag::Lanes,
            Tag::Connections,
            Tag::Mappings,
            Tag::Runs,
            Tag::Failures,
            Tag::Notifications,
        ]);
    }

    pub(super) fn into_list(self) -> Vec<Tag> {
        self.0.into_iter().collect()
    }
}

impl App {
    /// Tells the person what came up since the last time, each thing once, as the settings wish. What is not wished stays in
    /// the list of notifications only.
    pub async fn tell_news(&self) -> Result<()> {
        let settings = self.kept_settings().await?;
        let now = self.now();
        let (fresh, names) = self
            .store
            .write(move |tx| {
                let all = tx.notifications(Page::first(AT_ONCE))?.rows;
                let fresh: Vec<_> =
                    all.into_iter().filter(|one| one.shown_at.is_none() && one.seen_at.is_none()).collect();
                for one in &fresh {
                    tx.mark_shown(now, one.id)?;
                }
                Ok((fresh, Names::read(tx)?))
            })
            .await?;
        // The oldest first, as it happened.
        for one in fresh.iter().rev() {
            let Ok(notice) = serde_json::from_value::<Notice>(one.body.clone()) else { continue };
            if wished(&settings, &notice) {
                let text = words(&notice, &names);
                self.host.notify(&text.title, &text.body, &one.target);
            }
        }
        if !fresh.is_empty() {
            self.host.changed(&[Tag::Notifications]);
        }
        Ok(())
    }
}

fn wished(settings: &Settings, notice: &Notice) -> bool {
    match notice {
        Notice::Down { .. } => settings.notify_down,
        Notice::NoAccess { .. } => settings.notify_access,
        Notice::Recovered { .. } => settings.notify_recovery,
        Notice::NewFailure { .. } | Notice::Drift { .. } => settings.notify_failures,
    }
}
