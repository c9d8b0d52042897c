//! One sign-in from the first address to tokens in hand.

use std::sync::Arc;
use std::time::Duration;

use jiff::SignedDuration;
use leadferry_connector::{ClientAuth, Transport};
use leadferry_model::{Clock, Secret, Timestamp};
use rand::CryptoRng;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;
use url::Url;

use super::callback::Callback;
use super::gate::{Answer, Gate};
use super::listener::{Door, serve};
use super::pending::FlowHandle;
use super::{Client, FlowError, FlowEvent, Provider, proof};
use crate::tokens::{TokenEndpoint, TokenSet};

/// How long the person may take at the vendor.
const WITHIN: Duration = Duration::from_secs(5 * 60);

/// What a sign-in gave.
#[derive(Debug)]
pub struct SignedIn {
    /// The tokens. Not kept yet.
    pub tokens: TokenSet,
    /// The host that renews them, to be kept with the connection where it is not the same for everybody.
    pub host: Option<Url>,
}

/// A sign-in that is ready: ports are bound, and [`authorize_url`](Self::authorize_url) may be shown. Dropping it ends it.
pub struct Flow {
    authorize_url: Url,
    callback: Callback,
    provider: Provider,
    verifier: Option<Secret>,
    gate: Arc<Gate>,
    inbox: mpsc::UnboundedReceiver<Answer>,
    endpoint: TokenEndpoint,
    asked: Vec<String>,
    clock: Arc<dyn Clock>,
}

impl Flow {
    /// Prepares a sign-in at `provider` as `client`. `scheme` is the app's own URL scheme, used where the vendor takes no other
    /// redirect. `rng` makes state, verifier and path.
    pub fn start(
        provider: &Provider,
        client: Client,
        scheme: &str,
        transport: Arc<dyn Transport>,
        clock: Arc<dyn Clock>,
        rng: &mut impl CryptoRng,
    ) -> Result<Self, FlowError> {
        let needs_secret =
            matches!(provider.facts.endpoint.client_auth, ClientAuth::Body | ClientAuth::Basic);
        if needs_secret && client.secret.is_none() {
            return Err(FlowError::NoClientSecret);
        }
        let callback = Callback::open(provider, scheme, rng)?;
        let state = Secret::new(proof::random_text(rng));
        let verifier = provider.facts.pkce.then(|| Secret::new(proof::random_text(rng)));
        let authorize_url = authorize_url(provider, &client, &callback.uri, &state, verifier.as_ref());
        let (sender, inbox) = mpsc::unbounded_channel();
        let redirect_uri = callback.uri.clone();
        let gate = Arc::new(Gate::new(state, &provider.authorize, provider.told(), redirect_uri, sender));
        let endpoint = TokenEndpoint::new(&provider.addresses, client, transport, Arc::clone(&clock));
        let asked = provider.facts.scopes.iter().map(|scope| (*scope).to_owned()).collect();
        let provider = provider.clone();
        Ok(Self { authorize_url, callback, provider, verifier, gate, inbox, endpoint, asked, clock })
    }

    /// What to open in the system's browser, or to print.
    pub fn authorize_url(&self) -> &Url {
        &self.authorize_url
    }

    /// For an answer that does not come through the listener.
    pub fn handle(&self) -> FlowHandle {
        FlowHandle(Arc::clone(&self.gate))
    }

    /// Waits for the answer and exchanges it. Everything is closed when this returns or is dropped. The tokens are not kept yet:
    /// the caller first checks whose they are.
    pub async fn run(
        self,
        cancel: &CancellationToken,
        tell: impl Fn(FlowEvent) + Send + Sync,
    ) -> Result<SignedIn, FlowError> {
        let result = tokio::select! {
            biased;
            () = cancel.cancelled() => Err(FlowError::Cancelled),
            result = self.go(&tell) => result,
        };
        tell(match &result {
            Ok(_) => FlowEvent::Connected,
            Err(error) => FlowEvent::from(error),
        });
        result
    }

    async fn go(mut self, tell: &(impl Fn(FlowEvent) + Send + Sync)) -> Result<SignedIn, FlowError> {
        let door = Door::new(Arc::clone(&self.gate), self.callback.path.clone(), self.callback.host.clone());
        let listeners = std::mem::take(&mut self.callback.listeners)
            .into_iter()
            .map(tokio::net::TcpListener::from_std)
            .collect::<Result<_, _>>()
            .map_err(|_| FlowError::NoPort)?;
        tell(FlowEvent::Waiting { until: self.until() });
        tokio::select! {
            biased;
            result = self.finish(tell) => result,
            // Also while the code is exchanged: a second hit of the same page is told that all is well.
            never = serve(listeners, door) => match never {},
        }
    }

    async fn finish(&mut self, tell: &(impl Fn(FlowEvent) + Send + Sync)) -> Result<SignedIn, FlowError> {
        let answer =
            tokio::time::timeout(WITHIN, self.inbox.recv()).await.map_err(|_| FlowError::TimedOut)?;
        let agreed = answer.expect("BUG: the flow holds a gate, so the inbox stays open")?;
        tell(FlowEvent::Received);
        tell(FlowEvent::Exchanging);
        let addresses = match &agreed.host {
            Some(host) => self.provider.at(host).map_err(|_| FlowError::UnknownHost)?,
            None => self.provider.addresses.clone(),
        };
        let endpoint = self.endpoint.clone().at(&addresses);
        let answer = endpoint
            .exchange(&agreed.code, self.verifier.as_ref(), Some(&self.callback.uri))
            .await
            .map_err(FlowError::Exchange)?;
        Ok(SignedIn { tokens: TokenSet::granted(answer, &self.asked), host: addresses.host })
    }

    fn until(&self) -> Timestamp {
        let within = SignedDuration::try_from(WITHIN).expect("BUG: five minutes are few");
        self.clock.now().checked_add(within).unwrap_or(Timestamp::MAX)
    }
}

impl std::fmt::Debug for Flow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Flow").field("redirect_uri", &self.callback.uri).finish_non_exhaustive()
    }
}

fn authorize_url(
    provider: &Provider,
    client: &Client,
    redirect_uri: &str,
    state: &Secret,
    verifier: Option<&Secret>,
) -> Url {
    let facts = provider.facts;
    let mut url = provider.authorize.clone();
    let mut query = url.query_pairs_mut();
    query
        .append_pair("response_type", "code")
        .append_pair("client_id", &client.id)
        .append_pair("redirect_uri", redirect_uri)
        .append_pair("state", state.expose());
    if let Some(verifier) = verifier {
        query
            .append_pair("code_challenge", &proof::challenge(verifier))
            .append_pair("code_challenge_method", "S256");
    }
    if !facts.scopes.is_empty() && !facts.scopes_of_app {
        query.append_pair("scope", &facts.scopes.join(facts.scope_separator));
    }
    if !facts.optional_scopes.is_empty() && !facts.scopes_of_app {
        query.append_pair("optional_scope", &facts.optional_scopes.join(facts.scope_separator));
    }
    for (name, value) in facts.extra {
        query.append_pair(name, value);
    }
    drop(query);
    url
}
