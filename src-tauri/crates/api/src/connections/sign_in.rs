//! Signing in through the browser: begun here, finished by the vendor's answer, a pasted address or a deep link.

use std::sync::Arc;

use jiff::SignedDuration;
use leadferry_auth::oauth::{self, Client, FlowError, FlowEvent, Place, Provider, SignedIn};
use leadferry_auth::vault::EntryName;
use leadferry_connector::Spec;
use leadferry_model::{ConnectionId, Secret};
use serde_json::json;

use super::SCHEME;
use super::admit::Grant;
use super::connect::{Draft, Wish};
use super::flows::Flow;
use crate::commands::Tag;
use crate::types::{
    ById, ConnectionView, Explained, Nothing, OAuthState, OAuthStatus, PasteOAuth, StartOAuth,
};
use crate::way::{Authorised, Way, built_in, entered};
use crate::{App, Error, Result};

/// How long a person may take, for the window's clock. The flow itself ends after the same time.
const WITHIN: SignedDuration = SignedDuration::from_mins(5);
/// How long it is remembered how a sign-in ended.
const REMEMBERED: SignedDuration = SignedDuration::from_mins(30);

/// A sign-in to begin.
pub(crate) struct SignIn {
    pub(crate) draft: Draft,
    pub(crate) client: Client,
    /// The secret is the person's own app's, and is kept with the connection.
    pub(crate) own: bool,
    pub(crate) open_browser: bool,
}

impl App {
    /// Begins to sign in through the browser. The answer comes by itself; ask with [`App::oauth_status`].
    pub async fn start_oauth(&self, request: StartOAuth) -> Result<OAuthStatus> {
        let sign_in = self.sign_in_for(&request).await?;
        self.begin(sign_in)
    }

    /// What `request` asks for, checked.
    pub(crate) async fn sign_in_for(&self, request: &StartOAuth) -> Result<SignIn> {
        let spec = self.connector(&request.connector)?.spec();
        let draft = self
            .draft(&Wish {
                connector: &request.connector,
                role: &request.role,
                name: None,
                base_url: request.base_url.as_deref(),
                allow_private: request.allow_private,
                settings: &request.settings,
                host: request.host.as_deref(),
                reconnect: request.reconnect.as_deref(),
            })
            .await?;
        let (client, own) = self.client(spec, request).await?;
        Ok(SignIn { draft, client, own, open_browser: request.open_browser })
    }

    /// The app to sign in with: the one given, the one of the connection that is signed in again, or the build's own.
    async fn client(&self, spec: &'static Spec, request: &StartOAuth) -> Result<(Client, bool)> {
        let given = |text: &Option<String>| {
            text.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
        };
        if let Some(id) = given(&request.client_id) {
            return Ok((Client { id, secret: given(&request.client_secret).map(Secret::new) }, true));
        }
        let built_in = built_in(spec);
        if let Some(id) = &request.reconnect {
            let id = ConnectionId::new(id);
            let before = self.kept_connection(&id).await?;
            if let Way::OAuth { client_id } = Authorised::of(&before).way
                && built_in.as_ref().is_none_or(|own| own.id != client_id)
            {
                let secret = self.vault.get(&EntryName::client_secret(&id)).await?;
                return Ok((Client { id: client_id, secret }, true));
            }
        }
        built_in.map(|client| (client, false)).ok_or_else(|| {
            Error::usage(format!(
                "This Leadferry has no app registered at {name}. Register your own there and enter its client id.",
                name = spec.name
            ))
        })
    }

