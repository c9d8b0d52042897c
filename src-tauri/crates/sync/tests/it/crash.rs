//! The process may die at any await point: nothing is lost, nothing is there twice, and order holds.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use jiff::SignedDuration;
use leadferry_sync::Cancel;
use proptest::prelude::*;

use crate::crm::{Fault, Kind};
use crate::house::House;

/// Polls a future so many times, then drops it.
struct Fuse<F> {
    inner: Pin<Box<F>>,
    left: usize,
}

impl<F: Future> Future for Fuse<F> {
    type Output = Option<F::Output>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        if self.left == 0 {
            return Poll::Ready(None);
        }
        self.left -= 1;
        self.inner.as_mut().poll(context).map(Some)
    }
}

async fn survive(kind: Kind, deaths: Vec<usize>, lose_answers: bool) {
    let mut house = House::new(kind).await;
    house.crm.with(|crm| crm.lag = SignedDuration::from_secs(25));
    for n in 0..60 {
        house.lead(&format!("p{}@example.com", n % 25), &[("note", &format!("{n:03}"))]).await;
    }
    let count = deaths.len() as u64;
    for (generation, polls) in deaths.into_iter().enumerate() {
        if lose_answers && generation % 3 == 1 {
            house.crm.with(|crm| crm.faults.push_back(Fault::LoseAnswer));
        }
        let engine = house.engine.clone();
        let life = async move { engine.step(&Cancel::new()).await };
        Fuse { inner: Box::pin(life), left: polls }.await;
        house.clock.advance(SignedDuration::from_secs(7));
        house
            .lead(
                &format!("p{}@example.com", generation % 25),
                &[("note", &format!("{:03}", 60 + generation))],
            )
            .await;
        house.restart(generation as u64).await;
    }
    house.run_for(SignedDuration::from_hours(1)).await;
    let counts = house.counts().await;
    assert_eq!(
        (counts.failed, counts.pending, counts.sending, counts.retrying),
        (0, 0, 0, 0),
        "drained: {counts:?}"
    );
    for n in 0..25 {
        let email = format!("p{n}@example.com");
        assert_eq!(house.crm.people(&email), 1, "{email} is there exactly once");
        let notes: Vec<String> = house.crm.with(|crm| {
            let of =
                crm.applied.iter().filter(|(_, fields)| fields.text("email").as_deref() == Some(&*email));
            of.filter_map(|(_, fields)| fields.text("note")).collect()
        });
        assert!(notes.is_sorted(), "{email} never goes back in time: {notes:?}");
        let last =
            (0..60 + count).filter(|k| if *k < 60 { k % 25 == n } else { (k - 60) % 25 == n }).max().unwrap();
        let kept = house.crm.with(|crm| {
            crm.records
                .values()
                .find(|kept| kept.fields.text("email").as_deref() == Some(&*email))
                .unwrap()
                .fields
                .text("note")
        });
        assert_eq!(kept, Some(format!("{last:03}")), "{email} ends with the latest values");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_crash_anywhere_loses_nothing_and_doubles_nothing(
        kind in prop::sample::select(vec![Kind::Upserting, Kind::Creating, Kind::Telling, Kind::Loading]),
        lose_answers in any::<bool>(),
        deaths in prop::collection::vec(1_usize..80, 1..8),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(survive(kind, deaths, lose_answers));
    }
}
