//! Everything of one seed that outlives a process: the world, the ledger on its disk, the network, the destinations, and the
//! source with what it still has to send.

use std::sync::{Arc, Mutex};

use jiff::SignedDuration;
use leadferry_auth::vault::Vault;
use leadferry_model::{Captured, Clock};
use leadferry_store::{Store, Turns};
use rand::SeedableRng;
use rand::rngs::StdRng;

use super::destination::Destination;
use super::disk::SimulatedDisk;
use super::network::Network;
use super::plan::Plan;
use super::world::{World, lock};

/// Everything that outlives a process.
pub struct House {
    /// The story.
    pub plan: Plan,
    /// The world.
    pub world: Arc<World>,
    /// The ledger.
    pub store: Store,
    /// The hand that writes it.
    pub turns: Arc<Turns>,
    /// What it is on.
    pub disk: Arc<SimulatedDisk>,
    /// The wire.
    pub network: Arc<Network>,
    /// Where leads go.
    pub destinations: Vec<Arc<Destination>>,
    /// Captures whose source has been told that they are accepted.
    pub acknowledged: Mutex<Vec<bool>>,
    /// Chance for what no plan can know beforehand: how long a dead process stays dead.
    pub chance: Mutex<StdRng>,
}

impl House {
    /// A house for the story of `seed`.
    pub fn new(seed: u64, told: bool) -> Arc<Self> {
        let plan = Plan::new(seed);
        let world = World::new(told);
        let disk = SimulatedDisk::new(Arc::clone(&world), seed ^ 1);
        let (store, turns) = Store::in_turns(disk.clone(), seed ^ 2).expect("a ledger in memory opens");
        world.watch(&turns);
        let vault = Vault::in_memory();
        let destination =
            |route: &_| Arc::new(Destination::new(*route, &world.time, vault.clone(), seed ^ 3));
        let destinations: Vec<_> = plan.routes.iter().map(destination).collect();
        let network = Network::new(Arc::clone(&world), destinations.clone(), seed ^ 4);
        let acknowledged = Mutex::new(vec![false; plan.crowd.captures.len()]);
        let chance = Mutex::new(StdRng::seed_from_u64(seed ^ 5));
        Arc::new(Self { plan, world, store, turns, disk, network, destinations, acknowledged, chance })
    }

    /// The computer's clock.
    pub fn clock(&self) -> Arc<dyn Clock> {
        self.world.time.computer()
    }

    /// Capture `number` as its source sends it.
    pub fn captured(&self, number: usize) -> Captured {
        let capture = &self.plan.crowd.captures[number];
        let start = self.world.time.truth().now() - self.world.time.passed();
        let dated = !self.plan.crowd.people[capture.person].undated;
        Captured {
            source_id: format!("capture-{number}"),
            captured_at: dated.then(|| start + self.plan.said_at[number]),
            fields: capture.fields.clone(),
        }
    }

    /// Whether the source may send capture `number` now: an undated one waits for the ones before of the same person.
    pub fn may_send(&self, number: usize) -> bool {
        let captures = &self.plan.crowd.captures;
        let person = captures[number].person;
        if !self.plan.crowd.people[person].undated {
            return true;
        }
        let acknowledged = lock(&self.acknowledged);
        (0..number).all(|earlier| captures[earlier].person != person || acknowledged[earlier])
    }

    /// Whether the source has been told that capture `number` is accepted.
    pub fn is_acknowledged(&self, number: usize) -> bool {
        lock(&self.acknowledged)[number]
    }

    /// The source is told.
    pub fn acknowledge(&self, number: usize) {
        lock(&self.acknowledged)[number] = true;
        self.world.note(format!("capture {number} is accepted"));
    }

    /// True time since the beginning.
    pub fn passed(&self) -> SignedDuration {
        self.world.time.passed()
    }
}
