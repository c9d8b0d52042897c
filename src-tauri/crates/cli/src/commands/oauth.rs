//! Signing in with a browser from a terminal: the address is printed, the answer is waited for.
//!
//! The browser may run on another computer than this one, where its answer cannot come back by itself; then the address it
//! ended on is pasted here.

use leadferry_api::{
    ById, ChangeConnection, ConnectionView, Error, ErrorCode, OAuthState, OAuthStatus, PasteOAuth, StartOAuth,
};
use tokio::sync::mpsc;

use crate::console_output::remark;
use crate::progress::LOOK;
use crate::secrets;
use crate::session::Session;

/// Signs in and gives the connection that came of it.
pub(crate) async fn sign_in(
    session: &Session,
    request: StartOAuth,
    name: Option<String>,
) -> Result<ConnectionView, Error> {
    let mut status: OAuthStatus = session.ask("start_oauth", request).await?;
    remark(&format!("Open this address in your browser and agree:\n\n{}\n", status.url));
    let mut pasted = paste();
    loop {
        match status.state {
            OAuthState::Connected { connection } => return renamed(session, *connection, name).await,
            OAuthState::Ended { problem } => {
                let words = format!("{} {}", problem.title, problem.meaning);
                return Err(Error::new(ErrorCode::NeedsAccess, words.trim_end()));
            }
            OAuthState::Waiting | OAuthState::Exchanging => {}
        }
        let flow = status.flow;
        tokio::select! {
            () = session.interrupt.cancelled() => {
                session.ask::<_, leadferry_api::Nothing>("cancel_oauth", ById { id: flow }).await?;
                return Err(Error::new(ErrorCode::Conflict, "Stopped. Nothing was connected; run the command again to sign in."));
            }
            Some(url) = pasted.recv() => status = session.ask("paste_oauth", PasteOAuth { flow, url }).await?,
            () = tokio::time::sleep(LOOK) => status = session.ask("oauth_status", ById { id: flow }).await?,
        }
    }
}

async fn renamed(
    session: &Session,
    connection: ConnectionView,
    name: Option<String>,
) -> Result<ConnectionView, Error> {
    if name.is_none() {
        return Ok(connection);
    }
    session.ask("change_connection", ChangeConnection { id: connection.id, name, settings: Vec::new() }).await
}

/// Addresses pasted on a terminal. The thread ends with the program: a read from a terminal cannot be called back.
fn paste() -> mpsc::Receiver<String> {
    let (send, receive) = mpsc::channel(1);
    if secrets::on_a_terminal() {
        remark("If the browser cannot come back to this computer, paste the address it ends on here.");
        std::thread::spawn(move || {
            let lines = std::io::stdin().lines().map_while(Result::ok);
            let addresses = lines.map(|line| line.trim().to_owned()).filter(|line| line.starts_with("http"));
            for address in addresses {
                if send.blocking_send(address).is_err() {
                    return;
                }
            }
        });
    }
    receive
}
