//! Connectors, connections and the ways to authorise.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Named;

/// A connector as the wizard shows it: all from its spec.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ConnectorView {
    /// Stable word.
    pub id: String,
    /// The name people know.
    pub name: String,
    /// One line.
    pub tagline: String,
    /// SVG text.
    pub logo: String,
    /// Leads can come from it.
    pub is_source: bool,
    /// Leads can go to it.
    pub is_destination: bool,
    /// Ways to authorise, the recommended first.
    pub auth: Vec<AuthView>,
    /// Where requests go, if everybody uses the same address.
    pub base_url: Option<String>,
    /// The person must enter the address.
    pub base_url_entered: bool,
    /// Objects leads can become.
    pub objects: Vec<Named>,
    /// What else to ask for.
    pub settings: Vec<SettingView>,
    /// There is a practice CRM for it.
    pub has_practice: bool,
    /// It only takes leads over: nobody hears what became of them there.
    pub hands_over: bool,
    /// Vendor documentation.
    pub docs: String,
    /// When the facts were checked.
    pub checked: String,
}

/// One way to authorise.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum AuthView {
    /// Nothing needed.
    None,
    /// In the browser.
    OAuth {
        /// This build has the vendor's app registered; else the person brings their own.
        built_in: bool,
        /// The exact redirect addresses to register with one's own app.
        redirect_urls: Vec<String>,
        /// How to register one's own app.
        own_app_steps: Vec<String>,
        /// What one's own app must be allowed, by the vendor's names.
        scopes: Vec<String>,
        /// Whether one's own app has a secret.
        client_secret: Offered,
        /// Where the account signs in.
        sign_in: SignInView,
    },
    /// One's own app, with its secret.
    ClientCredentials {
        /// What it needs.
        app: AppView,
    },
    /// One's own app, with a private key.
    JwtBearer {
        /// What it needs.
        app: AppView,
    },
    /// One's own app, with a code made at the vendor.
    PastedCode {
        /// What it needs.
        app: AppView,
    },
    /// A pasted token.
    Token {
        /// What the vendor calls it.
        label: String,
        /// How tokens begin.
        prefixes: Vec<String>,
        /// How to get one.
        steps: Vec<String>,
    },
    /// User name and password.
    Basic,
}

/// Whether something is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Offered {
    /// It is not.
    No,
    /// It may be given.
    Optional,
    /// It must be given.
    Required,
}

/// What an app without a browser needs.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct AppView {
    /// How to set it up.
    pub steps: Vec<String>,
    /// What it must be allowed, by the vendor's names.
    pub scopes: Vec<String>,
    /// What the vendor writes between them.
    pub scope_separator: String,
    /// Where the account signs in.
    pub sign_in: SignInView,
}

/// Where accounts sign in, as far as a person has to say. Nothing in it: the same place for everybody, or the vendor tells.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SignInView {
    /// Address and name of each place, the usual one first.
    pub hosts: Vec<Named>,
    /// The account's own domain may be typed.
    pub own: Option<OwnHostView>,
}

/// A domain only one account has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct OwnHostView {
    /// What the vendor calls it.
    pub label: String,
    /// Where to find it.
    pub help: String,
}

/// Something to ask for when connecting.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct SettingView {
    /// Stable word.
    pub name: String,
    /// Label.
    pub label: String,
    /// Help.
    pub help: String,
    /// `text`, `secret`, `url`, `choice`, `pairs` or `switch`.
    pub kind: String,
    /// Value and label of each choice.
    pub choices: Vec<Named>,
    /// Must be given.
    pub required: bool,
}

/// An authorised account.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ConnectionView {
    /// The connection.
    pub id: String,
    /// Its connector.
    pub connector: String,
    /// The connector's name.
    pub connector_name: String,
    /// Its name.
    pub name: String,
    /// `source` or `destination`.
    pub role: String,
    /// Whether it works.
    pub state: ConnectionState,
    /// Who we are there.
    pub account: Option<AccountView>,
    /// Where requests go, if not where everybody's do.
    pub base_url: Option<String>,
    /// The kind of [`AuthView`] it was connected with; none where that is not one of the connector's.
    pub way: Option<String>,
    /// Where the account signs in, as the connector's ways list it; else its own domain.
    pub host: Option<String>,
    /// It is a practice CRM of this computer.
    pub practice: bool,
    /// Syncs that use it.
    pub syncs: Vec<Named>,
    /// When it was last checked.
    pub checked_at: Option<String>,
    /// What to do, if something is the matter.
    pub problem: Option<Explained>,
    /// Plain settings.
    pub settings: Vec<Pair>,
    /// Whether its vendor says when something changes; none where there are no changes to hear of.
    pub hooks: Option<HooksView>,
}

/// Whether a vendor says when something changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct HooksView {
    /// Whether it does.
    pub state: HooksState,
    /// Why not, as a sentence, where there is more to say than the state.
    pub line: Option<String>,
    /// When it last did, since Leadferry runs.
    pub last_at: Option<String>,
}

/// Whether a vendor says when something changes. In every case changes are read at intervals, too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum HooksState {
    /// It calls.
    Told,
    /// It is asked at the next look.
    Soon,
    /// It was asked and does not.
    Refused,
    /// There is no public address it could call.
    NoAddress,
    /// No sync uses the connection.
    Unused,
    /// It cannot be asked.
    NotOffered,
}

/// A name with a value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Pair {
    /// The name.
    pub name: String,
    /// The value.
    pub value: String,
}

/// Whether a connection works.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ConnectionState {
    /// Works.
    Connected,
    /// Access is lost; its leads wait.
    NeedsAccess,
    /// Disconnected by a person.
    Disconnected,
}

