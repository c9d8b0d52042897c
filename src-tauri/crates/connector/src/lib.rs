//! The connector kit: what every connector is made of, and what the engine may ask of one.
//!
//! A connector is a [`Spec`] (facts as a constant) and a [`Connector`] (reading and writing records as typed code). It never
//! sees a token, sleeps, retries, opens the ledger or logs a body: each call gets a [`Call`] that is already bound to base URL,
//! access, pacing, timeout and redaction.
//!
//! **Architecture Invariant:** this room imports only `model`, and no room but `connectors` names a vendor.

mod access;
pub mod address;
mod authorise;
mod call;
mod connector;
mod exchange;
mod hooks;
mod http;
pub mod lenient;
mod loads;
mod pacing;
pub mod redact;
mod refusal;
mod request;
mod reqwest_transport;
mod retry_after;
mod spec;
#[cfg(any(test, feature = "testkit"))]
pub mod testkit;
mod transport;

#[cfg(test)]
mod tests;

pub use access::{Access, Credential, Fixed};
pub use address::{AddressProblem, Reach};
pub use authorise::{
    AppGrant, Auth, BuiltIn, ClientAuth, Endpoint, Host, OAuth, OwnHost, Redirect, SignInAt, TokenPlacement,
};
pub use call::{Call, Settings};
pub use connector::{
    Account, Action, Actions, Became, CONVERTED, Connector, Cursor, FieldSpec, Found, Match, Outcome, Page,
    PullRequest, RemoteRecord, Stage, Upsert, Written, converted,
};
pub use exchange::{Exchange, RequestPreview};
pub use hooks::{Hook, HookOrder, HookProof, Hooks};
pub use http::{Answer, Http, Refused};
pub use loads::{LoadSize, Loads, Standing, Ticket};
pub use pacing::{Budget, Pacer, Priority, Reading};
pub use refusal::{Answers, Refusal};
pub use request::Request;
pub use reqwest_transport::ReqwestTransport;
pub use retry_after::{date, retry_after};
pub use spec::{
    BaseUrl, Becomes, Capability, Counts, LeadIdField, Limit, ObjectSpec, Role, Setting, SettingKind, Spec,
    Window,
};
pub use transport::{Transport, TransportError, TransportProblem};
