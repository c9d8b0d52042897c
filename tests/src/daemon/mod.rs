//! A real `leadferry` process with everything around it: its CRM, its senders, and what both must agree on in the end.

mod crm;
mod guests;
mod house;
mod life;
mod moment;

pub(crate) use crm::Crm;
pub(crate) use guests::{Difference, Guests};
pub(crate) use house::*;
pub(crate) use life::{End, Life, PASSPHRASE, Reaper};
pub(crate) use moment::Moment;
