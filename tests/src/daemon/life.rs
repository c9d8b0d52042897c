//! One process from its start to its end, and the hand that kills it from outside.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde_json::Value;
use tokio::sync::mpsc;

use super::moment::Moment;

/// What opens the data folder.
pub(crate) const PASSPHRASE: &str = "the folder's passphrase";

/// Kills the process of the present life at its moment.
#[derive(Default)]
pub(crate) struct Reaper(Mutex<State>);

#[derive(Default)]
struct State {
    moment: Option<Moment>,
    requests: u32,
    accepted: u32,
    child: Option<Child>,
    killed: bool,
}

/// What a request at the CRM means for the present life.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Seen {
    Nothing,
    Before,
    Done,
    Answered,
}

impl Reaper {
    /// A request has reached the CRM.
    pub(crate) fn request(&self) -> Seen {
        let mut state = self.state();
        state.requests += 1;
        match state.moment {
            Some(Moment::BeforeItIsDone(at)) if at == state.requests => Seen::Before,
            Some(Moment::BeforeTheAnswer(at)) if at == state.requests => Seen::Done,
            Some(Moment::WithTheAnswer(at)) if at == state.requests => Seen::Answered,
            _ => Seen::Nothing,
        }
    }

    /// A sender was answered *accepted*.
    pub(crate) fn accepted(&self) {
        let mut state = self.state();
        state.accepted += 1;
        if matches!(state.moment, Some(Moment::AfterAccepting(at)) if at == state.accepted) {
            state.kill();
        }
    }

    /// Now.
    pub(crate) fn kill(&self) {
        self.state().kill();
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// SIGKILL on Unix, TerminateProcess on Windows: no handler runs.
    fn kill(&mut self) {
        if let Some(child) = &mut self.child {
            // One that has just ended by itself is no longer there to be killed.
            self.killed = child.kill().is_ok();
        }
    }
}

/// How a life ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// At its moment.
    Killed,
    /// By itself, with its exit code.
    Ended(i32),
}

enum Event {
    Said(Value),
    Over(ExitStatus),
}

/// A running process.
pub(crate) struct Life {
    reaper: Arc<Reaper>,
    moment: Option<Moment>,
    events: mpsc::UnboundedReceiver<Event>,
    end: Option<End>,
    log: PathBuf,
}

impl Life {
    /// Starts `program` with `arguments` on the data folder `data`, to be killed at `moment`. It reads `input`.
    pub(crate) fn start(
        program: &Path,
        data: &Path,
        arguments: &[&str],
        input: &str,
        moment: Option<Moment>,
        reaper: &Arc<Reaper>,
    ) -> Self {
        let log = data.with_extension("log");
        let to_log =
            std::fs::File::options().create(true).append(true).open(&log).expect("a log can be written");
        let mut command = Command::new(program);
        command
            .args(arguments)
            .env("LEADFERRY_DATA", data)
            .env("LEADFERRY_PASSPHRASE", PASSPHRASE)
            .env("LEADFERRY_LOG", "info")
            .env_remove("LEADFERRY_PASSPHRASE_FILE")
            .env_remove(leadferry_failpoint::VARIABLE)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(to_log);
        if let Some(armed) = moment.and_then(Moment::armed) {
            command.env(leadferry_failpoint::VARIABLE, armed);
        }
        let mut child = command.spawn().expect("the program starts");
        // One that reads nothing may be gone already.
        child.stdin.take().and_then(|mut stdin| stdin.write_all(input.as_bytes()).ok());
        let lines = BufReader::new(child.stdout.take().expect("BUG: it was asked for")).lines();
        *reaper.state() = State { moment, child: Some(child), ..State::default() };
        let (tell, events) = mpsc::unbounded_channel();
        let watched = Arc::clone(reaper);
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                if let Ok(said) = serde_json::from_str(&line) {
                    // Nobody has to listen.
                    tell.send(Event::Said(said)).ok();
                }
            }
            let child = watched.state().child.take();
            let status =
                child.expect("BUG: only this thread takes it").wait().expect("a child can be waited for");
            tell.send(Event::Over(status)).ok();
        });
        Self { reaper: Arc::clone(reaper), moment, events, end: None, log }
    }

    /// Waits until it says that it runs; gives how it ended if it did not come to that.
    pub(crate) async fn running(&mut self) -> Result<(), End> {
        loop {
            match self.next().await {
                Ok(said) if said["state"] == "running" => return Ok(()),
                Ok(_) => {}
                Err(end) => return Err(end),
            }
        }
    }

    /// Waits for its end. May be asked again.
    pub(crate) async fn ended(&mut self) -> End {
        loop {
            if let Err(end) = self.next().await {
                return end;
            }
        }
    }

    /// What it says next, or how it ended.
    async fn next(&mut self) -> Result<Value, End> {
        if let Some(end) = self.end {
            return Err(end);
        }
        match self.events.recv().await {
            Some(Event::Said(said)) => Ok(said),
            Some(Event::Over(status)) => {
                let end = self.judge(status);
                self.end = Some(end);
                Err(end)
            }
            None => unreachable!("BUG: the last event is the end"),
        }
    }

    /// Asks it to end in order, as a service manager does.
    pub(crate) async fn stop(mut self) -> End {
        if let Some(id) = self.id() {
            let asked = Command::new("kill").arg(id.to_string()).status();
            assert!(asked.is_ok_and(|status| status.success()), "the signal reaches the process");
        }
        self.ended().await
    }

    /// Its process id; none once it is over.
    pub(crate) fn id(&self) -> Option<u32> {
        self.reaper.state().child.as_ref().map(Child::id)
    }

    /// How often it has logged `words`.
    #[cfg(target_os = "linux")]
    pub(crate) fn logged(&self, words: &str) -> usize {
        std::fs::read_to_string(&self.log).unwrap_or_default().matches(words).count()
    }

    /// The end of what it has logged.
    pub(crate) fn log(&self) -> String {
        let text = std::fs::read_to_string(&self.log).unwrap_or_default();
        let lines: Vec<&str> = text.lines().collect();
        lines[lines.len().saturating_sub(30)..].join("\n")
    }

    fn judge(&self, status: ExitStatus) -> End {
        let by_hand = self.reaper.state().killed;
        let itself = matches!(self.moment, Some(Moment::Point(..)));
        match status.code() {
            Some(code) if !(by_hand && cfg!(windows)) => End::Ended(code),
            _ => {
                assert!(by_hand || itself, "nobody killed it: {status}\n{}", self.log());
                End::Killed
            }
        }
    }
}
