//! One person is one record at every CRM, whatever comes between: answers lost after the commit, many events at once, a search that is
//! behind, a colleague who types the person in.

use std::collections::BTreeMap;

use jiff::SignedDuration;
use leadferry_model::{Captured, Record, Value};
use leadferry_practice::Weather;
use leadferry_practice::weather::{Fault, On, Spell, When};
use leadferry_store::Page;
use leadferry_sync::Cancel;
use leadferry_tests::furniture;
use leadferry_tests::people::{EMAIL, MESSAGE, crowd};
use leadferry_tests::target::Known;
use leadferry_tests::world::World;

use super::pairs;

const DAY: SignedDuration = SignedDuration::from_hours(24);
const LAG_SECONDS: u32 = 30;

fn lost_answers(when: When) -> Spell {
    Spell { fault: Fault::AnswerLost, when, on: On::Writes }
}

/// A world whose account is described and read, as before a sync goes live.
async fn world(id: &str, seed: u64) -> World {
    let world = World::of(id, seed).await;
    world.step().await;
    world
}

/// Everything has arrived and is there once, also among what does not carry our Lead ID.
async fn assert_one_each(world: &World, id: &str, people: usize) {
    let counts = world.counts().await;
    let failed: Vec<_> = world.deliveries().await.into_iter().filter_map(|row| row.failure).collect();
    assert_eq!((counts.failed, counts.open()), (0, 0), "{id}: all arrived: {failed:?}");
    let all = world.practice.counts()[world.target.object];
    assert_eq!((all, world.contacts().len()), (people, people), "{id}: one record a person");
    world.assert_documented();
}

fn event(number: usize, email: &str, phone: &str) -> Captured {
    let fields = [
        ("Full name", "Ada Lovelace".to_owned()),
        ("E-mail", email.to_owned()),
        ("Phone", phone.to_owned()),
        ("Message", message(number)),
    ];
    let fields: Record = fields.into_iter().map(|(name, value)| (name, Value::text(value))).collect();
    Captured { source_id: format!("event-{number}"), captured_at: None, fields }
}

fn message(number: usize) -> String {
    format!("Enquiry {number:03}")
}

#[tokio::test]
async fn a_connection_reset_after_the_commit_makes_nobody_twice() {
    for id in pairs() {
        let lost = [When::NextCalls { calls: 2 }, When::After { skip: 3, calls: 1 }].map(lost_answers);
        let world = world(id, 61).await;
        world.weather(Weather {
            spells: lost.to_vec(),
            search_lag_seconds: LAG_SECONDS,
            ..Weather::default()
        });
        let crowd = crowd(61, 150);
        world.capture(crowd.rows).await;
        world.drain(DAY).await;
        assert_eq!(world.contacts(), world.held(&crowd.expected), "{id}: nothing lost, every value right");
        assert_one_each(&world, id, crowd.expected.len()).await;
    }
}

#[tokio::test]
async fn lost_answers_and_limits_at_random_make_nobody_twice() {
    let faults = [
        Fault::AnswerLost,
        Fault::Outage { status: 502 },
        Fault::RateLimited { retry_after_seconds: Some(3), daily: false },
    ];
    let spell = |fault| Spell { fault, when: When::Chance { probability: 0.05 }, on: On::All };
    let spells: Vec<_> = faults.into_iter().map(spell).collect();
    for id in pairs() {
        let world = world(id, 42).await;
        world.weather(Weather {
            spells: spells.clone(),
            search_lag_seconds: LAG_SECONDS,
            ..Weather::default()
        });
        let crowd = crowd(42, 200);
        world.capture(crowd.rows).await;
        world.settle(SignedDuration::from_hours(6)).await;
        world.weather(Weather::default());
        world.drain(DAY).await;
        assert_eq!(world.contacts(), world.held(&crowd.expected), "{id}: nothing lost, every value right");
        assert_one_each(&world, id, crowd.expected.len()).await;
    }
}

