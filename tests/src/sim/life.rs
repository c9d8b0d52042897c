//! One life of the process: a runtime of its own with the engine, its driver and what talks to it, from start to death. When it
//! ends, everything in it ends at the await point it was at.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use async_trait::async_trait;
use jiff::SignedDuration;
use leadferry_connector::{Access, Connector, Http, Pacer, Settings, Transport};
use leadferry_model::{Clock, ConnectionId, Failure, FailureKind};
use leadferry_store::{ConnectionState, Store};
use leadferry_sync::{Cancel, Connect, Driver, Engine, Ingest, Line, Registry, Setup};
use rand::RngExt;

use super::faults::Fault;
use super::house::House;
use super::person::Person;
use super::plain::PLAIN;
use super::plan::Event;
use super::world::lock;
use super::{finale, source};
use crate::connect::hubspot;

/// How a life ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// The process died, and is started again after this time.
    Died(SignedDuration),
    /// The program was closed, and is started again after this time.
    Closed(SignedDuration),
    /// The story is over.
    Over,
}

/// Lives one life. `next` is the next event of the story.
pub fn live(house: &Arc<House>, number: usize, next: &mut usize) -> End {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()
        .expect("a runtime without input and output starts");
    let world = Arc::clone(&house.world);
    world.revive(house.plan.kills.get(number).copied().flatten());
    let end = runtime.block_on(async {
        world.time.begin_life();
        world.note(format!("life {number} begins"));
        let end = tokio::select! {
            biased;
            () = world.death() => None,
            end = lived(house, number, next) => Some(end),
        };
        world.time.end_life();
        end
    });
    // Everything that is still under way stops here, as in a process that is killed.
    drop(runtime);
    let end = end.unwrap_or_else(|| End::Died(dead_for(house)));
    if let End::Died(_) = end {
        if lock(&house.chance).random_bool(0.5) {
            house.turns.finish_waiting()
        } else {
            house.turns.lose_waiting()
        }
    }
    world.look();
    world.note(format!("life {number} ends: {end:?}"));
    end
}

/// A watchdog starts a dead process within seconds, a person within the hour.
fn dead_for(house: &House) -> SignedDuration {
    let chance = &mut *lock(&house.chance);
    let seconds =
        if chance.random_bool(0.7) { chance.random_range(2..30) } else { chance.random_range(30..3_600) };
    SignedDuration::from_secs(seconds)
}

async fn lived(house: &Arc<House>, number: usize, next: &mut usize) -> End {
    let (engine, ingest) = start(house, number).await;
    let cancel = Cancel::new();
    let driver = Driver::new(engine.clone());
    let stop = cancel.clone();
    let driving = tokio::spawn(async move { driver.run(&stop).await });
    for unanswered in source::unanswered(house, *next) {
        tokio::spawn(source::send(Arc::clone(house), ingest.clone(), unanswered));
    }
    let person = Person { house, engine: &engine };
    while let Some((at, event)) = house.plan.events.get(*next) {
        if let Ok(wait) = Duration::try_from(*at - house.passed()) {
            tokio::time::sleep(wait).await;
        }
        *next += 1;
        match event {
            Event::Capture(number) | Event::Again(number) => {
                tokio::spawn(source::send(Arc::clone(house), ingest.clone(), *number));
            }
            Event::Import(numbers) => {
                tokio::spawn(source::import(
                    Arc::clone(house),
                    ingest.clone(),
                    engine.clone(),
                    numbers.clone(),
                ));
            }
            Event::Fault(fault) => strike(house, fault),
            Event::Deed(deed) => person.act(*deed).await,
            Event::Sleep(time) => {
                house.world.note(format!("the computer sleeps for {time}"));
                house.world.struck("sleep");
                house.world.time.pass(*time);
                house.world.slept();
            }
            Event::Close(time) => {
                cancel.cancel();
                if driving.await.is_err() {
                    house.world.note("the driver panicked");
                }
                return End::Closed(*time);
            }
            Event::Crash(time) => {
                house.world.note("the process is killed");
                house.world.die();
                return End::Died(*time);
            }
        }
    }
    finale::play(house, &person).await;
    End::Over
}

