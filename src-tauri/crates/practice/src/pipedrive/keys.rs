//! The keys a v2 body may hold, object by object, and what each takes.
//! <https://developers.pipedrive.com/docs/api/v1/openapi-v2.yaml>

/// What a key takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Want {
    /// Text that must not be empty.
    Name,
    /// Text.
    Text,
    /// A whole number.
    Int,
    /// A number.
    Number,
    /// True or false.
    Bool,
    /// A day.
    Day,
    /// A time of day, or a length of time.
    Clock,
    /// A moment in RFC 3339.
    Moment,
    /// A moment as `2026-11-20 08:00:00`.
    OldMoment,
    /// A currency's three letters.
    Currency,
    /// Of these words.
    Word(&'static [&'static str]),
    /// Who may see it.
    Visible,
    /// An active user.
    Owner,
    /// A record of this object.
    Record(&'static str),
    /// A lead, by UUID.
    Lead,
    /// Ids of the object's labels.
    Labels,
    /// The id of an option of the field of the same name.
    Option,
    /// E-mail addresses or phone numbers.
    Contacts,
    /// An address with its parts.
    Address,
    /// A type of activity, by its key.
    ActivityType,
    /// People who take part in an activity.
    Participants,
    /// People asked to a meeting.
    Attendees,
    /// Custom fields by code.
    Custom,
    /// There with an add-on only that this account does not have.
    AddOn,
    /// Documented and said to be read-only: taken, and without effect.
    Ignored,
}

/// A key of a body.
#[derive(Clone, Copy, Debug)]
pub(super) struct Key {
    pub(super) name: &'static str,
    pub(super) want: Want,
    /// Only when a record is made.
    pub(super) new_only: bool,
}

const fn key(name: &'static str, want: Want) -> Key {
    Key { name, want, new_only: false }
}

const fn new_only(name: &'static str, want: Want) -> Key {
    Key { name, want, new_only: true }
}

// Sources disagree on first_name and last_name: the migration guide takes both in place of name, the API's own description
// does not list them.
const PERSONS: &[Key] = &[
    key("name", Want::Name),
    key("owner_id", Want::Owner),
    key("org_id", Want::Record("organizations")),
    new_only("add_time", Want::Moment),
    key("emails", Want::Contacts),
    key("phones", Want::Contacts),
    key("visible_to", Want::Visible),
    key("label_ids", Want::Labels),
    key("custom_fields", Want::Custom),
    // With contact sync.
    key("job_title", Want::AddOn),
    key("notes", Want::AddOn),
    key("im", Want::AddOn),
    key("birthday", Want::AddOn),
    key("postal_address", Want::AddOn),
    // With Campaigns.
    key("marketing_status", Want::AddOn),
];

const ORGANIZATIONS: &[Key] = &[
    key("name", Want::Name),
    key("owner_id", Want::Owner),
    new_only("add_time", Want::Moment),
    key("visible_to", Want::Visible),
    key("label_ids", Want::Labels),
    key("address", Want::Address),
    key("website", Want::Text),
    key("linkedin", Want::Text),
    key("industry", Want::Option),
    key("annual_revenue", Want::Int),
    key("employee_count", Want::Int),
    key("custom_fields", Want::Custom),
];

const DEALS: &[Key] = &[
    key("title", Want::Name),
    key("owner_id", Want::Owner),
    key("person_id", Want::Record("persons")),
    key("org_id", Want::Record("organizations")),
    key("pipeline_id", Want::Int),
    key("stage_id", Want::Int),
    key("value", Want::Number),
    key("currency", Want::Currency),
    key("is_deleted", Want::Bool),
    key("is_archived", Want::Bool),
    key("archive_time", Want::OldMoment),
    key("status", Want::Word(&["open", "won", "lost"])),
    key("probability", Want::Number),
    key("lost_reason", Want::Text),
    key("visible_to", Want::Visible),
    key("close_time", Want::Moment),
    key("won_time", Want::Moment),
    key("lost_time", Want::Moment),
    key("expected_close_date", Want::Day),
    key("label_ids", Want::Labels),
    key("custom_fields", Want::Custom),
];

const ACTIVITIES: &[Key] = &[
    key("subject", Want::Text),
    key("type", Want::ActivityType),
    key("owner_id", Want::Owner),
    key("deal_id", Want::Record("deals")),
    key("lead_id", Want::Lead),
    // <https://pipedrive.readme.io/docs/pipedrive-api-v2-migration-guide>: set by the primary participant.
    // Unverified: what a person_id at the root does; it is listed as a key all the same.
    key("person_id", Want::Ignored),
    key("org_id", Want::Record("organizations")),
    key("project_id", Want::Int),
    key("due_date", Want::Day),
    key("due_time", Want::Clock),
    key("duration", Want::Clock),
    key("busy", Want::Bool),
    key("done", Want::Bool),
    key("location", Want::Address),
    key("participants", Want::Participants),
    key("attendees", Want::Attendees),
    key("public_description", Want::Text),
    key("priority", Want::Option),
    key("note", Want::Text),
];

/// The keys of an object's bodies.
pub(super) fn of(object: &str) -> &'static [Key] {
    match object {
        "persons" => PERSONS,
        "organizations" => ORGANIZATIONS,
        "deals" => DEALS,
        _ => ACTIVITIES,
    }
}

/// The core's field behind a key: lists of contacts are described by one name and written by another.
pub(super) fn field_of(key: &str) -> &str {
    match key {
        "emails" => "email",
        "phones" => "phone",
        "add_time" => super::times::GIVEN_ADD_TIME,
        other => other,
    }
}