/// One task an event, as the receiver takes them, while the engine delivers: in other letters and other phone formats, with the
/// first answer lost and the search behind.
#[tokio::test]
async fn fifty_events_of_one_person_at_once_are_one_record() {
    const EVENTS: usize = 50;
    const EMAILS: [&str; 3] = ["ada@example.com", " ADA@Example.com", "Ada@EXAMPLE.COM "];
    const PHONES: [&str; 4] = ["020 7946 0001", "+44 20 7946 0001", "(020) 7946-0001", "0044 20 79460001"];
    for id in pairs() {
        let world = world(id, 62).await;
        let spells = vec![lost_answers(When::NextCalls { calls: 1 })];
        world.weather(Weather { spells, search_lag_seconds: LAG_SECONDS, ..Weather::default() });
        let tasks: Vec<_> = (0..EVENTS)
            .map(|number| {
                let ingest = world.ingest.clone();
                let row = event(number, EMAILS[number % EMAILS.len()], PHONES[number % PHONES.len()]);
                tokio::spawn(async move {
                    let rows = std::iter::once(Ok(row));
                    ingest.accept_many(&furniture::source(), None, rows, &Cancel::new(), |_| {}).await
                })
            })
            .collect();
        for task in tasks {
            // Some come while others are on their way.
            world.step().await;
            task.await.expect("no task panics").expect("the ledger takes rows");
        }
        world.drain(DAY).await;
        assert_one_each(&world, id, 1).await;
        let mut last = world.contacts().remove(0);
        assert_eq!(last.remove(EMAIL).as_deref(), Some(EMAILS[0]), "{id}: in its one form");
        let leads = world.store.read(|tx| tx.leads(None, Page::first(2))).await.unwrap().rows;
        assert_eq!(leads.len(), 1, "{id}: one lead");
        assert_eq!(
            last.remove(MESSAGE),
            leads[0].fields.text("Message"),
            "{id}: with what was taken in last"
        );
    }
}

#[tokio::test]
async fn a_search_half_a_minute_behind_makes_nobody_twice() {
    const PEOPLE: usize = 7;
    for id in pairs() {
        let world = world(id, 63).await;
        world.weather(Weather { search_lag_seconds: LAG_SECONDS, ..Weather::default() });
        let mut expected = BTreeMap::new();
        for number in 0..PEOPLE * 3 {
            let (email, phone) = (format!("p{}@example.com", number % PEOPLE), "");
            expected.insert(email.clone(), message(number));
            world.capture(vec![event(number, &email, phone)]).await;
            world.drain(DAY).await;
            world.run_for(SignedDuration::from_secs(4)).await;
        }
        let held: BTreeMap<_, _> = world
            .contacts()
            .into_iter()
            .map(|mut contact| (contact.remove(EMAIL).unwrap(), contact.remove(MESSAGE).unwrap()))
            .collect();
        assert_eq!(held, expected, "{id}: each with the latest message");
        assert_one_each(&world, id, PEOPLE).await;
    }
}

/// Typed in by a colleague shortly before the lead comes: our index does not know the person yet.
#[tokio::test]
async fn a_person_somebody_has_just_typed_in_is_updated() {
    for id in pairs() {
        let world = world(id, 64).await;
        world.weather(Weather { search_lag_seconds: LAG_SECONDS, ..Weather::default() });
        world.run_for(SignedDuration::from_mins(2)).await;
        let people = crowd(64, 20);
        // All a colleague knows: neither our message nor our Lead ID.
        let typed_in = |person: &Known| {
            let known = world.target.held(person).into_iter().filter(|(known, _)| known != MESSAGE);
            let field = |known: &str| world.target.field(known).expect("it is held in a field").to_owned();
            known.map(|(known, value)| (field(&known), value)).collect::<BTreeMap<_, _>>()
        };
        let reachable = people.expected.iter().filter(|person| person.contains_key(EMAIL));
        let known: Vec<_> = reachable.map(typed_in).collect();
        let typed = world.practice.load_records(world.target.object, &known).expect("a person types them in");
        assert!(typed > 15, "{id}: nearly everybody: {typed}");
        world.clock.advance(SignedDuration::from_mins(1));
        world.capture(people.rows).await;
        world.drain(DAY).await;
        assert_eq!(world.contacts(), world.held(&people.expected), "{id}: each has our values now");
        assert_one_each(&world, id, people.expected.len()).await;
    }
}