    /// Opens the ports and the browser, and lets the rest go on beside.
    pub(crate) fn begin(&self, sign_in: SignIn) -> Result<OAuthStatus> {
        let SignIn { draft, client, own, open_browser } = sign_in;
        let spec = self.connector(&draft.connection.connector)?.spec();
        let (base, host) = (entered(&draft.connection), Authorised::of(&draft.connection).host);
        let provider = Provider::new(spec, Place { base: base.as_ref(), host: host.as_deref() })?;
        self.end_earlier(spec.id);
        let going = oauth::Flow::start(
            &provider,
            client.clone(),
            SCHEME,
            Arc::clone(&self.transport),
            Arc::clone(&self.clock),
            &mut rand::rng(),
        )?;
        let expires_at = self.now().checked_add(WITHIN).unwrap_or(self.now());
        let flow =
            Arc::new(Flow::new(spec.id, going.authorize_url().to_string(), expires_at, going.handle()));
        self.pending.add(&flow.handle);
        self.flows().insert(flow.id.clone(), Arc::clone(&flow));
        if open_browser {
            self.show(&flow);
        }
        let (app, watched) = (self.itself().expect("BUG: a command runs in an open app"), Arc::clone(&flow));
        let stop = self.stop.clone();
        self.beside(tokio::spawn(async move {
            let host = Arc::clone(&app.host);
            let tell = {
                let watched = Arc::clone(&watched);
                move |event: FlowEvent| {
                    if event == FlowEvent::Exchanging {
                        watched.set(OAuthState::Exchanging);
                        host.changed(&[Tag::Connections]);
                    }
                }
            };
            let cancel = watched.cancel.clone();
            let signed_in = tokio::select! {
                () = stop.cancelled() => Err(FlowError::Cancelled),
                signed_in = going.run(&cancel, tell) => signed_in,
            };
            let ended = match signed_in {
                Ok(signed_in) => app.finish(draft, client, own, signed_in).await,
                Err(error) => Err(error.into()),
            };
            watched.set(match ended {
                Ok(connection) => OAuthState::Connected { connection: Box::new(connection) },
                Err(error) => OAuthState::Ended { problem: nothing_changed(error) },
            });
            app.host.changed(&[Tag::Connections]);
        }));
        Ok(flow.status())
    }

    async fn finish(
        &self,
        draft: Draft,
        client: Client,
        own: bool,
        signed_in: SignedIn,
    ) -> Result<ConnectionView> {
        let SignedIn { tokens, host } = signed_in;
        let client_secret = client.secret.filter(|_| own);
        let grant = Grant::Tokens { tokens: Box::new(tokens), client_secret, private_key: None };
        let mut candidate = draft.granted(Way::OAuth { client_id: client.id }, grant);
        candidate.keep_host(host.map(String::from));
        self.admit(candidate).await
    }

    /// Where a sign-in stands.
    pub async fn oauth_status(&self, request: ById) -> Result<OAuthStatus> {
        Ok(self.flow(&request.id)?.status())
    }

    /// Opens the browser at the vendor's page once more.
    pub async fn open_oauth(&self, request: ById) -> Result<Nothing> {
        let flow = self.flow(&request.id)?;
        self.host.open_in_browser(&flow.url).map_err(|why| {
            Error::usage(format!("The browser did not open ({why}). Copy the link and open it yourself."))
        })?;
        Ok(Nothing {})
    }

    /// Finishes a sign-in with the address the browser ended on.
    pub async fn paste_oauth(&self, request: PasteOAuth) -> Result<OAuthStatus> {
        let flow = self.flow(&request.flow)?;
        flow.handle.complete_with_url(&request.url)?;
        Ok(flow.status())
    }

    /// Stops a sign-in.
    pub async fn cancel_oauth(&self, request: ById) -> Result<Nothing> {
        self.flow(&request.id)?.cancel.cancel();
        Ok(Nothing {})
    }

    /// Finishes the sign-in that waits for exactly this address of the app's own scheme. Any program can send one, so it is
    /// never more than an answer.
    pub async fn finish_oauth_from_link(&self, url: &str) -> Result<Nothing> {
        self.pending.deliver(url)?;
        Ok(Nothing {})
    }

    fn flow(&self, id: &str) -> Result<Arc<Flow>> {
        self.flows().get(id).cloned().ok_or_else(|| Error::not_found("sign-in"))
    }

    fn flows(&self) -> std::sync::MutexGuard<'_, std::collections::HashMap<String, Arc<Flow>>> {
        self.flows.lock().expect("BUG: nothing panics while it is held")
    }

    /// Only the page that was opened last counts; what is long over is forgotten.
    fn end_earlier(&self, connector: &str) {
        let now = self.now();
        let mut flows = self.flows();
        flows.retain(|_, flow| !(flow.is_over() && now.duration_since(flow.expires_at) > REMEMBERED));
        for flow in flows.values().filter(|flow| flow.connector == connector && !flow.is_over()) {
            flow.cancel.cancel();
        }
    }

    fn show(&self, flow: &Flow) {
        if let Err(why) = self.host.open_in_browser(&flow.url) {
            // The address stands in the answer; whoever asked shows it.
            tracing::debug!(%why, "the browser was not opened");
        }
    }
}

fn nothing_changed(error: Error) -> Explained {
    Explained {
        title: error.message,
        meaning: "Nothing was changed.".into(),
        action: None,
        technical: json!(error.code).as_str().unwrap_or_default().to_owned(),
    }
}
