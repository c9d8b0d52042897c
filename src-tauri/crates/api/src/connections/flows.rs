//! A sign-in that goes on in the browser, as the window and the command line ask about it.

use std::sync::Mutex;

use leadferry_auth::oauth::FlowHandle;
use leadferry_model::Timestamp;
use tokio_util::sync::CancellationToken;

use crate::types::{OAuthState, OAuthStatus};

/// A sign-in from the moment its address is known until somebody has seen how it ended.
pub(crate) struct Flow {
    pub(crate) id: String,
    /// Of which connector.
    pub(crate) connector: String,
    pub(crate) url: String,
    pub(crate) expires_at: Timestamp,
    pub(crate) handle: FlowHandle,
    pub(crate) cancel: CancellationToken,
    state: Mutex<OAuthState>,
}

impl Flow {
    pub(crate) fn new(connector: &str, url: String, expires_at: Timestamp, handle: FlowHandle) -> Self {
        Self {
            id: uuid::Uuid::new_v4().to_string(),
            connector: connector.into(),
            url,
            expires_at,
            handle,
            cancel: CancellationToken::new(),
            state: Mutex::new(OAuthState::Waiting),
        }
    }

    pub(crate) fn status(&self) -> OAuthStatus {
        OAuthStatus {
            flow: self.id.clone(),
            url: self.url.clone(),
            state: self.state.lock().expect("BUG: nothing panics while it is held").clone(),
            expires_at: self.expires_at.to_string(),
        }
    }

    pub(crate) fn set(&self, state: OAuthState) {
        *self.state.lock().expect("BUG: nothing panics while it is held") = state;
    }

    /// Whether it has come to an end, good or bad.
    pub(crate) fn is_over(&self) -> bool {
        let state = self.state.lock().expect("BUG: nothing panics while it is held");
        matches!(*state, OAuthState::Connected { .. } | OAuthState::Ended { .. })
    }
}
