//! Everything that goes wrong between a client and its CRM: nothing is lost, nothing is there twice, nobody is overtaken.

use std::collections::BTreeMap;

use jiff::SignedDuration;
use leadferry_model::{Captured, DeliveryState, Record, Value};
use leadferry_practice::Weather;
use leadferry_practice::weather::{Fault, On, Spell, When};
use leadferry_tests::furniture::destination;
use leadferry_tests::people::{Crowd, crowd};
use leadferry_tests::sign_in;
use leadferry_tests::world::World;

const STORMS: u64 = 200;
const DAY: SignedDuration = SignedDuration::from_hours(24);

fn weather(fault: Fault, when: When, on: On) -> Weather {
    Weather { spells: vec![Spell { fault, when, on }], ..Weather::default() }
}

/// A crowd taken in while `weather` reigns.
async fn under(weather: Weather) -> (World, Crowd) {
    let world = World::new(11).await;
    let crowd = crowd(11, 250);
    // The account is described and its contacts are read in fair weather, as they are before a sync goes live.
    world.step().await;
    world.weather(weather);
    world.capture(crowd.rows.clone()).await;
    (world, crowd)
}

async fn assert_arrived(world: &World, crowd: &Crowd, why: &str) {
    let counts = world.counts().await;
    assert_eq!(counts.failed, 0, "{why}: {counts:?}");
    assert_eq!(world.contacts(), crowd.expected, "{why}: nothing lost, nothing twice, every value right");
    world.assert_documented();
}

/// What one attempt each looks like: the trouble on the way spent none.
async fn assert_no_attempt_burnt(world: &World) {
    let most = world.deliveries().await.iter().map(|row| row.attempts).max();
    assert_eq!(most, Some(1), "only the try that passed counts");
}

#[tokio::test]
async fn a_rate_limit_with_a_time_is_waited_for() {
    let limited = Fault::RateLimited { retry_after_seconds: Some(47), daily: false };
    let (world, crowd) = under(weather(limited, When::NextCalls { calls: 1 }, On::Writes)).await;
    let began = world.now();
    world.run_for(SignedDuration::from_secs(46)).await;
    assert_eq!(world.counts().await.synced, 0, "not a second before the CRM allows it");
    let ended = world.drain(DAY).await;
    assert!(ended.duration_since(began) < SignedDuration::from_mins(2), "and soon after");
    assert_arrived(&world, &crowd, "a snooze").await;
    assert_no_attempt_burnt(&world).await;
}

#[tokio::test]
async fn a_rate_limit_without_a_time_waits_one_interval() {
    let limited = Fault::RateLimited { retry_after_seconds: None, daily: false };
    let (world, crowd) = under(weather(limited, When::NextCalls { calls: 3 }, On::Writes)).await;
    let began = world.now();
    let ended = world.drain(DAY).await;
    assert!(
        ended.duration_since(began) >= SignedDuration::from_secs(10),
        "ten seconds is HubSpot's interval"
    );
    assert_eq!(world.wire.answers(429), 3, "each refusal is waited out before the next call");
    assert_arrived(&world, &crowd, "three snoozes").await;
    assert_no_attempt_burnt(&world).await;
}

#[tokio::test]
async fn a_used_up_day_is_waited_for_without_hammering() {
    let (world, crowd) = under(Weather { daily_limit: Some(5), ..Weather::default() }).await;
    world.drain(SignedDuration::from_hours(48)).await;
    assert!(world.wire.answers(429) < 60, "about once an hour: {}", world.wire.answers(429));
    assert_arrived(&world, &crowd, "a daily limit").await;
    assert_no_attempt_burnt(&world).await;
}

async fn outage(hours: i64) {
    let seconds = u32::try_from(hours * 3600).unwrap();
    let down = Fault::Outage { status: 503 };
    let (world, crowd) = under(weather(down, When::ForSeconds { seconds }, On::All)).await;
    world.run_for(SignedDuration::from_hours(hours) - SignedDuration::from_mins(1)).await;
    let counts = world.counts().await;
    assert_eq!((counts.synced, counts.failed), (0, 0), "nothing passes and nothing fails: {counts:?}");
    assert_eq!(world.notices("down").await, 1, "a person is told once");
    world.drain(SignedDuration::from_mins(10)).await;
    assert_arrived(&world, &crowd, "an outage").await;
    assert_no_attempt_burnt(&world).await;
    assert_eq!(
        (world.notices("down").await, world.notices("recovered").await),
        (1, 1),
        "and once when it is over"
    );
    assert_eq!(world.notices("new_failure").await, 0, "no lead failed");
}

