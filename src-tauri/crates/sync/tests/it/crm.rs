//! A small CRM in memory that behaves as scripted, behind the connector trait. One kind upserts by Lead ID and refuses a taken
//! e-mail; another only creates and updates, takes every duplicate it is given and has to be asked first; the third does so too, but
//! tells what changed. A person in it can be converted to a client, which has fewer fields.

use std::collections::{BTreeMap, HashSet, VecDeque};
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use jiff::SignedDuration;
use leadferry_connector::{
    Account, Auth, BaseUrl, Became, Becomes, Call, Capability, Connector, Cursor, Found, Hooks, LeadIdField,
    Loads, Match, ObjectSpec, Outcome, Page, PullRequest, RemoteRecord, RequestPreview, Role, Spec, Upsert,
    Written, converted,
};
use leadferry_model::failure::{FieldFault, FieldProblem};
use leadferry_model::{
    Clock, Failure, FailureKind, Field, FieldKind, FieldOption, LeadId, ManualClock, ObjectSchema, Record,
    RecordId, Timestamp, Value,
};

use crate::crm_loads::Handed;

pub(crate) const OBJECT: &str = "people";

pub(crate) const CLIENTS: &str = "clients";

const OBJECTS: [ObjectSpec; 2] = [
    ObjectSpec {
        name: OBJECT,
        label: "Person",
        batch: 100,
        lead_id: Some(LeadIdField { name: "lead_id", label: "Lead ID" }),
        email_field: Some("email"),
        phone_field: Some("phone"),
        changed_field: None,
        becomes: Some(Becomes::alike(CLIENTS)),
    },
    ObjectSpec {
        name: CLIENTS,
        label: "Client",
        batch: 100,
        lead_id: None,
        email_field: Some("email"),
        phone_field: Some("phone"),
        changed_field: None,
        becomes: None,
    },
];

const fn spec(id: &'static str, capabilities: &'static [Capability]) -> Spec {
    Spec {
        id,
        name: "Scripted CRM",
        tagline: "Answers as the test says",
        logo: "",
        roles: &[Role::Destination],
        auth: &[Auth::None],
        base_url: BaseUrl::Fixed("http://127.0.0.1:9"),
        objects: &OBJECTS,
        capabilities,
        limits: &[],
        settings: &[],
        hooks: Hooks::Polled("Nobody calls in a test."),
        practice: None,
        docs: "https://example.com/docs",
        checked: "2026-03-01",
    }
}

static UPSERTING: Spec = spec(
    "upserting",
    &[Capability::UpsertByKey, Capability::Read, Capability::Find, Capability::Pull, Capability::Remove],
);
static LOADING: Spec =
    spec("loading", &[Capability::UpsertByKey, Capability::Read, Capability::Find, Capability::Pull]);
static CREATING: Spec = spec("creating", &[Capability::Read, Capability::Find]);
static TELLING: Spec = spec("telling", &[Capability::Read, Capability::Find, Capability::Pull]);

/// Which kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Upserting,
    Creating,
    Telling,
    /// Upserts, and takes loads.
    Loading,
}

/// What goes wrong with one write call.
#[derive(Clone, Debug)]
pub(crate) enum Fault {
    /// The whole call fails and nothing is applied.
    Refuse(Failure),
    /// Everything is applied, and the answer is lost.
    LoseAnswer,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Kept {
    pub(crate) lead: Option<LeadId>,
    pub(crate) fields: Record,
    pub(crate) changed_at: Timestamp,
    made_at: Timestamp,
    pub(crate) deleted: bool,
    object: &'static str,
    became: Option<String>,
}

#[derive(Default)]
pub(crate) struct Inside {
    pub(crate) records: BTreeMap<String, Kept>,
    next: u64,
    /// Every call, one word and what it was about.
    pub(crate) calls: Vec<String>,
    /// Leads in the order their writes were applied, with the e-mail written.
    pub(crate) applied: Vec<(LeadId, Record)>,
    pub(crate) faults: VecDeque<Fault>,
    pub(crate) down_until: Option<Timestamp>,
    pub(crate) locked_out: bool,
    /// Failures of records by a text their e-mail contains.
    pub(crate) refusals: Vec<(String, Failure)>,
    /// Records by a text their e-mail contains make the whole call fail.
    pub(crate) poison: Option<String>,
    /// How long the search does not know a new record.
    pub(crate) lag: SignedDuration,
    /// Most keys the search answers at one moment.
    pub(crate) search_limit: Option<usize>,
    searched: Option<(Timestamp, usize)>,
    /// Allowed values of the field `source`.
    pub(crate) options: Vec<String>,
    /// A field a record cannot be made without.
    pub(crate) required: Option<String>,
    /// Fields that are gone.
    pub(crate) without: Vec<String>,
    /// What was handed in, oldest first.
    pub(crate) loads: Vec<Handed>,
    /// Why no load is taken.
    pub(crate) no_loads: Option<Failure>,
    /// Records of a load that are written between two looks; none without a word.
    pub(crate) pace: Option<usize>,
    /// Does not say what a record became.
    pub(crate) hides_conversions: bool,
    changes: Vec<String>,
}

/// The scripted CRM.
pub(crate) struct Crm {
    kind: Kind,
    clock: Arc<ManualClock>,
    pub(crate) inside: Mutex<Inside>,
}

impl Crm {
    pub(crate) fn new(kind: Kind, clock: Arc<ManualClock>) -> &'static Self {
        let inside = Inside { options: vec!["Web".into(), "Fair".into()], ..Inside::default() };
        Box::leak(Box::new(Self { kind, clock, inside: Mutex::new(inside) }))
    }

