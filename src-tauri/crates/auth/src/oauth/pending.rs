//! Answers that do not come through the listener: pasted by the person, or through the app's own scheme.
//!
//! Any program, and any web page, can send the app an address of its scheme. So an address is only ever looked at as the answer
//! to a sign-in that is waiting for exactly it; it starts nothing by itself.

use std::sync::{Arc, Mutex, PoisonError, Weak};

use super::gate::{Gate, Verdict};

/// Longer than any answer; vendors' codes stay below a few kilobytes.
const LONGEST_ADDRESS: usize = 16 * 1024;

/// A waiting sign-in, for answers from elsewhere.
#[derive(Clone, Debug)]
pub struct FlowHandle(pub(super) Arc<Gate>);

/// The address is not the answer to this sign-in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AddressFault {
    /// Not the redirect address.
    #[error(
        "That is not the address the vendor sent you to. Copy the whole address of the page that could not be opened."
    )]
    NotTheAddress,
    /// The state is of another flow.
    #[error("That address belongs to another sign-in. Use the one from the page that was opened last.")]
    OtherSignIn,
    /// It was taken before.
    #[error("That address was used already. Go on in Leadferry, or start again.")]
    UsedAlready,
}

impl FlowHandle {
    /// Takes the address a person copied from the browser, where the browser could not reach this computer itself.
    pub fn complete_with_url(&self, address: &str) -> Result<(), AddressFault> {
        let address = address.trim();
        if address.len() > LONGEST_ADDRESS {
            return Err(AddressFault::NotTheAddress);
        }
        let query = self.0.query_of(address).ok_or(AddressFault::NotTheAddress)?;
        match self.0.weigh(query) {
            Verdict::Malformed => Err(AddressFault::NotTheAddress),
            Verdict::BadState => Err(AddressFault::OtherSignIn),
            Verdict::AlreadyUsed => Err(AddressFault::UsedAlready),
            Verdict::Agreed(code) => {
                self.0.pass_on(Ok(code));
                Ok(())
            }
            Verdict::Refused(error) => {
                self.0.pass_on(Err(error));
                Ok(())
            }
        }
    }
}

/// The sign-ins that wait right now. One value, held by the shell, which hands every address of the app's scheme to it.
#[derive(Clone, Debug, Default)]
pub struct PendingFlows(Arc<Mutex<Vec<Weak<Gate>>>>);

impl PendingFlows {
    /// Adds a sign-in. It leaves by itself when it ends.
    pub fn add(&self, flow: &FlowHandle) {
        let mut flows = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        flows.retain(|gate| gate.strong_count() > 0);
        flows.push(Arc::downgrade(&flow.0));
    }

    /// Gives `address` to the sign-in it answers. [`AddressFault::NotTheAddress`] if none waits for it.
    pub fn deliver(&self, address: &str) -> Result<(), AddressFault> {
        let flows = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let mut fault = AddressFault::NotTheAddress;
        for gate in flows.iter().filter_map(Weak::upgrade) {
            match FlowHandle(gate).complete_with_url(address) {
                Ok(()) => return Ok(()),
                // The nearest miss is the one to tell.
                Err(AddressFault::NotTheAddress) => {}
                Err(nearer) => fault = nearer,
            }
        }
        Err(fault)
    }
}
