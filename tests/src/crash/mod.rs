//! The crash matrix: the real `leadferry daemon`, killed by the operating system at every named moment and at random ones.
//!
//! The CRM and the senders live in this process and survive; the daemon is a process of its own over a data folder of its own. After
//! each kill it is started again, drained, and the CRM is compared with what senders were told was accepted. Fifty kills run in CI,
//! a thousand in `cargo xtask crashes`; both are this code.
//!
//! Moments inside the process are its fail points (the room `failpoint`), counted, never timed; moments at the CRM are counted
//! requests. Only the long command also waits for a clock.

mod deck;
mod figures;
mod points;
mod round;

use std::path::PathBuf;

use rand::SeedableRng;
use rand::rngs::StdRng;
use rand::seq::SliceRandom;

pub use figures::Figures;
pub use points::in_source;

use deck::Deck;
use points::{AT_BIRTH, AT_RESTORE};
use round::Round;

/// Kills while a folder comes to be.
const BIRTHS: usize = 3;
/// Kills while it works, before the next folder is begun.
const AT_WORK: u64 = 9;

/// How the matrix is run.
pub struct Matrix {
    /// `leadferry`, built with its fail points.
    pub program: PathBuf,
    /// The least number of kills.
    pub kills: u64,
    /// Kill at random times too.
    pub timed: bool,
    /// Where chance comes from.
    pub seed: u64,
}

impl Matrix {
    /// Runs it; `told` hears the figures after each data folder.
    pub async fn run(&self, mut told: impl FnMut(&Figures)) -> Figures {
        let mut random = StdRng::seed_from_u64(self.seed);
        let mut deck = Deck::new(self.timed);
        let (mut births, mut restores) = (Vec::new(), Vec::new());
        let mut figures = Figures::default();
        while figures.total() < self.kills {
            let mut now = draw(&mut births, AT_BIRTH.len(), BIRTHS, &mut random);
            now.sort_unstable();
            let restore = draw(&mut restores, AT_RESTORE.len(), 1, &mut random)[0];
            let seed = self.seed + figures.rounds;
            let round = Round::new(&self.program, seed, &mut deck, &mut random, &mut figures).await;
            round.play(&now, restore, AT_WORK).await;
            told(&figures);
        }
        figures
    }
}

/// `count` of `of` things by chance; all are drawn before one is drawn again.
fn draw(left: &mut Vec<usize>, of: usize, count: usize, random: &mut StdRng) -> Vec<usize> {
    let mut drawn = Vec::with_capacity(count);
    while drawn.len() < count {
        if left.is_empty() {
            left.extend(0..of);
            left.shuffle(random);
        }
        drawn.extend(left.pop());
    }
    drawn
}
