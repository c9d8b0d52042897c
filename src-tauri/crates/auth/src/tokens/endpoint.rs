//! Calls to a vendor's token endpoint: exchange a code, ask as an app, renew, revoke. Redirects are not followed, bodies are never
//! logged.

use std::sync::Arc;
use std::time::Duration;

use base64::{Engine, engine::general_purpose::STANDARD};
use bytes::Bytes;
use http::{HeaderMap, Method, Request, header};
use leadferry_connector::{ClientAuth, Transport, date, retry_after};
use leadferry_failpoint::fail_point;
use leadferry_model::{Clock, Failure, FailureKind, Secret, Timestamp};
use serde_json::{Map, Value};
use url::{Url, form_urlencoded};

use super::answer::TokenAnswer;
use super::refusal;
use crate::oauth::{Addresses, Client};

const WITHIN: Duration = Duration::from_secs(30);

const CODE_OVER: &str = "The vendor does not take this code: a code works once and for a few minutes only. Make a new one by starting again.";

/// One vendor's token endpoint as one client.
#[derive(Clone)]
pub struct TokenEndpoint {
    token: Url,
    revoke: Option<Url>,
    client: Client,
    client_auth: ClientAuth,
    transport: Arc<dyn Transport>,
    clock: Arc<dyn Clock>,
}

impl TokenEndpoint {
    /// The endpoint at `addresses`, as `client`.
    pub fn new(
        addresses: &Addresses,
        client: Client,
        transport: Arc<dyn Transport>,
        clock: Arc<dyn Clock>,
    ) -> Self {
        Self {
            token: addresses.token.clone(),
            revoke: addresses.revoke.clone(),
            client,
            client_auth: addresses.facts.client_auth,
            transport,
            clock,
        }
    }

    /// The same as the same client at other addresses.
    pub(crate) fn at(self, addresses: &Addresses) -> Self {
        Self { token: addresses.token.clone(), revoke: addresses.revoke.clone(), ..self }
    }

    /// `verifier` where PKCE was sent, `redirect_uri` where the code came by a redirect.
    pub(crate) async fn exchange(
        &self,
        code: &Secret,
        verifier: Option<&Secret>,
        redirect_uri: Option<&str>,
    ) -> Result<TokenAnswer, Failure> {
        let mut fields = vec![("grant_type", "authorization_code"), ("code", code.expose())];
        fields.extend(redirect_uri.map(|uri| ("redirect_uri", uri)));
        fields.extend(verifier.map(|verifier| ("code_verifier", verifier.expose())));
        let secrets: Vec<&Secret> = [code].into_iter().chain(verifier).collect();
        self.ask(&fields, &secrets).await.map_err(|failure| refusal::instead(failure, CODE_OVER))
    }

    pub(super) async fn by_client_credentials(&self, scope: Option<&str>) -> Result<TokenAnswer, Failure> {
        let mut fields = vec![("grant_type", "client_credentials")];
        fields.extend(scope.map(|scope| ("scope", scope)));
        self.ask(&fields, &[]).await
    }

    pub(super) async fn by_statement(&self, statement: &Secret) -> Result<TokenAnswer, Failure> {
        let fields = [
            ("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"),
            ("assertion", statement.expose()),
        ];
        self.ask(&fields, &[statement]).await
    }

    pub(super) async fn refresh(&self, token: &Secret) -> Result<TokenAnswer, Failure> {
        self.ask(&[("grant_type", "refresh_token"), ("refresh_token", token.expose())], &[token]).await
    }

    /// Gives the refresh token up ([RFC 7009](https://www.rfc-editor.org/rfc/rfc7009); HubSpot takes the same form). `None` if the
    /// vendor has no such call.
    pub(super) async fn revoke(&self, token: &Secret, kind: &str) -> Option<Result<(), Failure>> {
        let url = self.revoke.as_ref()?;
        let fields = [("token", token.expose()), ("token_type_hint", kind)];
        Some(self.post(url, &fields, &[token]).await.map(drop))
    }

    pub(super) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    async fn ask(&self, fields: &[(&str, &str)], secrets: &[&Secret]) -> Result<TokenAnswer, Failure> {
        let (headers, body) = self.post(&self.token, fields, secrets).await?;
        let now = self.clock.now();
        // The vendor's clock is trusted over ours, which may be hours off on a laptop.
        TokenAnswer::parse(&body, date(&headers), now).ok_or_else(refusal::unreadable)
    }

    async fn post(
        &self,
        url: &Url,
        fields: &[(&str, &str)],
        secrets: &[&Secret],
    ) -> Result<(HeaderMap, Map<String, Value>), Failure> {
        let request = self.request(url, fields);
        fail_point!("token.call.before");
        let answer =
            self.transport.send(request, WITHIN).await.map_err(|error| refusal::unanswered(&error))?;
        fail_point!("token.call.after");
        let (parts, body) = answer.into_parts();
        let body: Map<String, Value> = serde_json::from_slice(&body).unwrap_or_default();
        // Some vendors refuse with a 200; some send `"error": null` with a success.
        if parts.status.is_success() && body.get("error").is_none_or(Value::is_null) {
            return Ok((parts.headers, body));
        }
        let secrets: Vec<&Secret> = secrets.iter().copied().chain(&self.client.secret).collect();
        let wait = retry_after(&parts.headers, self.clock.now());
        Err(refusal::refused(parts.status.as_u16(), &body, wait, &secrets))
    }

    fn request(&self, url: &Url, fields: &[(&str, &str)]) -> Request<Bytes> {
        let mut form = form_urlencoded::Serializer::new(String::new());
        form.extend_pairs(fields);
        let mut request = Request::builder()
            .method(Method::POST)
            .uri(url.as_str())
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::ACCEPT, "application/json");
        match (self.client_auth, &self.client.secret) {
            (ClientAuth::Basic, Some(secret)) => {
                let mut value = header::HeaderValue::from_str(&basic(&self.client.id, secret))
                    .expect("BUG: base64 is always a header value");
                value.set_sensitive(true);
                request = request.header(header::AUTHORIZATION, value);
            }
            (ClientAuth::Body | ClientAuth::BodyIfSecret, Some(secret)) => {
                form.append_pair("client_id", &self.client.id).append_pair("client_secret", secret.expose());
            }
            // A public client never sends a secret, even if there is one: Salesforce refuses that.
            (ClientAuth::None, _) | (_, None) => {
                form.append_pair("client_id", &self.client.id);
            }
        }
        request
            .body(Bytes::from(form.finish()))
            .expect("BUG: a parsed address and constant headers make a request")
    }
}

impl std::fmt::Debug for TokenEndpoint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TokenEndpoint").field("token", &self.token.as_str()).finish_non_exhaustive()
    }
}

/// Id and secret are form-encoded before they are joined
/// ([RFC 6749 §2.3.1](https://www.rfc-editor.org/rfc/rfc6749#section-2.3.1)), so that a colon in the id is no end.
fn basic(id: &str, secret: &Secret) -> String {
    let encoded = |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
    format!("Basic {}", STANDARD.encode(format!("{}:{}", encoded(id), encoded(secret.expose()))))
}

/// There is nothing to renew with.
pub(super) fn no_refresh_token() -> Failure {
    let words = "Access has run out, and the vendor gave nothing to renew it with. Reconnect the account.";
    Failure::new(FailureKind::Auth, words).code("no_refresh_token")
}