    pub(crate) fn with<T>(&self, change: impl FnOnce(&mut Inside) -> T) -> T {
        change(&mut self.inside.lock().unwrap())
    }

    /// Calls whose word is `word`.
    pub(crate) fn count(&self, word: &str) -> usize {
        self.with(|inside| inside.calls.iter().filter(|call| call.split(' ').next() == Some(word)).count())
    }

    /// How many records carry this e-mail.
    pub(crate) fn people(&self, email: &str) -> usize {
        self.with(|inside| {
            inside.records.values().filter(|kept| kept.fields.text("email").as_deref() == Some(email)).count()
        })
    }

    /// A record somebody else made.
    pub(crate) fn plant(&self, fields: &[(&str, &str)]) -> RecordId {
        let fields = fields.iter().map(|(name, text)| (*name, Value::text(*text))).collect();
        let now = self.clock.now();
        RecordId::new(self.with(|inside| inside.add(None, fields, now)))
    }

    /// Somebody turns the person into a client.
    pub(crate) fn convert(&self, record: &RecordId) -> RecordId {
        let now = self.clock.now();
        RecordId::new(self.with(|inside| {
            let fields = inside.records[record.as_str()].fields.clone();
            let client = inside.add(None, fields, now);
            inside.records.get_mut(&client).unwrap().object = CLIENTS;
            let kept = inside.records.get_mut(record.as_str()).unwrap();
            kept.became = Some(client.clone());
            kept.changed_at = now;
            inside.changes.push(record.as_str().to_owned());
            client
        }))
    }

    pub(crate) fn weather(&self) -> Result<(), Failure> {
        let now = self.clock.now();
        self.with(|inside| {
            if inside.locked_out {
                return Err(Failure::new(FailureKind::Auth, "the token was refused"));
            }
            match inside.down_until {
                Some(until) if now < until => Err(Failure::new(FailureKind::Unavailable, "503")),
                _ => Ok(()),
            }
        })
    }

    pub(crate) fn write(&self, object: &str, upsert: &Upsert) -> Outcome {
        let now = self.clock.now();
        let by_key = matches!(self.kind, Kind::Upserting | Kind::Loading);
        self.with(|inside| {
            let email = upsert.fields.text("email").unwrap_or_default();
            if let Some((_, failure)) = inside.refusals.iter().find(|(part, _)| email.contains(part.as_str()))
            {
                return Err(failure.clone());
            }
            if let Some(source) = upsert.fields.text("source")
                && !inside.options.contains(&source)
            {
                return Err(unknown_option(&source));
            }
            let known = match &upsert.record {
                Some(record) => match inside.records.get(record.as_str()) {
                    Some(Kept { became: Some(_), .. }) => return Err(converted("it is a client now")),
                    Some(kept) if !kept.deleted && kept.object == object => Some(record.as_str().to_owned()),
                    _ => return Err(Failure::new(FailureKind::NotFound, "no such record")),
                },
                None if by_key && inside.was(&upsert.lead) => return Err(converted("it is a client now")),
                None if by_key => inside.holder(|kept| kept.lead.as_ref() == Some(&upsert.lead)),
                None => None,
            };
            let taken = inside
                .holder(|kept| !email.is_empty() && kept.fields.text("email").as_deref() == Some(&*email));
            if by_key && let Some(taken) = taken.filter(|taken| known.as_ref() != Some(taken)) {
                let existing = Some(RecordId::new(taken));
                return Err(Failure::new(
                    FailureKind::Conflict { existing, field: Some("email".into()) },
                    "the address is taken",
                ));
            }
            let created = known.is_none();
            let id = match known {
                Some(id) => {
                    let kept = inside.records.get_mut(&id).unwrap();
                    for (name, value) in upsert.fields.iter() {
                        kept.fields.set(name, value.clone());
                    }
                    kept.lead = Some(upsert.lead.clone());
                    kept.changed_at = now;
                    id
                }
                None => inside.add(Some(upsert.lead.clone()), upsert.fields.clone(), now),
            };
            inside.applied.push((upsert.lead.clone(), upsert.fields.clone()));
            Ok(Written { record: RecordId::new(id), created, url: None })
        })
    }
}

