//! The deterministic simulation: the real engine over the real store, with time, network, disk, destinations, deaths and people
//! out of one seed.
//!
//! A [`Plan`](plan::Plan) is the story of a seed, drawn before its first step. A [`House`](house::House) holds what outlives a
//! process: the ledger on its simulated disk, the network, the destinations and the source. A life of the process is a runtime of
//! its own with paused time ([`life`]); when it dies, everything in it stops at its await point. After the story the
//! [`checks`] look at the whole history: the ledger notes every change of a delivery itself.
//!
//! One thread, one clock, one seed for each source of chance: the same seed is the same to the letter, which
//! [`Outcome::trace`] proves. What is not simulated: the operating system and a power cut below SQLite (the crash matrix has the
//! real ones), and more than one process over one ledger, which the folder's lock rules out.

pub mod checks;
pub mod crowd;
pub mod destination;
pub mod disk;
pub mod evidence;
pub mod faults;
pub mod finale;
pub mod hands;
pub mod house;
pub mod ledger;
pub mod life;
pub mod network;
pub mod person;
pub mod plain;
pub mod plan;
pub mod report;
pub mod seeds;
pub mod source;
pub mod time;
pub mod trace;
pub mod world;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use checks::Broken;
use evidence::Evidence;
use house::House;
use life::End;
use report::Tally;

/// More lives than any story has.
const LIVES: usize = 60;

/// What became of a seed.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The seed.
    pub seed: u64,
    /// Promises that were broken.
    pub broken: Vec<Broken>,
    /// A hash of everything that happened, in order.
    pub trace: u64,
    /// Everything that happened, where it was asked for.
    pub lines: Vec<String>,
    /// What there was to count.
    pub tally: Tally,
}

/// Plays `seed`. `told` keeps every line of what happened.
pub fn play(seed: u64, told: bool) -> Outcome {
    let house = House::new(seed, told);
    let (broken, tally) = match catch_unwind(AssertUnwindSafe(|| story(&house))) {
        Ok(told) => told,
        Err(panic) => {
            let words = panic.downcast_ref::<String>().map(String::as_str);
            let words = words.or(panic.downcast_ref::<&str>().copied()).unwrap_or("no words");
            let broken = vec![Broken { check: "no panic", what: words.to_owned() }];
            (broken.clone(), Tally { seeds: 1, broken: [("no panic", 1)].into(), ..Tally::default() })
        }
    };
    Outcome { seed, trace: house.world.trace.hash(), lines: house.world.trace.lines(), tally, broken }
}

/// Lives every life of the story, and looks at what came of it.
fn story(house: &Arc<House>) -> (Vec<Broken>, Tally) {
    furnish(house);
    let mut next = 0;
    let mut over = false;
    for number in 0..LIVES {
        match life::live(house, number, &mut next) {
            End::Over => {
                over = true;
                break;
            }
            End::Died(time) | End::Closed(time) => house.world.time.pass(time),
        }
    }
    assert!(over, "the story has no end");
    let evidence = Evidence::gather(house);
    let mut broken = checks::all(house, &evidence);
    broken.extend(house.world.glimpsed());
    let tally = Tally::of(house, &evidence, &broken);
    (broken, tally)
}

/// What there is before the first life: syncs with their mappings, and at the destination a field for the Lead ID.
fn furnish(house: &Arc<House>) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()
        .expect("a runtime without input and output starts");
    runtime.block_on(async {
        for destination in &house.destinations {
            let known = house.plan.crowd.people.iter().filter(|person| person.is_known);
            destination.prepare(known.map(|person| person.email()), house.clock().as_ref()).await;
        }
        let now = house.clock().now();
        ledger::furnish(&house.store, now, &house.destinations).await.expect("an empty ledger is furnished");
    });
}
