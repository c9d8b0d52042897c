//! Killed by the operating system at any moment and started again: the same content at the CRM as without a scratch.
//!
//! The CRM lives in this process and survives; the engine is a process of its own. Moments are counted, never timed: the n-th
//! request of a life before it is answered, after it is applied, or once its answer is out; or the n-th line the process says.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};

use axum::extract::{Request, State};
use axum::middleware::{self, Next};
use axum::response::Response;
use leadferry_model::SystemClock;
use leadferry_practice::{Options, Practice, Weather};
use leadferry_tests::people::{Crowd, crowd};
use leadferry_tests::world::contacts;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

const PEOPLE: usize = 1_200;
/// The least number of kills the whole test must reach.
const KILLS: usize = 20;
/// A life may end by itself, so the rounds are bounded by lives and not by kills.
const LIVES: usize = 60;

/// When a process is killed.
#[derive(Clone, Copy, Debug)]
enum Moment {
    /// The request has arrived and nothing is done.
    BeforeItIsDone(u32),
    /// It is done and the answer is not out.
    BeforeTheAnswer(u32),
    /// The answer is on its way.
    WithTheAnswer(u32),
    /// The process has said this many lines.
    AfterLines(u32),
}

impl Moment {
    fn by(random: &mut StdRng) -> Self {
        let request = random.random_range(1..=7);
        match random.random_range(0..10) {
            0..3 => Self::BeforeItIsDone(request),
            3..6 => Self::BeforeTheAnswer(request),
            6..9 => Self::WithTheAnswer(request),
            _ => Self::AfterLines(random.random_range(1..=4)),
        }
    }
}

/// Kills the process of the present life at its moment.
#[derive(Default)]
struct Reaper(Mutex<Life>);

#[derive(Default)]
struct Life {
    moment: Option<Moment>,
    requests: u32,
    lines: u32,
    child: Option<Child>,
    killed: bool,
}

impl Life {
    /// SIGKILL on Unix, TerminateProcess on Windows: no handler runs.
    fn kill(&mut self) {
        if let Some(child) = &mut self.child {
            child.kill().unwrap();
            self.killed = true;
        }
    }
}

impl Reaper {
    fn begin(&self, child: Child, moment: Option<Moment>) {
        *self.0.lock().unwrap() = Life { moment, child: Some(child), ..Life::default() };
    }

    /// Waits for the end. Gives whether it was a violent one.
    fn end(&self) -> bool {
        let mut life = self.0.lock().unwrap();
        let status = life.child.take().unwrap().wait().unwrap();
        assert!(life.killed || status.success(), "a ferry that nobody kills arrives: {status}");
        // A process may have been done before the kill reached it.
        life.killed && !status.success()
    }

    fn said_a_line(&self) {
        let mut life = self.0.lock().unwrap();
        life.lines += 1;
        if matches!(life.moment, Some(Moment::AfterLines(lines)) if lines == life.lines) {
            life.kill();
        }
    }
}

async fn reaped(State(reaper): State<Arc<Reaper>>, request: Request, next: Next) -> Response {
    let (number, moment) = {
        let mut life = reaper.0.lock().unwrap();
        life.requests += 1;
        (life.requests, life.moment)
    };
    if matches!(moment, Some(Moment::BeforeItIsDone(at)) if at == number) {
        reaper.0.lock().unwrap().kill();
    }
    let response = next.run(request).await;
    match moment {
        Some(Moment::BeforeTheAnswer(at)) if at == number => reaper.0.lock().unwrap().kill(),
        Some(Moment::WithTheAnswer(at)) if at == number => {
            let reaper = Arc::clone(&reaper);
            // Runs beside the answer's way out: the process dies while it reads or keeps it.
            tokio::task::spawn_blocking(move || reaper.0.lock().unwrap().kill());
        }
        _ => {}
    }
    response
}

/// A practice HubSpot on a socket, with the reaper before it.
async fn crm(seed: u64, reaper: Arc<Reaper>) -> (Practice, String) {
    let options = Options { seed: Some(seed), clock: Arc::new(SystemClock), public_base: None };
    let practice = Practice::new("hubspot", options).unwrap();
    practice.clear_records("contacts").unwrap();
    // A new process has forgotten what its forerunner has called; limits are the weather tests' business.
    practice.set_weather(Weather { burst_limit: Some(1_000_000), ..Weather::default() });
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let router = practice.router().layer(middleware::from_fn_with_state(reaper, reaped));
    tokio::spawn(async move { axum::serve(listener, router).await });
    (practice, base)
}

/// One life of the ferry; gives whether it was killed.
async fn live(
    practice: &Practice,
    base: &str,
    folder: &Path,
    seed: u64,
    reaper: &Arc<Reaper>,
    moment: Option<Moment>,
) -> bool {
    let mut child = Command::new(env!("CARGO_BIN_EXE_ferry"))
        .arg(folder)
        .args([base, &seed.to_string(), &PEOPLE.to_string()])
        .env("FERRY_TOKEN", practice.tokens().full.expose())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    reaper.begin(child, moment);
    let reaper = Arc::clone(reaper);
    let reading = tokio::task::spawn_blocking(move || {
        for line in lines {
            line.unwrap();
            reaper.said_a_line();
        }
        reaper.end()
    });
    reading.await.unwrap()
}

/// A round: killed again and again until everything is over. Gives how many kills it survived.
async fn round(seed: u64, crowd: &Crowd) -> usize {
    let mut random = StdRng::seed_from_u64(seed);
    let folder = tempfile::tempdir().unwrap();
    let reaper = Arc::new(Reaper::default());
    let (practice, base) = crm(seed, Arc::clone(&reaper)).await;
    let mut moments = Vec::new();
    for _ in 0..LIVES {
        let moment = Moment::by(&mut random);
        let killed = live(&practice, &base, folder.path(), SEED, &reaper, Some(moment)).await;
        if !killed {
            break;
        }
        moments.push(moment);
    }
    let killed = live(&practice, &base, folder.path(), SEED, &reaper, None).await;
    assert!(!killed, "the last life is left alone");
    let contacts = contacts(&practice);
    assert_eq!(
        contacts.len(),
        crowd.expected.len(),
        "round {seed}, killed at {moments:?}: nobody lost, nobody twice"
    );
    assert_eq!(contacts, crowd.expected, "round {seed}, killed at {moments:?}: the same content");
    assert_eq!(practice.counts()["contacts"], crowd.expected.len(), "round {seed}: nobody beside them");
    assert_eq!(practice.faults(), Vec::new(), "round {seed}: only what is documented");
    moments.len()
}

/// The crowd is one and the same; what differs between rounds is where the ferry is killed.
const SEED: u64 = 21;

#[tokio::test(flavor = "multi_thread")]
async fn killed_at_random_points_and_started_again_the_crm_holds_the_same() {
    let crowd = crowd(SEED, PEOPLE);
    let undisturbed = {
        let folder = tempfile::tempdir().unwrap();
        let reaper = Arc::new(Reaper::default());
        let (practice, base) = crm(0, Arc::clone(&reaper)).await;
        assert!(!live(&practice, &base, folder.path(), SEED, &reaper, None).await, "nobody kills it");
        contacts(&practice)
    };
    assert_eq!(undisturbed, crowd.expected, "without a scratch, everything arrives");
    let mut kills = 0;
    let mut seed = 1;
    while kills < KILLS {
        kills += round(seed, &crowd).await;
        seed += 1;
        assert!(seed < 30, "most lives must end violently, or the test kills nothing: {kills} kills");
    }
}
