//! A connector's facts. A constant: the compiler is its schema, and screens, command line and documents are drawn from it.

/// Everything about an outside system that is a fact and not code.
#[derive(Debug)]
pub struct Spec {
    /// Stable word for the ledger and the command line, such as `hubspot`.
    pub id: &'static str,
    /// The name people know.
    pub name: &'static str,
    /// One line for the tile in the wizard.
    pub tagline: &'static str,
    /// The logo as SVG text.
    pub logo: &'static str,
    /// What it can be.
    pub roles: &'static [Role],
    /// Ways to authorise, the recommended one first.
    pub auth: &'static [Auth],
    /// Where requests go.
    pub base_url: BaseUrl,
    /// Objects it can write, the one for leads first.
    pub objects: &'static [ObjectSpec],
    /// What it offers beyond check, describe and upsert.
    pub capabilities: &'static [Capability],
    /// Documented limits. Response headers tighten them.
    pub limits: &'static [Limit],
    /// What else a person may set on a connection.
    pub settings: &'static [Setting],
    /// The id of the practice dialect that speaks this system's API, if there is one.
    pub practice: Option<&'static str>,
    /// The vendor's documentation, for people.
    pub docs: &'static str,
    /// When the facts were last checked against the vendor's pages, `YYYY-MM-DD`.
    pub checked: &'static str,
}

impl Spec {
    /// Whether it offers `capability`.
    pub fn can(&self, capability: Capability) -> bool {
        self.capabilities.contains(&capability)
    }

    /// The object called `name`.
    pub fn object(&self, name: &str) -> Option<&ObjectSpec> {
        self.objects.iter().find(|object| object.name == name)
    }
}

/// What an outside system can be for Leadferry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Leads come from it.
    Source,
    /// Leads go to it.
    Destination,
}

/// One way to authorise.
#[derive(Debug)]
pub enum Auth {
    /// No access needed: the address itself is the credential, or there is none.
    None,
    /// OAuth 2.0 in the system browser.
    OAuth(OAuth),
    /// A token the person pastes.
    Token {
        /// What the vendor calls it, such as *Private app token*.
        label: &'static str,
        /// Where it goes in a request.
        placement: TokenPlacement,
        /// How a token looks: any of these beginnings. Empty where it has no shape.
        prefixes: &'static [&'static str],
        /// Steps to get one, in the vendor's own menu words.
        steps: &'static [&'static str],
    },
    /// User name and password (HTTP Basic, RFC 7617).
    Basic,
}

/// Facts of a vendor's OAuth 2.0.
#[derive(Debug)]
pub struct OAuth {
    /// Where the browser goes.
    pub authorize_url: &'static str,
    /// Path of the token endpoint below the connection's base URL, or an absolute URL.
    pub token_url: &'static str,
    /// Path or URL for revoking (RFC 7009), where there is one.
    pub revoke_url: Option<&'static str>,
    /// Scopes to ask for.
    pub scopes: &'static [&'static str],
    /// Scopes some accounts cannot grant.
    pub optional_scopes: &'static [&'static str],
    /// Text between scopes.
    pub scope_separator: &'static str,
    /// Which redirect addresses the vendor takes.
    pub redirect: Redirect,
    /// How the client shows itself at the token endpoint.
    pub client_auth: ClientAuth,
    /// Further query parameters of the authorize address.
    pub extra: &'static [(&'static str, &'static str)],
    /// Name of the build-time setting with our own client id, if one is registered.
    pub client_id_env: &'static str,
    /// Steps for registering one's own app, in the vendor's menu words.
    pub own_app_steps: &'static [&'static str],
}

/// Redirect addresses a vendor accepts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Redirect {
    /// `http://127.0.0.1` with any port (RFC 8252 §7.3).
    LoopbackAnyPort,
    /// `http://localhost` with exactly one of these ports, registered beforehand.
    LocalhostPorts(&'static [u16]),
    /// The app's own URL scheme.
    CustomScheme,
}

/// How the client authenticates at the token endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClientAuth {
    /// Public client: PKCE only.
    None,
    /// Id and secret in the form body.
    Body,
    /// Id and secret as HTTP Basic.
    Basic,
}

/// Where a token goes in a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenPlacement {
    /// `Authorization: <scheme> <token>`.
    Authorization(&'static str),
    /// A header of its own.
    Header(&'static str),
}

/// Where requests go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BaseUrl {
    /// One address for everybody. A connection may override it.
    Fixed(&'static str),
    /// The person enters it (a webhook address, an organisation's host).
    Entered,
    /// A field of the token answer holds it.
    FromToken(&'static str),
    /// The secret setting of this name holds it, since whoever knows the address can write (catch hooks). Shown nowhere but
    /// for its host.
    Setting(&'static str),
}

/// One object a connector writes.
#[derive(Clone, Copy, Debug)]
pub struct ObjectSpec {
    /// The API's name.
    pub name: &'static str,
    /// The name people see, singular.
    pub label: &'static str,
    /// Most records in one write call.
    pub batch: usize,
    /// The Lead ID field Leadferry creates, where the API can.
    pub lead_id: Option<LeadIdField>,
    /// Fields that match an existing record, by kind.
    pub email_field: Option<&'static str>,
    /// The field with the phone number.
    pub phone_field: Option<&'static str>,
    /// The field with the time of the last change, for the change feed.
    pub changed_field: Option<&'static str>,
}

/// The custom field that holds our Lead ID.
#[derive(Clone, Copy, Debug)]
pub struct LeadIdField {
    /// API name.
    pub name: &'static str,
    /// Name people see.
    pub label: &'static str,
}

/// What a connector offers beyond check, describe and upsert.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Capability {
    /// Reads records by id ([`Connector::read`](crate::Connector::read)), for before-images and overwrite rules.
    Read,
    /// Finds records by a match key.
    Find,
    /// Feeds changes by cursor.
    Pull,
    /// Removes a record.
    Remove,
    /// Creates a field.
    CreateField,
    /// Adds notes.
    Note,
    /// Creates tasks.
    Task,
    /// Creates deals with stage and amount.
    Deal,
    /// Assigns owners.
    Owner,
    /// Gives up access at the vendor.
    Revoke,
    /// Writes whole batches by unique key, so that no search is needed before a create.
    UpsertByKey,
    /// The answer to a write carries no record id, as with hooks: *synced* means accepted.
    Unconfirmed,
}

/// One documented limit.
#[derive(Clone, Copy, Debug)]
pub struct Limit {
    /// What it counts, such as `burst` or `search`. A call names the buckets it draws from.
    pub bucket: &'static str,
    /// Most calls in the window.
    pub calls: u32,
    /// How long the window is.
    pub window: Window,
    /// The vendor's page that says so.
    pub source: &'static str,
}

/// The time over which a limit counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Window {
    /// A rolling window of seconds.
    Seconds(u32),
    /// The vendor's day.
    Day,
}

/// Something a person may set on a connection.
#[derive(Debug)]
pub struct Setting {
    /// Stable word.
    pub name: &'static str,
    /// Name people see.
    pub label: &'static str,
    /// One line of help.
    pub help: &'static str,
    /// What it holds.
    pub kind: SettingKind,
    /// Must be given.
    pub required: bool,
}

/// What a setting holds.
#[derive(Debug)]
pub enum SettingKind {
    /// One line.
    Text,
    /// One line that is kept like a token.
    Secret,
    /// A web address: https, or loopback after an explicit choice.
    Url,
    /// One of these values, with labels.
    Choice(&'static [(&'static str, &'static str)]),
    /// Name and value pairs, such as headers.
    Pairs,
    /// Yes or no.
    Switch,
}