#[tokio::test]
async fn two_hours_of_outage_fail_nothing_and_burn_no_attempt() {
    outage(2).await;
}

#[tokio::test]
async fn seventy_two_hours_of_outage_fail_nothing_and_burn_no_attempt() {
    outage(72).await;
}

#[tokio::test]
async fn leads_that_come_all_through_a_long_outage_drain_in_order_and_within_the_limits() {
    const HOURS: usize = 72;
    const AN_HOUR: usize = 12;
    let world = World::new(16).await;
    world.step().await;
    let seconds = u32::try_from(HOURS * 3600).unwrap();
    world.weather(weather(Fault::Outage { status: 503 }, When::ForSeconds { seconds }, On::All));
    let mut expected = BTreeMap::new();
    for hour in 0..HOURS {
        for part in 0..AN_HOUR {
            let number = hour * AN_HOUR + part;
            let email = format!("p{}@example.com", number * 7 % 200);
            expected.insert(email.clone(), message(number));
            world.capture(vec![note(&email, number)]).await;
        }
        world.run_for(SignedDuration::from_hours(1) - SignedDuration::from_secs(5)).await;
        let counts = world.counts().await;
        assert_eq!((counts.synced, counts.failed), (0, 0), "hour {hour}: all wait, none fails: {counts:?}");
    }
    let refused_before = world.wire.answers(429);
    // Nobody presses anything.
    world.drain(SignedDuration::from_mins(15)).await;
    assert_eq!(messages(&world), expected, "one contact a person, with the latest message");
    for (email, sent) in world.wire.messages() {
        assert!(sent.is_sorted(), "{email} never goes back in time: {sent:?}");
    }
    assert_eq!(
        world.wire.answers(429),
        refused_before,
        "the backlog is sent at the CRM's pace, never above it"
    );
    assert_no_attempt_burnt(&world).await;
    let all = world.store.read(|tx| tx.notifications(leadferry_store::Page::first(100))).await.unwrap().rows;
    let kinds: Vec<&str> = all.iter().map(|notice| notice.kind.as_str()).collect();
    assert_eq!(
        kinds,
        ["recovered", "down"],
        "told once that it is down and once that it is over, newest first"
    );
    world.assert_documented();
}

#[tokio::test]
async fn an_expired_token_is_renewed_and_nobody_notices() {
    let world = World::signed_in(12).await;
    let crowd = crowd(12, 250);
    world.weather(weather(Fault::ExpiredToken, When::After { skip: 1, calls: 1 }, On::Writes));
    world.capture(crowd.rows.clone()).await;
    let began = world.now();
    let ended = world.drain(DAY).await;
    assert_eq!(ended, began, "at once");
    assert_eq!(world.wire.answers(401), 1, "the token was refused once");
    assert_eq!(world.wire.calls("/oauth/"), 1, "and renewed once");
    assert_arrived(&world, &crowd, "an expired token").await;
    assert_no_attempt_burnt(&world).await;
    assert_eq!(world.notices("no_access").await, 0, "nobody is told");
}

#[tokio::test]
async fn tokens_are_renewed_by_the_clock_before_they_run_out() {
    let world = World::signed_in(13).await;
    for hour in 0..4 {
        let row = note("ada@example.com", hour);
        world.capture(vec![row]).await;
        world.drain(DAY).await;
        world.run_for(SignedDuration::from_hours(1)).await;
    }
    assert_eq!(world.wire.answers(401), 0, "no call went out with a token that had run out");
    assert_eq!(world.contacts().len(), 1, "one person");
}

