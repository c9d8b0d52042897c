//! What a load of leads costs: `cargo xtask bench [--leads N]`.
//!
//! The engine runs as in the app (ledger on disk, encrypted; real HTTP), the practice HubSpot is served over loopback by the same
//! process, so its memory counts too. Figures are of one run; what matters are the counts and the ratios.
#![expect(clippy::print_stdout, reason = "it prints a table")]

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use async_trait::async_trait;
use bytes::Bytes;
use leadferry_connector::{ReqwestTransport, Transport, TransportError};
use leadferry_model::SystemClock;
use leadferry_practice::{Options, Practice};
use leadferry_tests::ferry::{Ferry, Wrecked};
use leadferry_tests::people::crowd;
use leadferry_tests::world::contacts;

/// Adds up the time spent waiting for the CRM.
struct Timed {
    inner: ReqwestTransport,
    nanos: Arc<AtomicU64>,
}

#[async_trait]
impl Transport for Timed {
    async fn send(
        &self,
        request: http::Request<Bytes>,
        timeout: Duration,
    ) -> Result<http::Response<Bytes>, TransportError> {
        let began = Instant::now();
        let answer = self.inner.send(request, timeout).await;
        let nanos = u64::try_from(began.elapsed().as_nanos()).unwrap_or(u64::MAX);
        self.nanos.fetch_add(nanos, Ordering::Relaxed);
        answer
    }
}

#[tokio::main]
async fn main() -> Result<(), Wrecked> {
    let leads = leads()?;
    let crowd = crowd(1, leads);
    let options = Options { seed: Some(1), clock: Arc::new(SystemClock), public_base: None };
    let practice = Practice::new("hubspot", options)?;
    practice.clear_records("contacts")?;
    let running = practice.serve("127.0.0.1:0".parse()?).await?;
    let folder = tempfile::tempdir()?;
    let waited = Arc::new(AtomicU64::new(0));
    let transport = Arc::new(Timed { inner: ReqwestTransport::new()?, nanos: Arc::clone(&waited) });
    let token = practice.tokens().full;
    let ferry = Ferry::open(folder.path(), &running.url(), token.expose(), 1, transport).await?;
    ferry.create_lead_id().await?;
    let rows = crowd.rows.len();

    let began = Instant::now();
    ferry.load(crowd.rows, || ()).await?;
    let taken_in = began.elapsed();
    waited.store(0, Ordering::Relaxed);
    let began = Instant::now();
    let (deliveries, failed) = ferry.cross().await?;
    let crossed = began.elapsed();
    let waited = Duration::from_nanos(waited.load(Ordering::Relaxed));

    let writes: u64 = practice.write_counts().values().sum();
    let calls: u64 = practice.call_counts().values().sum();
    let right = contacts(&practice) == crowd.expected;
    let per_thousand = |count: u64| count as f64 * 1_000.0 / leads as f64;
    let own = crossed.saturating_sub(waited).as_secs_f64() / crossed.as_secs_f64() * 100.0;
    println!("{:<44}{leads:>12}", "people");
    println!("{:<44}{rows:>12}", "rows they were captured in");
    println!("{:<44}{deliveries:>12}", "deliveries");
    println!("{:<44}{failed:>12}", "failed deliveries");
    println!("{:<44}{:>12}", "content of the CRM as expected", if right { "yes" } else { "NO" });
    println!("{:<44}{:>12.0}", "rows taken in per second", rows as f64 / taken_in.as_secs_f64());
    println!("{:<44}{:>12.0}", "leads delivered per second", deliveries as f64 / crossed.as_secs_f64());
    println!("{:<44}{:>12.1}", "write calls per 1,000 leads", per_thousand(writes));
    println!("{:<44}{:>12.1}", "all calls per 1,000 leads", per_thousand(calls));
    println!("{:<44}{:>12}", "peak memory, practice CRM included", peak_memory());
    println!("{:<44}{own:>11.0}%", "time outside waiting for the CRM");
    running.shutdown().await;
    if right && failed == 0 { Ok(()) } else { Err("the CRM does not hold what it should".into()) }
}

/// `--leads N`, or ten thousand.
fn leads() -> Result<usize, Wrecked> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => Ok(10_000),
        ["--leads", number] => Ok(number.parse::<usize>()?.max(1)),
        _ => Err("only --leads N is understood".into()),
    }
}

/// The most memory this process has held, where the system tells.
fn peak_memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok());
    kilobytes.map_or_else(|| "not measured".to_owned(), |kilobytes| format!("{} MB", kilobytes / 1_024))
}
