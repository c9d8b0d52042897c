//! The weather of a soak: it changes every few seconds, and every kind comes again.

use std::time::Duration;

use leadferry_practice::weather::{Fault, On, Spell, When};
use leadferry_practice::{Practice, Weather};
use rand::SeedableRng;
use rand::rngs::StdRng;
use rand::seq::SliceRandom;

/// How long one kind of weather lasts.
const LASTS: Duration = Duration::from_secs(6);

/// What reigns at the CRM.
pub(super) struct Sky {
    random: StdRng,
    left: Vec<Kind>,
    changed: Duration,
}

#[derive(Clone, Copy)]
enum Kind {
    Fair,
    Outage,
    Limited,
    Slow,
    AnswersLost,
    BrokenBodies,
    RowsRefused,
    Locked,
    TokensExpire,
    ABitOfAll,
}

const ALL: [Kind; 10] = [
    Kind::Fair,
    Kind::Outage,
    Kind::Limited,
    Kind::Slow,
    Kind::AnswersLost,
    Kind::BrokenBodies,
    Kind::RowsRefused,
    Kind::Locked,
    Kind::TokensExpire,
    Kind::ABitOfAll,
];

impl Sky {
    pub(super) fn new(seed: u64) -> Self {
        Self { random: StdRng::seed_from_u64(seed), left: Vec::new(), changed: Duration::ZERO }
    }

    /// Whether it is time for other weather.
    pub(super) fn changes(&mut self, now: Duration) -> bool {
        let changes = now >= self.changed + LASTS;
        if changes {
            self.changed = now;
        }
        changes
    }

    /// Lets the next kind reign.
    pub(super) fn rule(&mut self, practice: &Practice) {
        if self.left.is_empty() {
            self.left.extend(ALL);
            self.left.shuffle(&mut self.random);
        }
        let half = When::Chance { probability: 0.5 };
        let spell =
            |fault, when, on| Weather { spells: vec![Spell { fault, when, on }], ..Weather::default() };
        let weather = match self.left.pop().unwrap_or(Kind::Fair) {
            Kind::Fair => Weather::default(),
            Kind::Outage => spell(Fault::Outage { status: 503 }, When::Always, On::All),
            Kind::Limited => {
                spell(Fault::RateLimited { retry_after_seconds: Some(2), daily: false }, half, On::All)
            }
            Kind::Slow => spell(Fault::Slow { millis: 800 }, When::Always, On::All),
            Kind::AnswersLost => spell(Fault::AnswerLost, half, On::Writes),
            Kind::BrokenBodies => spell(Fault::MalformedBody, half, On::Writes),
            Kind::RowsRefused => spell(Fault::RowsRefused { every: 5, passing: true }, half, On::Writes),
            Kind::Locked => spell(Fault::Locked, half, On::Writes),
            Kind::TokensExpire => {
                practice.expire_tokens();
                Weather::default()
            }
            Kind::ABitOfAll => Weather::random(0.02),
        };
        // Refresh tokens are not replaced here: with token answers that break off, that ends access for good, and only a person helps.
        practice.set_weather(weather);
    }
}
