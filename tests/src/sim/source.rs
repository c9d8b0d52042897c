//! The source: sends each capture until it is told *accepted*, again when it likes, and never forgets one.

use std::sync::Arc;
use std::time::Duration;

use leadferry_sync::{Cancel, Ingest};

use super::house::House;
use super::plan::Event;
use crate::furniture;

/// A sender of webhooks gives up on an answer after this.
const PATIENCE: Duration = Duration::from_secs(10);
/// Between the first two tries; it doubles with each.
const PAUSE: Duration = Duration::from_secs(15);
/// Longest time between two tries.
const LONG_PAUSE: Duration = Duration::from_secs(600);

/// Sends capture `number` until it is accepted.
pub async fn send(house: Arc<House>, ingest: Ingest, number: usize) {
    while !house.may_send(number) {
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
    let mut pause = PAUSE;
    loop {
        let stop = house.plan.crowd.captures[number].stop;
        let source = furniture::source();
        let accepting = ingest.accept(&source, house.captured(number), stop);
        match tokio::time::timeout(PATIENCE, accepting).await {
            Ok(Ok(_)) => return house.acknowledge(number),
            Ok(Err(error)) => house.world.note(format!("capture {number} is refused: {error}")),
            Err(_) => house.world.note(format!("capture {number} gets no answer")),
        }
        tokio::time::sleep(pause).await;
        pause = (pause * 2).min(LONG_PAUSE);
    }
}

/// Reads a file with these captures. Those it cannot take in are sent one by one later.
pub async fn import(house: Arc<House>, ingest: Ingest, engine: leadferry_sync::Engine, numbers: Vec<usize>) {
    let (file, rest): (Vec<usize>, Vec<usize>) =
        numbers.into_iter().partition(|number| house.may_send(*number));
    let sync = house.destinations[0].sync.clone();
    let taken = async {
        let run = engine.start_import(&sync, "leads.csv").await?;
        let rows: Vec<_> = file.iter().map(|number| Ok(house.captured(*number))).collect();
        let progress =
            ingest.accept_many(&furniture::source(), Some(run), rows, &Cancel::new(), |_| {}).await?;
        engine.seal(run).await?;
        leadferry_sync::Result::<_>::Ok(progress)
    };
    match taken.await {
        Ok(_) => file.iter().for_each(|number| house.acknowledge(*number)),
        Err(error) => house.world.note(format!("the file is refused: {error}")),
    }
    for number in file.into_iter().chain(rest) {
        if !house.is_acknowledged(number) {
            send(Arc::clone(&house), ingest.clone(), number).await;
        }
    }
}

/// Captures that were sent before this process began, and are not accepted.
pub fn unanswered(house: &House, until: usize) -> Vec<usize> {
    let mut all: Vec<usize> = Vec::new();
    for (_, event) in &house.plan.events[..until] {
        match event {
            Event::Capture(number) => all.push(*number),
            Event::Import(numbers) => all.extend(numbers),
            _ => {}
        }
    }
    all.retain(|number| !house.is_acknowledged(*number));
    all.sort_unstable();
    all
}