/// Who we are at a vendor, in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AccountView {
    /// The account.
    pub name: String,
    /// Who signed in.
    pub user: Option<String>,
    /// What Leadferry may do.
    pub may: Vec<String>,
    /// What it may not do.
    pub may_not: Vec<String>,
    /// A test account.
    pub sandbox: bool,
    /// Only reading is allowed.
    pub read_only: bool,
}

/// A problem as a person reads it: what happened, what it means, what to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Explained {
    /// What happened and why, one sentence.
    pub title: String,
    /// What it means for the leads.
    pub meaning: String,
    /// The one button that fixes it.
    pub action: Option<FixAction>,
    /// Raw text for the technical drawer.
    pub technical: String,
}

/// Buttons that fix problems. The window maps each to a screen or a command.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum FixAction {
    /// Sign in again.
    SignIn {
        /// The connection.
        connection: String,
    },
    /// Translate a picklist value.
    TranslateValue {
        /// Destination field.
        field: String,
        /// The unknown value.
        value: String,
    },
    /// Set a default for a required field.
    SetDefault {
        /// Destination field.
        field: String,
    },
    /// Correct a value.
    EditValue {
        /// Destination field.
        field: String,
    },
    /// Send without a field.
    LeaveOut {
        /// Destination field.
        field: String,
    },
    /// Shorten a text.
    Shorten {
        /// Destination field.
        field: String,
        /// Characters allowed, where known.
        limit: Option<u32>,
    },
    /// Open the mapping at a field.
    EditMapping {
        /// Destination field.
        field: String,
    },
    /// Choose the right one of several records.
    ChooseRecord,
    /// Try again.
    Retry,
    /// Copy a message for the administrator.
    CopyForAdmin {
        /// The message.
        text: String,
    },
    /// Try the lane now.
    TryNow {
        /// The destination.
        connection: String,
    },
    /// Open settings.
    OpenSettings {
        /// The section.
        section: String,
    },
}

/// Connects with a pasted token, user and password, one's own app, or no access at all.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Connect {
    /// The connector.
    pub connector: String,
    /// `source` or `destination`.
    pub role: String,
    /// A name; the account's name by default.
    pub name: Option<String>,
    /// Another address than the vendor's.
    pub base_url: Option<String>,
    /// A private-network address is meant.
    pub allow_private: bool,
    /// The token, or the password.
    pub token: Option<String>,
    /// User name for user and password.
    pub user: Option<String>,
    /// One's own app, for the ways that need no browser.
    pub app: Option<AppAccess>,
    /// Where the account signs in: one of the connector's hosts, or its own domain. The usual one by default.
    pub host: Option<String>,
    /// Settings of the spec.
    pub settings: Vec<Pair>,
    /// Signs in again for this connection instead of making one.
    pub reconnect: Option<String>,
}

/// One's own app, and what it shows instead of a sign-in.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(tag = "by", rename_all = "snake_case")]
pub enum AppAccess {
    /// Its secret.
    ClientCredentials {
        /// Its id.
        client_id: String,
        /// Its secret.
        client_secret: String,
    },
    /// A statement it signs.
    JwtBearer {
        /// Its id.
        client_id: String,
        /// The user it acts for.
        user: String,
        /// The RSA key it signs with, as PEM.
        private_key: String,
        /// Whom the statement is for; the sign-in host by default.
        audience: Option<String>,
    },
    /// A code made for it at the vendor.
    PastedCode {
        /// Its id.
        client_id: String,
        /// Its secret.
        client_secret: String,
        /// The code.
        code: String,
    },
}

/// Begins to connect in the browser.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct StartOAuth {
    /// The connector.
    pub connector: String,
    /// `source` or `destination`.
    pub role: String,
    /// Another address than the vendor's.
    pub base_url: Option<String>,
    /// A private-network address is meant.
    pub allow_private: bool,
    /// One's own app: its client id.
    pub client_id: Option<String>,
    /// One's own app: its client secret.
    pub client_secret: Option<String>,
    /// Where the account signs in: one of the connector's hosts, or its own domain. The usual one by default.
    pub host: Option<String>,
    /// Settings of the spec.
    pub settings: Vec<Pair>,
    /// Signs in again for this connection instead of making one.
    pub reconnect: Option<String>,
    /// Open the system browser. The command line prints the address instead.
    pub open_browser: bool,
}

/// Where signing in stands. The window asks, or waits for the event `oauth`.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct OAuthStatus {
    /// The flow.
    pub flow: String,
    /// The address, for *Open again* and *Copy link*.
    pub url: String,
    /// Where it stands.
    pub state: OAuthState,
    /// When it gives up.
    pub expires_at: String,
}

/// Where signing in stands.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum OAuthState {
    /// The browser is open.
    Waiting,
    /// The answer came; asking the vendor for access.
    Exchanging,
    /// Done.
    Connected {
        /// The connection with the account's name and rights.
        connection: Box<ConnectionView>,
    },
    /// Ended without access.
    Ended {
        /// Why, and what to do.
        problem: Explained,
    },
}

/// Finishes a flow with the address the browser ended on, where it could not reach this computer.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct PasteOAuth {
    /// The flow.
    pub flow: String,
    /// The whole address.
    pub url: String,
}

/// Changes a connection.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ChangeConnection {
    /// The connection.
    pub id: String,
    /// A new name.
    pub name: Option<String>,
    /// Settings to set.
    pub settings: Vec<Pair>,
}

/// What disconnecting led to.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Disconnected {
    /// Syncs that are paused now.
    pub paused: Vec<Named>,
    /// What happened at the vendor and to the leads.
    pub message: String,
}

/// Asks for the fields of an object at a destination.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct FieldsOf {
    /// The connection.
    pub connection: String,
    /// The object; the destination's first by default.
    pub object: Option<String>,
}
