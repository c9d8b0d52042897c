//! What a load of leads costs at each CRM: `cargo xtask bench [--leads N]`.
//!
//! The engine runs as in the app (ledger on disk, encrypted; real HTTP). Each practice CRM is served over loopback by the process that
//! sends to it, one process a CRM, so its memory counts too. Figures are of one run; what matters are the counts and the ratios, and
//! the counts are checked.
#![expect(clippy::print_stdout, reason = "it prints a table")]

use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use async_trait::async_trait;
use bytes::Bytes;
use leadferry_connector::{ReqwestTransport, Transport, TransportError};
use leadferry_practice::dialects;
use leadferry_tests::bill::Bill;
use leadferry_tests::connect::connector;
use leadferry_tests::ferry::{Ferry, Wrecked};
use leadferry_tests::people::crowd;
use serde::{Deserialize, Serialize};

/// One CRM's figures, from the process that took them.
#[derive(Serialize, Deserialize)]
struct Figures {
    name: String,
    rows: usize,
    deliveries: u64,
    failed: u64,
    right: bool,
    /// What was too dear, if anything.
    dear: Option<String>,
    taken_in_seconds: f64,
    crossed_seconds: f64,
    waited_seconds: f64,
    /// How long the vendor's limits would have taken.
    paced_seconds: f64,
    bill: Bill,
    /// Kilobytes, where the system tells.
    peak: Option<u64>,
}

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
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (leads, only) = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => (10_000, None),
        ["--leads", number] => (number.parse::<usize>()?.max(1), None),
        ["--leads", number, "--only", id] => (number.parse::<usize>()?.max(1), Some(id)),
        _ => return Err("only --leads N is understood".into()),
    };
    if let Some(id) = only {
        println!("{}", serde_json::to_string(&measured(id, leads).await?)?);
        return Ok(());
    }
    let measured: Vec<Figures> =
        dialects().iter().map(|dialect| in_its_own_process(dialect.id, leads)).collect::<Result<_, _>>()?;
    table(leads, &measured);
    for figures in &measured {
        if let Some(dear) = &figures.dear {
            return Err(format!("{}: {dear}", figures.name).into());
        }
        if !figures.right || figures.failed > 0 {
            return Err(format!("{} does not hold what it should", figures.name).into());
        }
    }
    Ok(())
}

fn in_its_own_process(id: &str, leads: usize) -> Result<Figures, Wrecked> {
    let mut own = Command::new(std::env::current_exe()?);
    let output = own.args(["--leads", &leads.to_string(), "--only", id]).output()?;
    if !output.status.success() {
        return Err(format!("{id}: {}", String::from_utf8_lossy(&output.stderr).trim()).into());
    }
    Ok(serde_json::from_slice(&output.stdout)?)
}

async fn measured(id: &str, leads: usize) -> Result<Figures, Wrecked> {
    let crowd = crowd(1, leads);
    let rows = crowd.rows.len();
    let folder = tempfile::tempdir()?;
    let waited = Arc::new(AtomicU64::new(0));
    let transport = Arc::new(Timed { inner: ReqwestTransport::new()?, nanos: Arc::clone(&waited) });
    let ferry = Ferry::open(folder.path(), id, 1, transport).await?;

    let began = Instant::now();
    ferry.load(crowd.rows).await?;
    let taken_in = began.elapsed();
    waited.store(0, Ordering::Relaxed);
    let began = Instant::now();
    let crossed = ferry.cross().await?;
    let took = began.elapsed();

    let bill = Bill::of(&ferry.practice);
    let mut held: Vec<_> = crowd.expected.iter().map(|person| ferry.target.held(person)).collect();
    held.sort();
    let figures = Figures {
        name: connector(id).spec().name.to_owned(),
        rows,
        deliveries: crossed.deliveries,
        failed: crossed.failed,
        right: ferry.target.contacts(&ferry.practice) == held,
        dear: bill.check(connector(id), leads).err(),
        taken_in_seconds: taken_in.as_secs_f64(),
        crossed_seconds: took.as_secs_f64(),
        waited_seconds: Duration::from_nanos(waited.load(Ordering::Relaxed)).as_secs_f64(),
        paced_seconds: crossed.paced.as_secs_f64(),
        bill,
        peak: peak_memory(),
    };
    ferry.close().await;
    Ok(figures)
}

fn table(leads: usize, measured: &[Figures]) {
    let row = |name: &str, figure: &dyn Fn(&Figures) -> String| {
        let columns: String = measured.iter().map(|one| format!("{:>14}", figure(one))).collect();
        println!("{name:<40}{columns}");
    };
    let per_thousand = |count: u64| format!("{:.1}", count as f64 * 1_000.0 / leads as f64);
    row(&format!("{leads} people"), &|one| one.name.clone());
    row("rows they were captured in", &|one| one.rows.to_string());
    row("deliveries", &|one| one.deliveries.to_string());
    row("failed deliveries", &|one| one.failed.to_string());
    row("content of the CRM as expected", &|one| if one.right { "yes" } else { "NO" }.to_owned());
    row("rows taken in per second", &|one| format!("{:.0}", one.rows as f64 / one.taken_in_seconds));
    row("leads delivered per second", &|one| format!("{:.0}", one.deliveries as f64 / one.crossed_seconds));
    row("time the vendor's limits would take", &|one| format!("{:.0} s", one.paced_seconds));
    row("write calls", &|one| one.bill.writes.to_string());
    row("all calls per 1,000 leads", &|one| per_thousand(one.bill.calls));
    row("searches and queries per 1,000 leads", &|one| per_thousand(one.bill.searches));
    row("peak memory, practice CRM included", &|one| {
        one.peak.map_or_else(|| "not measured".to_owned(), |kilobytes| format!("{} MB", kilobytes / 1_024))
    });
    row("time outside waiting for the CRM", &|one| {
        format!("{:.0}%", (1.0 - one.waited_seconds / one.crossed_seconds).max(0.0) * 100.0)
    });
}

/// The most memory this process has held, in kilobytes, where the system tells.
fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix("kB")?.trim().parse().ok()
}
