//! Everything one practice CRM consists of, behind one lock.

use std::any::Any;
use std::collections::BTreeMap;

use jiff::Timestamp;
use rand::rngs::StdRng;
use serde_json::Value;

use crate::access::Access;
use crate::core::Crm;
use crate::dialect::Dialect;
use crate::hooks::Outbox;
use crate::limits::Limits;
use crate::log::Log;
use crate::random;
use crate::weather::{Sky, Today};

/// The state a dialect works on.
pub(crate) struct World {
    pub(crate) crm: Crm,
    pub(crate) access: Access,
    pub(crate) limits: Limits,
    pub(crate) log: Log,
    /// What a dialect keeps beside records, such as webhook subscriptions, by a name of its own.
    pub(crate) kept: BTreeMap<&'static str, Value>,
    /// Webhooks that nobody has delivered yet.
    pub(crate) outbox: Outbox,
    pub(crate) sky: Sky,
    /// The weather of the present call.
    pub(crate) today: Today,
    pub(crate) random: StdRng,
    /// The moment the present call came, to the millisecond.
    pub(crate) now: Timestamp,
    /// Where people reach this practice CRM.
    pub(crate) base: String,
    /// What only the dialect keeps, of the type it opened.
    pub(crate) own: Box<dyn Any + Send>,
}

impl World {
    /// Tells whoever subscribed what became of records since the last time.
    pub(crate) fn tell(&mut self, dialect: &dyn Dialect) {
        let changes = self.crm.take_changes();
        if !changes.is_empty() {
            let hooks = dialect.hooks(self, &changes);
            self.outbox.put(hooks);
        }
    }

    /// Notes what a strict vendor would object to in the present request.
    pub(crate) fn object_to(&mut self, what: impl Into<String>) {
        self.log.objections.push(what.into());
    }

    /// What the dialect keeps.
    pub(crate) fn own<T: 'static>(&self) -> &T {
        self.own.downcast_ref().expect("BUG: a dialect asks for what it opened")
    }

    /// What the dialect keeps, to change it.
    pub(crate) fn own_mut<T: 'static>(&mut self) -> &mut T {
        self.own.downcast_mut().expect("BUG: a dialect asks for what it opened")
    }

    pub(crate) fn uuid(&mut self) -> String {
        random::uuid(&mut self.random)
    }
}