impl Inside {
    fn add(&mut self, lead: Option<LeadId>, fields: Record, now: Timestamp) -> String {
        self.next += 1;
        let id = format!("{:05}", self.next);
        let kept = Kept {
            lead,
            fields,
            changed_at: now,
            made_at: now,
            deleted: false,
            object: OBJECT,
            became: None,
        };
        self.records.insert(id.clone(), kept);
        self.changes.push(id.clone());
        id
    }

    fn search(&mut self, now: Timestamp, keys: usize) -> Result<(), Failure> {
        let Some(limit) = self.search_limit else { return Ok(()) };
        let before = self.searched.filter(|(at, _)| *at == now).map_or(0, |(_, keys)| keys);
        if before + keys > limit {
            return Err(Failure::new(FailureKind::RateLimited { after_seconds: Some(1) }, "429"));
        }
        self.searched = Some((now, before + keys));
        Ok(())
    }

    fn holder(&self, is: impl Fn(&Kept) -> bool) -> Option<String> {
        let living = |kept: &Kept| !kept.deleted && kept.object == OBJECT && kept.became.is_none();
        self.records.iter().find(|(_, kept)| living(kept) && is(kept)).map(|(id, _)| id.clone())
    }

    /// Whether the record of this key is another one now.
    fn was(&self, lead: &LeadId) -> bool {
        self.records.values().any(|kept| kept.became.is_some() && kept.lead.as_ref() == Some(lead))
    }

    fn remote(&self, object: &str, id: &str) -> Option<RemoteRecord> {
        let kept = self.records.get(id).filter(|kept| kept.object == object)?;
        let mut fields = kept.fields.clone();
        if let Some(lead) = &kept.lead {
            fields.set("lead_id", Value::text(lead.as_str()));
        }
        Some(RemoteRecord {
            id: RecordId::new(id),
            fields,
            changed_at: Some(kept.changed_at),
            deleted: kept.deleted,
            url: None,
            became: kept
                .became
                .iter()
                .filter(|_| !self.hides_conversions)
                .map(|client| Became { object: CLIENTS.into(), record: RecordId::new(client), url: None })
                .collect(),
        })
    }
}

pub(crate) fn unknown_option(value: &str) -> Failure {
    let fault = FieldFault {
        field: "source".into(),
        problem: FieldProblem::UnknownOption,
        value: Some(value.into()),
        detail: "not an option".into(),
    };
    Failure::new(FailureKind::Invalid { fields: vec![fault] }, "refused")
}