#[tokio::test]
async fn a_revoked_grant_pauses_until_somebody_signs_in_again() {
    let world = World::signed_in(14).await;
    let crowd = crowd(14, 250);
    world.step().await;
    world.practice.revoke_grants();
    world.capture(crowd.rows.clone()).await;
    world.run_for(SignedDuration::from_hours(30)).await;
    let counts = world.counts().await;
    assert_eq!((counts.synced, counts.failed), (0, 0), "leads wait: {counts:?}");
    assert_eq!(world.notices("no_access").await, 1, "one person is told, once");
    let asked = world.wire.answers(401) + world.wire.answers(400);
    assert!(asked < 40, "lost access is not hammered: {asked} refusals in 30 hours");

    sign_in::sign_in(&world.practice, &world.vault, &*world.clock).await;
    world.engine.access_restored(&destination()).await.unwrap();
    world.drain(SignedDuration::from_mins(1)).await;
    assert_arrived(&world, &crowd, "signed in again").await;
    assert_no_attempt_burnt(&world).await;
}

#[tokio::test]
async fn a_connection_reset_after_the_commit_doubles_nothing() {
    let (world, crowd) = under(weather(Fault::AnswerLost, When::NextCalls { calls: 2 }, On::Writes)).await;
    world.drain(DAY).await;
    assert_arrived(&world, &crowd, "what was applied is found again by its Lead ID").await;
}

#[tokio::test]
async fn rows_that_fail_for_a_moment_do_not_hold_up_the_others() {
    let some = Fault::RowsRefused { every: 3, passing: true };
    let (world, crowd) = under(weather(some, When::NextCalls { calls: 3 }, On::Writes)).await;
    world.step().await;
    let counts = world.counts().await;
    assert!(counts.synced > 100 && counts.retrying > 50, "two of three passed at once: {counts:?}");
    world.drain(DAY).await;
    assert_arrived(&world, &crowd, "the others later").await;
}

#[tokio::test]
async fn rows_that_fail_for_good_stop_alone_with_a_cause() {
    let some = Fault::RowsRefused { every: 10, passing: false };
    let (world, crowd) = under(weather(some, When::NextCalls { calls: 3 }, On::Writes)).await;
    world.drain(DAY).await;
    let counts = world.counts().await;
    assert_eq!(counts.synced + counts.failed, counts.total(), "each has ended: {counts:?}");
    assert!((20..40).contains(&counts.failed), "one of ten: {counts:?}");
    let failed = world.deliveries().await;
    let explained = |row: &&leadferry_store::DeliveryRow| row.failure.is_some() && row.group.is_some();
    let failed: Vec<_> = failed.iter().filter(|row| row.state == DeliveryState::Failed).collect();
    assert!(failed.iter().all(explained), "each says why, and belongs to a group");
    assert_eq!(world.contacts().len() as u64, counts.synced, "what failed was not written");

    world.engine.run_now(&leadferry_tests::furniture::sync(), None).await.unwrap();
    world.drain(DAY).await;
    assert_arrived(&world, &crowd, "a person retries them").await;
}

#[tokio::test]
async fn a_whole_batch_refused_without_a_word_is_halved_until_it_passes() {
    for status in [400, 409] {
        let refused = Fault::WholeBatch { status, above_rows: Some(7) };
        let (world, crowd) = under(weather(refused, When::Always, On::Writes)).await;
        world.drain(DAY).await;
        assert_arrived(&world, &crowd, "no row was to blame").await;
    }
}

#[tokio::test]
async fn a_body_that_breaks_off_is_asked_again() {
    let (world, crowd) = under(weather(Fault::MalformedBody, When::NextCalls { calls: 2 }, On::Writes)).await;
    world.drain(DAY).await;
    assert_arrived(&world, &crowd, "applied, but not said").await;
}

#[tokio::test]
async fn a_locked_record_is_tried_again() {
    let (world, crowd) = under(weather(Fault::Locked, When::NextCalls { calls: 2 }, On::Writes)).await;
    world.drain(DAY).await;
    assert_arrived(&world, &crowd, "423").await;
}

