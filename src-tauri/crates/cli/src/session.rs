//! What every command works with.

use leadferry_api::Error;
use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio_util::sync::CancellationToken;

use crate::caller::Caller;
use crate::console_output::Output;

/// Who answers, how answers are shown, and whether the person wants it to end.
pub(crate) struct Session {
    /// Who answers.
    pub(crate) caller: Caller,
    /// How answers are shown.
    pub(crate) out: Output,
    /// Cancelled by Ctrl-C.
    pub(crate) interrupt: CancellationToken,
}

impl Session {
    /// Runs a command by name.
    pub(crate) async fn ask<Q: Serialize, A: DeserializeOwned>(
        &self,
        command: &str,
        request: Q,
    ) -> Result<A, Error> {
        self.caller.ask(command, request).await
    }
}
