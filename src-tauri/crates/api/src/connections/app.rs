//! Connecting an app that needs no browser: with its secret, a signed statement, or a code a person pasted.

use std::sync::Arc;

use leadferry_auth::oauth::Client;
use leadferry_auth::tokens::TokenEndpoint;
use leadferry_connector::Spec;
use leadferry_model::Secret;

use super::admit::{Candidate, Grant};
use super::connect::Draft;
use crate::error_from::token_refused;
use crate::types::AppAccess;
use crate::way::{Authorised, Way};
use crate::{App, Error, Result};

/// What a person gave, trimmed, and apart by where it is kept.
struct Given {
    way: Way,
    client_secret: Option<Secret>,
    private_key: Option<Secret>,
    code: Option<Secret>,
}

impl App {
    /// Asks the vendor for the app's first tokens. They are checked and kept by whoever gets the candidate.
    pub(super) async fn by_app(
        &self,
        spec: &'static Spec,
        draft: Draft,
        access: &AppAccess,
    ) -> Result<Candidate> {
        let Given { way, client_secret, private_key, code } = given(access)?;
        let Some(grant) = way.app_grant(spec) else {
            return Err(Error::usage(format!(
                "{} does not let apps in like this. Choose another way to connect.",
                spec.name
            )));
        };
        let authorised = Authorised { way: way.clone(), ..Authorised::of(&draft.connection) };
        let addresses = authorised.addresses(spec, &draft.connection)?;
        let renewal = way.renewal(spec, &addresses, private_key.as_ref())?;
        let client = Client { id: way.client_id().unwrap_or_default().into(), secret: client_secret.clone() };
        let endpoint =
            TokenEndpoint::new(&addresses, client, Arc::clone(&self.transport), Arc::clone(&self.clock));
        let asked: Vec<String> = grant.scopes.iter().map(|scope| (*scope).to_owned()).collect();
        let tokens = match &code {
            Some(code) => endpoint.for_code(code, &asked).await,
            None => endpoint.for_app(&renewal, &asked).await,
        };
        let grant =
            Grant::Tokens { tokens: Box::new(tokens.map_err(token_refused)?), client_secret, private_key };
        let mut candidate = draft.granted(way, grant);
        candidate.keep_host(addresses.host.map(String::from));
        Ok(candidate)
    }
}

fn given(access: &AppAccess) -> Result<Given> {
    let secret = |what: &str, text: &str| needed(what, text).map(|text| Some(Secret::new(text)));
    let given = |way| Given { way, client_secret: None, private_key: None, code: None };
    Ok(match access {
        AppAccess::ClientCredentials { client_id, client_secret } => Given {
            client_secret: secret("client secret", client_secret)?,
            ..given(Way::ClientCredentials { client_id: needed("client id", client_id)? })
        },
        AppAccess::JwtBearer { client_id, user, private_key, audience } => {
            let audience = audience.as_deref().map(str::trim).filter(|text| !text.is_empty());
            let (client_id, user) = (needed("client id", client_id)?, needed("user name", user)?);
            Given {
                private_key: secret("private key", private_key)?,
                ..given(Way::JwtBearer { client_id, user, audience: audience.map(str::to_owned) })
            }
        }
        AppAccess::PastedCode { client_id, client_secret, code } => Given {
            client_secret: secret("client secret", client_secret)?,
            code: secret("code", code)?,
            ..given(Way::PastedCode { client_id: needed("client id", client_id)? })
        },
    })
}

fn needed(what: &str, text: &str) -> Result<String> {
    match text.trim() {
        "" => Err(Error::usage(format!("The {what} is missing. Enter it, then connect again."))),
        text => Ok(text.to_owned()),
    }
}