#[tokio::test]
async fn an_account_that_moves_is_waited_for_as_long_as_it_says() {
    let moving = Fault::Migrating { retry_after_seconds: 6 * 3600 };
    let (world, crowd) = under(weather(moving, When::NextCalls { calls: 1 }, On::Writes)).await;
    world.run_for(SignedDuration::from_hours(6) - SignedDuration::from_mins(1)).await;
    assert_eq!(world.counts().await.synced, 0, "six hours, says the CRM");
    world.drain(SignedDuration::from_mins(30)).await;
    assert_arrived(&world, &crowd, "477").await;
    assert_no_attempt_burnt(&world).await;
}

#[tokio::test]
async fn an_answer_that_takes_too_long_counts_as_none() {
    let slow = Fault::Slow { millis: 45_000 };
    let (world, crowd) = under(weather(slow, When::NextCalls { calls: 1 }, On::Writes)).await;
    world.drain(DAY).await;
    assert_arrived(&world, &crowd, "it was applied all the same").await;
    assert_no_attempt_burnt(&world).await;
}

#[tokio::test]
async fn a_search_index_half_a_minute_behind_misses_and_doubles_nothing() {
    let world = World::new(15).await;
    world.weather(Weather { search_lag_seconds: 30, ..Weather::default() });
    let mut expected = BTreeMap::new();
    for round in 0..40 {
        let email = format!("p{}@example.com", round % 9);
        expected.insert(email.clone(), message(round));
        world.capture(vec![note(&email, round)]).await;
        world.drain(DAY).await;
        world.run_for(SignedDuration::from_secs(11)).await;
    }
    world.run_for(SignedDuration::from_mins(20)).await;
    assert_eq!(messages(&world), expected, "one contact a person, with the latest message");
    world.assert_documented();
}

#[test]
fn random_weather_loses_nothing_doubles_nothing_and_keeps_each_persons_order() {
    let threads = std::thread::available_parallelism().map_or(2, usize::from).min(8);
    std::thread::scope(|scope| {
        for thread in 0..threads {
            scope.spawn(move || {
                let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
                (0..STORMS).skip(thread).step_by(threads).for_each(|seed| runtime.block_on(storm(seed)));
            });
        }
    });
}

/// Thirty-six captures of twelve people through random weather, some seconds apart.
async fn storm(seed: u64) {
    let world = World::new(seed).await;
    world.weather(Weather::random(0.04));
    let mut expected = BTreeMap::new();
    for round in 0..12 {
        for part in 0..3 {
            let number = round * 3 + part;
            let email = format!("p{}@example.com", (number * 7 + seed as usize) % 12);
            expected.insert(email.clone(), message(number));
            world.capture(vec![note(&email, number)]).await;
        }
        world.run_for(SignedDuration::from_secs(20)).await;
    }
    world.settle(SignedDuration::from_hours(6)).await;
    world.weather(Weather::default());
    // Trouble that struck one lead again and again has stopped it; what a person then does is to retry.
    world.engine.run_now(&leadferry_tests::furniture::sync(), None).await.unwrap();
    world.drain(DAY).await;
    let counts = world.counts().await;
    assert_eq!(counts.failed, 0, "seed {seed}: {counts:?}");
    assert_eq!(messages(&world), expected, "seed {seed}: one contact a person, with the latest message");
    for (email, sent) in world.wire.messages() {
        assert!(sent.is_sorted(), "seed {seed}: {email} never goes back in time: {sent:?}");
    }
    assert_eq!(world.wire.faults(), Vec::<String>::new(), "seed {seed}: only what is documented");
}

fn message(number: usize) -> String {
    format!("Enquiry {number:03}")
}

fn note(email: &str, number: usize) -> Captured {
    let fields: Record =
        [("E-mail", Value::text(email)), ("Message", Value::text(message(number)))].into_iter().collect();
    Captured { source_id: format!("note-{number}"), captured_at: None, fields }
}

/// The message of each contact by address. A second contact of one address would be seen as a missing one.
fn messages(world: &World) -> BTreeMap<String, String> {
    let contacts = world.contacts();
    let count = contacts.len();
    let messages: BTreeMap<_, _> = contacts
        .into_iter()
        .map(|mut c| (c.remove("email").unwrap(), c.remove("message").unwrap()))
        .collect();
    assert_eq!(messages.len(), count, "one contact a person");
    messages
}
