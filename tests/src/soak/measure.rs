//! What a process and its folder take, as the operating system tells it. Linux only; elsewhere there is nothing to tell.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// The beginning is warming up, and says nothing about growth.
const WARMING_UP: usize = 5;

/// Measures over time.
pub(super) struct Measures {
    process: u32,
    folder: PathBuf,
    began: Instant,
    last: Option<Instant>,
    samples: Vec<Sample>,
}

#[derive(Clone, Copy)]
struct Sample {
    minutes: f64,
    memory: f64,
    files: f64,
    handles: u64,
}

impl Measures {
    pub(super) fn new(process: u32, folder: &Path) -> Self {
        Self { process, folder: folder.to_owned(), began: Instant::now(), last: None, samples: Vec::new() }
    }

    /// Whether `interval` has passed since the last one.
    pub(super) fn due(&self, interval: Duration) -> bool {
        self.last.is_none_or(|last| last.elapsed() >= interval)
    }

    /// Measures.
    pub(super) fn take(&mut self) {
        self.last = Some(Instant::now());
        if let Some((memory, handles)) = taken_by(self.process) {
            let minutes = self.began.elapsed().as_secs_f64() / 60.0;
            self.samples.push(Sample { minutes, memory, files: size(&self.folder), handles });
        }
    }

    /// Memory now, in MB.
    pub(super) fn memory(&self) -> Option<f64> {
        self.samples.last().map(|sample| sample.memory)
    }

    /// What memory grows by, in MB a minute.
    pub(super) fn memory_slope(&self) -> Option<f64> {
        self.slope(|sample| sample.memory)
    }

    /// The folder's files now, in MB.
    pub(super) fn files(&self) -> Option<f64> {
        self.samples.last().map(|sample| sample.files)
    }

    /// What they grow by, in MB a minute.
    pub(super) fn files_slope(&self) -> Option<f64> {
        self.slope(|sample| sample.files)
    }

    /// Open handles now, and the most there were.
    pub(super) fn handles(&self) -> Option<(u64, u64)> {
        let most = self.samples.iter().map(|sample| sample.handles).max()?;
        self.samples.last().map(|sample| (sample.handles, most))
    }

    /// The line through the measures that is nearest to all of them.
    fn slope(&self, of: impl Fn(&Sample) -> f64) -> Option<f64> {
        let samples = self.samples.get(WARMING_UP..).filter(|samples| samples.len() > 2)?;
        let count = samples.len() as f64;
        let mean = |of: &dyn Fn(&Sample) -> f64| samples.iter().map(of).sum::<f64>() / count;
        let (time, value) = (mean(&|sample| sample.minutes), mean(&of));
        let above: f64 = samples.iter().map(|sample| (sample.minutes - time) * (of(sample) - value)).sum();
        let below: f64 = samples.iter().map(|sample| (sample.minutes - time).powi(2)).sum();
        (below > 0.0).then(|| above / below)
    }
}

/// Memory in MB, and open handles.
fn taken_by(process: u32) -> Option<(f64, u64)> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kilobytes: f64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    let handles = std::fs::read_dir(format!("/proc/{process}/fd")).ok()?.count();
    Some((kilobytes / 1_024.0, handles as u64))
}

/// Everything in `folder`, in MB.
fn size(folder: &Path) -> f64 {
    let Ok(entries) = std::fs::read_dir(folder) else { return 0.0 };
    let of = |entry: std::fs::DirEntry| match entry.metadata() {
        Ok(entry_is) if entry_is.is_dir() => size(&entry.path()),
        Ok(entry_is) => entry_is.len() as f64 / 1_048_576.0,
        // One that was there a moment ago, such as a copy that got its name.
        Err(_) => 0.0,
    };
    entries.filter_map(Result::ok).map(of).sum()
}
