//! Every moment of work in an order drawn by chance, so that a few dozen kills have had them all.

use std::time::Duration;

use rand::RngExt;
use rand::rngs::StdRng;
use rand::seq::SliceRandom;

use super::points::AT_WORK;
use crate::daemon::Moment;

/// Random times are within this long after the start: about what a batch takes.
const SOON: u64 = 1_500;

/// The moments that are left. All are had before one comes again.
pub(super) struct Deck {
    left: Vec<Moment>,
    timed: bool,
}

impl Deck {
    /// A deck with moments of a clock, or without.
    pub(super) fn new(timed: bool) -> Self {
        Self { left: Vec::new(), timed }
    }

    /// The next moment.
    pub(super) fn draw(&mut self, random: &mut StdRng) -> Moment {
        if self.left.is_empty() {
            self.left = self.all(random);
            self.left.shuffle(random);
        }
        self.left.pop().expect("BUG: a fresh deck has moments")
    }

    /// The life was over before `moment` came: it comes early in the next one.
    pub(super) fn missed(&mut self, moment: Moment) {
        self.left.push(match moment {
            Moment::Point(name, _) => Moment::Point(name, 1),
            Moment::BeforeItIsDone(_) => Moment::BeforeItIsDone(1),
            Moment::BeforeTheAnswer(_) => Moment::BeforeTheAnswer(1),
            Moment::WithTheAnswer(_) => Moment::WithTheAnswer(1),
            Moment::AfterAccepting(_) => Moment::AfterAccepting(1),
            Moment::After(_) => Moment::After(Duration::ZERO),
        });
    }

    fn all(&self, random: &mut StdRng) -> Vec<Moment> {
        let mut all: Vec<_> =
            AT_WORK.iter().map(|(name, most)| Moment::Point(name, random.random_range(1..=*most))).collect();
        let mut request = || random.random_range(1..=4);
        all.push(Moment::BeforeItIsDone(request()));
        all.push(Moment::BeforeTheAnswer(request()));
        all.push(Moment::WithTheAnswer(request()));
        all.push(Moment::AfterAccepting(random.random_range(1..=12)));
        if self.timed {
            let any =
                |random: &mut StdRng| Moment::After(Duration::from_millis(random.random_range(0..SOON)));
            all.extend((0..4).map(|_| any(random)));
        }
        all
    }
}