async fn start(house: &Arc<House>, number: usize) -> (Engine, Ingest) {
    let clock = house.clock();
    let transport: Arc<dyn Transport> = house.network.clone();
    let lines = Lines {
        house: Arc::clone(house),
        shared: house
            .destinations
            .iter()
            .map(|to| {
                let access = to.access(Arc::clone(&transport), Arc::clone(&clock));
                let pacer = Pacer::new(to.connector().spec().limits, &Settings::default());
                (to.id.clone(), (Arc::new(pacer), access))
            })
            .collect(),
    };
    let engine = Engine::new(Setup {
        store: house.store.clone(),
        connectors: connectors(),
        connect: Arc::new(lines),
        clock,
        seed: house.plan.seed ^ 0x5eed ^ number as u64,
    });
    // A program that cannot open its ledger says so, and its person starts it again.
    let mut pause = Duration::from_secs(20);
    while let Err(error) = engine.recover().await {
        house.world.note(format!("the program does not start: {error}"));
        tokio::time::sleep(pause).await;
        pause = (pause * 2).min(Duration::from_secs(600));
    }
    let ingest = Ingest::new(engine.clone(), Some("GB".to_owned()));
    (engine, ingest)
}

fn connectors() -> Registry {
    static LIST: OnceLock<[&'static dyn Connector; 2]> = OnceLock::new();
    Registry::new(LIST.get_or_init(|| [hubspot(), &PLAIN]))
}

/// Breaks something, or mends it.
pub fn strike(house: &House, fault: &Fault) {
    house.world.note(format!("{fault:?}"));
    match fault {
        Fault::Weather(route, storm) => house.destinations[*route].set_weather(*storm),
        Fault::Network(rates) => house.network.set_rates(*rates),
        Fault::Disk(platter) => house.disk.set(*platter),
        Fault::Clock(skew) => {
            if !skew.is_zero() {
                house.world.struck("clock jump");
            }
            house.world.time.set_skew(*skew);
            house.world.unruly();
        }
        Fault::TokensExpire(route) => {
            house.world.struck("tokens expire");
            house.destinations[*route].expire_tokens();
        }
        Fault::Locked(route) => {
            if house.destinations[*route].lock_out() {
                house.world.struck("access taken back");
            }
        }
    }
}

/// Opens lines as the room `api` does.
struct Lines {
    house: Arc<House>,
    shared: HashMap<ConnectionId, (Arc<Pacer>, Arc<dyn Access>)>,
}

#[async_trait]
impl Connect for Lines {
    async fn open(&self, connection: &ConnectionId) -> Result<Line, Failure> {
        let (store, id): (&Store, _) = (&self.house.store, connection.clone());
        let kept = store.read(move |tx| tx.connection(&id)).await;
        let kept =
            kept.map_err(|error| Failure::new(FailureKind::Unavailable, error.to_string()).code("ledger"))?;
        if kept.state == ConnectionState::Disconnected {
            return Err(Failure::new(FailureKind::Auth, "the connection was taken off").code("disconnected"));
        }
        let to = self.house.destinations.iter().find(|to| to.id == *connection);
        let (to, (pacer, access)) = to
            .zip(self.shared.get(connection))
            .ok_or_else(|| Failure::new(FailureKind::Unexpected, "no such destination"))?;
        let clock: Arc<dyn Clock> = self.house.clock();
        let transport: Arc<dyn Transport> = self.house.network.clone();
        let spec = to.connector().spec();
        let http = Http::new(spec, to.base.clone(), transport, Arc::clone(access), Arc::clone(pacer), clock);
        Ok(Line { http, settings: Settings::default() })
    }
}