#[async_trait]
impl Connector for Crm {
    fn spec(&self) -> &'static Spec {
        match self.kind {
            Kind::Upserting => &UPSERTING,
            Kind::Creating => &CREATING,
            Kind::Telling => &TELLING,
            Kind::Loading => &LOADING,
        }
    }

    async fn check(&self, _call: &Call<'_>) -> Result<Account, Failure> {
        self.with(|inside| inside.calls.push("check".into()));
        self.weather()?;
        Ok(Account {
            id: "1".into(),
            name: "Example".into(),
            user: None,
            may: vec![],
            may_not: vec![],
            sandbox: true,
            read_only: false,
            remember: BTreeMap::new(),
        })
    }

    async fn describe(&self, _call: &Call<'_>, object: &str) -> Result<ObjectSchema, Failure> {
        self.with(|inside| inside.calls.push("describe".into()));
        self.weather()?;
        let mut schema = schema(object, &self.with(|inside| inside.options.clone()));
        for field in &mut schema.fields {
            field.required = self.with(|inside| inside.required.as_ref() == Some(&field.name));
        }
        schema.fields.retain(|field| self.with(|inside| !inside.without.contains(&field.name)));
        if object == CLIENTS {
            schema.fields.retain(|field| field.name != "note" && field.name != "source");
        }
        Ok(schema)
    }

    async fn upsert(&self, _call: &Call<'_>, object: &str, batch: &[Upsert]) -> Vec<Outcome> {
        // The points where a process may die: before the call, after it was applied, before the answer is in.
        tokio::task::yield_now().await;
        self.with(|inside| inside.calls.push(format!("upsert {}", batch.len())));
        let all = |failure: Failure| batch.iter().map(|_| Err(failure.clone())).collect::<Vec<_>>();
        if let Err(failure) = self.weather() {
            return all(failure);
        }
        let poison = self.with(|inside| inside.poison.clone());
        let poisoned = |upsert: &Upsert| {
            let email = upsert.fields.text("email").unwrap_or_default();
            poison.as_ref().is_some_and(|part| email.contains(part.as_str()))
        };
        if batch.iter().any(poisoned) {
            return all(Failure::new(FailureKind::Unavailable, "500"));
        }
        let ids: HashSet<_> = batch.iter().filter_map(|upsert| upsert.record.as_ref()).collect();
        let with_id = batch.iter().filter(|upsert| upsert.record.is_some()).count();
        assert_eq!(ids.len(), with_id, "no vendor takes one record twice in a batch");
        let fault = self.with(|inside| inside.faults.pop_front());
        if let Some(Fault::Refuse(failure)) = fault {
            return all(failure);
        }
        let outcomes = batch.iter().map(|upsert| self.write(object, upsert)).collect();
        tokio::task::yield_now().await;
        match fault {
            Some(Fault::LoseAnswer) => {
                let mut lost = Failure::new(FailureKind::Unavailable, "the connection broke");
                lost.maybe_applied = true;
                all(lost)
            }
            _ => outcomes,
        }
    }

    fn loads(&self) -> Option<&dyn Loads> {
        (self.kind == Kind::Loading).then_some(self)
    }

    async fn pull(&self, _call: &Call<'_>, request: &PullRequest<'_>) -> Result<Page, Failure> {
        self.with(|inside| inside.calls.push("pull".into()));
        self.weather()?;
        let from = request.cursor.map_or(0, |cursor| cursor.0.parse::<usize>().unwrap());
        self.with(|inside| {
            let until = inside.changes.len().min(from + 50);
            let records = inside.changes[from..until]
                .iter()
                .filter_map(|id| inside.remote(request.object, id))
                .collect();
            Ok(Page { records, next: Cursor(until.to_string()), more: until < inside.changes.len() })
        })
    }

    async fn read(
        &self,
        _call: &Call<'_>,
        object: &str,
        ids: &[RecordId],
        _fields: &[String],
    ) -> Result<Vec<Option<RemoteRecord>>, Failure> {
        self.with(|inside| inside.calls.push(format!("read {}", ids.len())));
        self.weather()?;
        let living = |record: &RemoteRecord| !record.deleted;
        Ok(self
            .with(|inside| ids.iter().map(|id| inside.remote(object, id.as_str()).filter(living)).collect()))
    }

    async fn find(
        &self,
        _call: &Call<'_>,
        object: &str,
        keys: &[Match],
        _fields: &[String],
    ) -> Result<Vec<Found>, Failure> {
        self.with(|inside| inside.calls.push(format!("find {}", keys.len())));
        self.weather()?;
        let now = self.clock.now();
        self.with(|inside| inside.search(now, keys.len()))?;
        Ok(self.with(|inside| {
            let hits = |key: &Match| {
                let all = inside.records.keys().filter_map(|id| inside.remote(object, id));
                let known =
                    |record: &RemoteRecord| inside.records[record.id.as_str()].made_at + inside.lag <= now;
                all.filter(known)
                    .filter(|record| {
                        // By its key a record that takes no writes is found too.
                        let living = record.became.is_empty() || key.field == "lead_id";
                        !record.deleted
                            && living
                            && record.fields.text(&key.field).as_ref() == Some(&key.value)
                    })
                    .collect()
            };
            keys.iter().map(hits).collect()
        }))
    }

    async fn remove(&self, _call: &Call<'_>, _object: &str, record: &RecordId) -> Result<(), Failure> {
        self.with(|inside| {
            inside.calls.push("remove".into());
            match inside.records.get_mut(record.as_str()) {
                Some(kept) => {
                    kept.deleted = true;
                    Ok(())
                }
                None => Err(Failure::new(FailureKind::NotFound, "no such record")),
            }
        })
    }

    fn preview(&self, _call: &Call<'_>, object: &str, batch: &[Upsert]) -> Vec<RequestPreview> {
        let body = batch.iter().map(|upsert| serde_json::to_string(&upsert.fields).unwrap()).collect();
        vec![RequestPreview { method: "POST".into(), url: format!("/{object}"), headers: vec![], body }]
    }
}

/// What the CRM's people have.
fn schema(object: &str, options: &[String]) -> ObjectSchema {
    let option = |value: &String| FieldOption { value: value.clone(), label: value.clone(), hidden: false };
    let mut fields = vec![
        Field { unique: true, ..Field::new("email", "E-mail", FieldKind::Email) },
        Field::new("phone", "Phone", FieldKind::Phone),
        Field::new("name", "Name", FieldKind::Text),
        Field::new("note", "Note", FieldKind::Text),
    ];
    fields.push(Field {
        options: options.iter().map(option).collect(),
        ..Field::new("source", "Source", FieldKind::Choice)
    });
    ObjectSchema { object: object.into(), label: "Person".into(), fields, one_of: vec![], open: false }
}
