//! The simulated disk below the ledger: slow, full, refusing, and a place where the process may die.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use leadferry_store::{Disk, DiskMoment, Pause, StoreError};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

use super::faults::Platter;
use super::plan::Stage;
use super::world::{World, lock};

/// SQLite's code for a sync that failed. <https://www.sqlite.org/rescode.html#ioerr_fsync>
const IOERR_FSYNC: i32 = 1034;

/// A write that takes this long is worth counting. A quick disk takes a few milliseconds.
const SLOW: Duration = Duration::from_millis(20);

/// The disk.
pub struct SimulatedDisk {
    world: Arc<World>,
    inside: Mutex<(StdRng, Platter)>,
}

impl SimulatedDisk {
    /// A quick one with room.
    pub fn new(world: Arc<World>, seed: u64) -> Arc<Self> {
        let inside = Mutex::new((StdRng::seed_from_u64(seed), Platter::default()));
        Arc::new(Self { world, inside })
    }

    /// How it is from now on.
    pub fn set(&self, platter: Platter) {
        lock(&self.inside).1 = platter;
    }

    fn wait(&self, moment: DiskMoment) -> Duration {
        let (chance, platter) = &mut *lock(&self.inside);
        match moment {
            DiskMoment::Waiting if platter.slow_millis > 0 => {
                Duration::from_millis(chance.random_range(0..u64::from(platter.slow_millis)))
            }
            // Now and then even a quick disk lets others go first.
            DiskMoment::Waiting if chance.random_bool(0.1) => {
                Duration::from_millis(chance.random_range(1..5))
            }
            _ => Duration::ZERO,
        }
    }
}

impl Disk for SimulatedDisk {
    fn pause(&self, moment: DiskMoment) -> Pause<'_> {
        Box::pin(async move {
            self.world
                .stage(match moment {
                    DiskMoment::Reading => Stage::Reading,
                    DiskMoment::Waiting => Stage::Handed,
                    DiskMoment::Done => Stage::Kept,
                })
                .await;
            let wait = self.wait(moment);
            if wait >= SLOW {
                self.world.count("slow disk");
            }
            if !wait.is_zero() {
                tokio::time::sleep(wait).await;
            }
            if moment == DiskMoment::Done {
                self.world.look();
            }
        })
    }

    fn is_full(&self) -> bool {
        let full = lock(&self.inside).1.full;
        if full {
            self.world.count("disk full");
        }
        full
    }

    fn refuses_commit(&self) -> Option<StoreError> {
        let refuses = {
            let (chance, platter) = &mut *lock(&self.inside);
            platter.refused_in > 0 && chance.random_range(0..platter.refused_in) == 0
        };
        if !refuses {
            return None;
        }
        self.world.struck("commit refused");
        Some(StoreError::Sql { code: IOERR_FSYNC, message: "the simulated disk failed".to_owned() })
    }
}
