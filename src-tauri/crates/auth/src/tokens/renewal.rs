//! How access tokens are got, and got again when they run out.

use jiff::SignedDuration;
use leadferry_model::{Failure, Secret};

use super::answer::TokenAnswer;
use super::endpoint::TokenEndpoint;
use super::{Statement, TokenSet, refusal};

/// How a connection's tokens are renewed.
#[derive(Clone, Debug)]
pub enum Renewal {
    /// With the refresh token that came with them.
    RefreshToken,
    /// The app asks again for itself ([RFC 6749 §4.4](https://www.rfc-editor.org/rfc/rfc6749#section-4.4)).
    ClientCredentials {
        /// The scopes to ask for, as the vendor writes them; none where they stand in the app's settings.
        scope: Option<String>,
    },
    /// The app asks again with a statement signed anew ([RFC 7523 §2.1](https://www.rfc-editor.org/rfc/rfc7523#section-2.1)).
    Statement(Statement),
}

const NOT_ALLOWED: &str = "The vendor does not let this app in by itself. Check that the app may do so there, and as which user, then connect again.";
const NOT_FOR_USER: &str = "The vendor does not let this app act for this user. Check the user name, the certificate of the app, and that the user may use it, then connect again.";

impl TokenEndpoint {
    /// The first tokens of an app that asks for itself, with `asked` as the scopes it will have if the answer names none.
    pub async fn for_app(&self, renewal: &Renewal, asked: &[String]) -> Result<TokenSet, Failure> {
        match self.again(renewal, SignedDuration::ZERO).await {
            Some(answer) => answer.map(|answer| TokenSet::granted(answer, asked)),
            None => Err(super::endpoint::no_refresh_token()),
        }
    }

    /// The first tokens for a code a person made at the vendor and pasted.
    pub async fn for_code(&self, code: &Secret, asked: &[String]) -> Result<TokenSet, Failure> {
        self.exchange(code, None, None).await.map(|answer| TokenSet::granted(answer, asked))
    }

    /// Asks without a refresh token, at a vendor whose clock is so far ahead. `None` where that is not how it is done.
    pub(super) async fn again(
        &self,
        renewal: &Renewal,
        server_ahead: SignedDuration,
    ) -> Option<Result<TokenAnswer, Failure>> {
        match renewal {
            Renewal::RefreshToken => None,
            Renewal::ClientCredentials { scope } => {
                let answer = self.by_client_credentials(scope.as_deref()).await;
                Some(answer.map_err(|failure| refusal::instead(failure, NOT_ALLOWED)))
            }
            Renewal::Statement(statement) => {
                let now = self.now().checked_add(server_ahead).unwrap_or(self.now());
                let answer = self.by_statement(&statement.sign(now)).await;
                Some(answer.map_err(|failure| refusal::instead(failure, NOT_FOR_USER)))
            }
        }
    }
}
