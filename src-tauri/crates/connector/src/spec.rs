//! A connector's facts. A constant: the compiler is its schema, and screens, command line and documents are drawn from it.

use leadferry_model::Value;

use crate::{Auth, Endpoint, Hooks, Settings};

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
    /// Whether the vendor calls when records change.
    pub hooks: Hooks,
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

    /// A token endpoint, where any of the ways to authorise has one.
    pub fn endpoint(&self) -> Option<&Endpoint> {
        self.auth.iter().find_map(Auth::endpoint)
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

/// Where requests go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BaseUrl {
    /// One address for everybody. A connection may override it.
    Fixed(&'static str),
    /// The person enters it (a webhook address, an organisation's host).
    Entered,
    /// A field of the token answer holds it; the newest answer counts.
    FromToken {
        /// The field's name.
        field: &'static str,
        /// Where requests go before anybody has said so, such as with a pasted token.
        default: Option<&'static str>,
    },
    /// One of the vendor's addresses, by the word in a plain setting; the first where none is chosen. A connection may override it.
    Chosen {
        /// The setting's name.
        setting: &'static str,
        /// Its words, and the address of each.
        addresses: &'static [(&'static str, &'static str)],
    },
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
    /// What goes on for the person once a record of this object is converted.
    pub becomes: Option<Becomes>,
}

/// Where a person goes on once their record was converted.
#[derive(Clone, Copy, Debug)]
pub struct Becomes {
    /// The object of this spec.
    pub object: &'static str,
    /// Its field for a value that a field of the old record was to take; `None` where no field takes it.
    pub field: fn(&str, &Value) -> Option<String>,
}

impl Becomes {
    /// An object whose fields have the same names.
    pub const fn alike(object: &'static str) -> Self {
        Self { object, field: |name, _| Some(name.to_owned()) }
    }
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
    /// The answer to a write carries no record id, as with hooks and web forms: *synced* means handed over, and people are told so.
    /// [`Written::record`](crate::Written::record) is the lead's own id then.
    Unconfirmed,
}

/// One documented limit.
#[derive(Clone, Copy, Debug)]
pub struct Limit {
    /// What it counts, such as `burst` or `search`. A call names the buckets it draws from.
    pub bucket: &'static str,
    /// Most calls in the window, for the smallest plan.
    pub calls: u32,
    /// How long the window is.
    pub window: Window,
    /// What one call takes from it.
    pub counts: Counts,
    /// What a setting of the connection makes of `calls`, where the vendor's answers do not tell the plan. `None`: as it is.
    pub raised: Option<fn(&Settings) -> Option<u32>>,
    /// The vendor's page that says so.
    pub source: &'static str,
}

impl Limit {
    /// A limit that counts every call as one.
    pub const fn of_calls(bucket: &'static str, calls: u32, window: Window, source: &'static str) -> Self {
        Self { bucket, calls, window, counts: Counts::Calls, raised: None, source }
    }

    /// Most calls in the window under these settings.
    pub fn most(&self, settings: &Settings) -> u32 {
        self.raised.and_then(|raised| raised(settings)).filter(|calls| *calls > 0).unwrap_or(self.calls)
    }
}

/// What one call takes from a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counts {
    /// One.
    Calls,
    /// What the call [costs](crate::Request::costs) (credits, tokens).
    Costs,
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
