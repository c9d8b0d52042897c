//! The list of what a person was told.

use leadferry_store::Page;

use crate::background::notices::{Names, words};
use crate::commands::Tag;
use crate::types::{Nothing, NotificationView};
use crate::{App, Result};

/// Notifications shown.
const SHOWN: u64 = 100;

impl App {
    /// What a person was told, newest first.
    pub async fn notifications(&self, _: Nothing) -> Result<Vec<NotificationView>> {
        let (kept, names) =
            self.store.read(|tx| Ok((tx.notifications(Page::first(SHOWN))?.rows, Names::read(tx)?))).await?;
        let view = |one: leadferry_store::Notification| {
            let text = words(&serde_json::from_value(one.body).ok()?, &names);
            Some(NotificationView {
                id: i32::try_from(one.id).unwrap_or(i32::MAX),
                at: one.at.to_string(),
                title: text.title,
                body: text.body,
                target: one.target,
                seen: one.seen_at.is_some(),
            })
        };
        // News of a kind that an earlier build told and this one does not know is left out.
        Ok(kept.into_iter().filter_map(view).collect())
    }

    /// A person has seen them all.
    pub async fn see_notifications(&self, _: Nothing) -> Result<Nothing> {
        let now = self.now();
        self.store
            .write(move |tx| {
                let open = tx
                    .notifications(Page::first(SHOWN))?
                    .rows
                    .into_iter()
                    .filter(|one| one.seen_at.is_none());
                for one in open {
                    tx.mark_seen(now, &one.kind, &one.subject)?;
                }
                Ok(())
            })
            .await?;
        self.host.changed(&[Tag::Notifications]);
        Ok(Nothing {})
    }
}
