//! What only Salesforce keeps between calls: set-up objects, the org's own rules, open jobs and cursors.

use std::collections::{HashMap, VecDeque};

use jiff::Timestamp;

use super::account;
use super::bulk::Job;
use super::query::Cursor;
use crate::core::Crm;
use crate::world::World;

/// The state.
pub(super) struct State {
    /// Users, stages, permission sets.
    pub(super) setup: Crm,
    /// Who made a record and who changed it last, by object and number.
    pub(super) authors: HashMap<(String, u64), Authors>,
    /// What was described to whom: a fingerprint, and since when it is so.
    pub(super) described: HashMap<String, (u64, Timestamp)>,
    /// Queries with pages left, oldest first.
    pub(super) cursors: VecDeque<Cursor>,
    /// Bulk jobs, oldest first.
    pub(super) jobs: Vec<Job>,
    /// Web forms beyond the day's limit.
    pub(super) waiting_forms: VecDeque<Vec<(String, String)>>,
    /// What the org's admin has set.
    pub(super) rules: Rules,
    /// What the admin has said about apps.
    pub(super) apps: HashMap<String, AppSettings>,
    /// The number the next job or cursor gets.
    next: u64,
}

/// Who wrote a record through the API.
#[derive(Clone, Debug)]
pub(super) struct Authors {
    /// Who created it.
    pub(super) created: u64,
    /// Who changed it last, and when: a later change was made by a person, past the API.
    pub(super) changed: (u64, Timestamp),
}

/// The org's own rules.
#[derive(Clone, Debug)]
pub(super) struct Rules {
    /// Duplicate rules by object.
    pub(super) duplicates: HashMap<String, DuplicateRule>,
    /// Whether an assignment rule for leads is active.
    pub(super) assignment: bool,
    /// Whether the edition has the API.
    pub(super) api: bool,
    /// Whether the edition has Bulk API 2.0.
    pub(super) bulk: bool,
    /// Whether *Web-to-Lead* asks for a solved captcha.
    pub(super) captcha: bool,
}

/// What a duplicate rule does, matching by e-mail address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct DuplicateRule {
    /// Whether the record may be saved all the same.
    pub(super) alert_only: bool,
    /// Other objects whose records count as duplicates too.
    pub(super) across: bool,
    /// Older API versions misspell the key of the details.
    pub(super) misspelt: bool,
}

/// What the admin has said about an app.
#[derive(Clone, Debug, Default)]
pub(super) struct AppSettings {
    /// The only addresses to return to; every address on this computer without any.
    pub(super) callbacks: Vec<String>,
    /// The key its assertions are signed with, as PKCS#1.
    pub(super) key: Option<Vec<u8>>,
}

impl State {
    /// The state of the fresh account.
    pub(super) fn new() -> Self {
        Self {
            setup: account::open_setup(),
            authors: HashMap::new(),
            described: HashMap::new(),
            cursors: VecDeque::new(),
            jobs: Vec::new(),
            waiting_forms: VecDeque::new(),
            rules: Rules {
                duplicates: HashMap::new(),
                assignment: true,
                api: true,
                bulk: true,
                captcha: false,
            },
            apps: HashMap::new(),
            next: 0,
        }
    }

    /// A number nothing else has.
    pub(super) fn next(&mut self) -> u64 {
        self.next += 1;
        self.next
    }
}

/// The state of `world`.
pub(super) fn state(world: &World) -> &State {
    world.own()
}

/// The state of `world`, to change it.
pub(super) fn state_mut(world: &mut World) -> &mut State {
    world.own_mut()
}

/// The half of the account that holds `object`: set-up objects have their own.
pub(super) fn crm<'a>(world: &'a World, object: &str) -> &'a Crm {
    if world.crm.table(object).is_ok() { &world.crm } else { &state(world).setup }
}

/// The same half, to change it.
pub(super) fn crm_mut<'a>(world: &'a mut World, object: &str) -> &'a mut Crm {
    if world.crm.table(object).is_ok() { &mut world.crm } else { &mut state_mut(world).setup }
}

/// Starts remembering what a request does.
pub(super) fn begin(world: &mut World) {
    world.crm.begin();
    state_mut(world).setup.begin();
}

/// Keeps it.
pub(super) fn keep(world: &mut World) {
    world.crm.keep();
    state_mut(world).setup.keep();
}

/// Takes it back.
pub(super) fn take_back(world: &mut World) {
    world.crm.take_back();
    state_mut(world).setup.take_back();
}
