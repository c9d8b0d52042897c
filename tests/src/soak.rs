//! The daemon under steady load and changing weather for a while: what it holds, what it survives, what it grows by.
//!
//! The program is the one that is shipped (a release build without fail points); the CRM and the senders live in this process. In
//! the end the weather is fair, everything drains, and the CRM is compared with what senders were told was accepted.

mod figures;
mod measure;
mod weather;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use leadferry_api::{Error, Started, SyncNow};
use leadferry_practice::Weather;
use rand::SeedableRng;
use rand::rngs::StdRng;

use crate::daemon::{self, Crm, Difference, Door, End, Guests, Life, Reaper};
pub use figures::Figures;
use measure::Measures;

/// How often process and folder are measured.
const MEASURE: Duration = Duration::from_secs(2);
/// How long the last leads may take once the weather is fair: longer than a lane that is down waits for its next look.
const DRAINED_WITHIN: Duration = Duration::from_secs(15 * 60);

/// What stands in a program that has fail points, and in no other.
const POINTS: &str = leadferry_failpoint::VARIABLE;

/// How it is run.
pub struct Soak {
    /// `leadferry`.
    pub program: PathBuf,
    /// For how long leads come.
    pub minutes: u64,
    /// Leads a second.
    pub rate: u64,
    /// Where chance comes from.
    pub seed: u64,
}

impl Soak {
    /// Runs it; `told` hears the figures so far.
    pub async fn run(&self, mut told: impl FnMut(&Figures)) -> Figures {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let data = folder.path().join("data");
        let reaper = Arc::new(Reaper::default());
        let crm = Crm::open(self.seed, &reaper).await;
        let mut life = Life::start(&self.program, &data, &["--json", "daemon"], "", None, &reaper);
        life.running().await.unwrap_or_else(|end| panic!("it starts: {end:?}\n{}", life.log()));
        let mut random = StdRng::seed_from_u64(self.seed);
        let mut guests = Guests::default();
        guests.more(1, &mut random);
        let furnished = furnish(&data, &crm, &mut guests).await;
        let door = furnished.unwrap_or_else(|error| panic!("{error}\n{}", life.log()));
        let process = life.id().expect("it runs");
        let mut measures = Measures::new(process, &data);
        let mut figures = Figures { minutes: self.minutes, ..Figures::default() };
        let (began, long) = (Instant::now(), Duration::from_secs(60 * self.minutes));
        let mut sky = weather::Sky::new(self.seed);
        let mut tick = tokio::time::interval(Duration::from_millis(1_000 / self.rate.max(1)));
        while began.elapsed() < long {
            tick.tick().await;
            guests.more(1, &mut random);
            daemon::send_all(&door, &mut guests, "soak", || ()).await;
            if sky.changes(began.elapsed()) {
                sky.rule(&crm.practice);
            }
            if measures.due(MEASURE) {
                measures.take();
                figures.of(&guests, &crm, &measures);
                told(&figures);
            }
        }
        figures.load = guests.count() as f64 / began.elapsed().as_secs_f64();
        crm.practice.set_weather(Weather::default());
        let drained = tokio::time::timeout(DRAINED_WITHIN, drain(&data)).await;
        figures.finding(match drained {
            Ok(Ok(false)) => None,
            Ok(Ok(true)) => Some(format!("something needs a person in the end\n{}", life.log())),
            Ok(Err(error)) => Some(format!("it does not answer: {error}\n{}", life.log())),
            Err(_) => Some(format!("it does not come to an end\n{}", life.log())),
        });
        measures.take();
        figures.of(&guests, &crm, &measures);
        let Difference { missing, other, too_many } = guests.difference(crm.contacts());
        let overtaken = crm.out_of_order();
        figures.lost = (missing.len() + other.len()) as u64;
        figures.duplicated = too_many.len() as u64;
        figures.out_of_order = overtaken.len() as u64;
        for words in [missing, other, too_many, overtaken, crm.faults()] {
            figures.finding((!words.is_empty()).then(|| format!("{words:?}")));
        }
        let shipped = std::fs::read(&self.program).unwrap_or_default();
        let points = shipped.windows(POINTS.len()).any(|part| part == POINTS.as_bytes());
        figures.finding(points.then(|| "the shipped program has fail points".to_owned()));
        let end = life.stop().await;
        figures.finding((end != End::Ended(0)).then(|| format!("asked to end, it ended with {end:?}")));
        figures
    }
}

async fn furnish(data: &Path, crm: &Crm, guests: &mut Guests) -> Result<Door, Error> {
    let destination = daemon::sign_in(data, &crm.practice, &crm.base).await?;
    let (source, door) = daemon::receiver(data).await?;
    daemon::send_all(&door, guests, "soak", || ()).await;
    daemon::live(data, source, destination).await?;
    Ok(door)
}

/// *Sync now* until nothing waits and nothing failed. Gives whether anything needs a person then.
async fn drain(data: &Path) -> Result<bool, Error> {
    loop {
        let _all: Started = daemon::ask(data, "sync_now", SyncNow { id: None, leads: Vec::new() }).await?;
        daemon::drained(data).await?;
        if !daemon::needs_a_person(data).await? {
            return Ok(false);
        }
        tokio::time::sleep(MEASURE).await;
    }
}
