//! The window's closing and the app's quitting.

use leadferry_model::DeliveryState;
use leadferry_store::{DeliveryFilter, Selection};

use crate::types::{Nothing, QuitPlan};
use crate::{App, Result};

impl App {
    /// What a quit would leave waiting.
    pub async fn quit_plan(&self, _: Nothing) -> Result<QuitPlan> {
        let open = [DeliveryState::Pending, DeliveryState::Sending, DeliveryState::Retrying];
        let all = Selection::Filter(DeliveryFilter::default());
        let waiting = self.store.read(move |tx| tx.count_selected(&all, &open)).await?;
        Ok(QuitPlan { waiting: u32::try_from(waiting).unwrap_or(u32::MAX) })
    }

    /// The window was closed. Says whether work goes on without it, and explains that once.
    pub async fn window_closed(&self) -> Result<bool> {
        let settings = self.kept_settings().await?;
        if settings.keep_working && !settings.closing_explained {
            self.change_settings(|settings| settings.closing_explained = true).await?;
            self.host.notify(
                "Leadferry keeps working",
                "Leads are still taken in and sent. Open or quit it from its icon beside the clock.",
                "settings",
            );
        }
        Ok(settings.keep_working)
    }
}
