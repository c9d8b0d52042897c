//! One data folder's life among kills: it comes to be, is furnished, works, and is restored; killed again and again, started
//! again, and compared with the CRM after every kill.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use leadferry_api::Error;
use rand::RngExt;
use rand::rngs::StdRng;
use tempfile::TempDir;

use super::deck::Deck;
use super::figures::Figures;
use super::points::{AT_BIRTH, AT_RESTORE};
use crate::daemon::{self, Crm, Difference, Door, End, Guests, Life, Moment, PATIENCE, Reaper};

/// What opens a round's backup.
const WORDS: &str = "the backup's passphrase";

/// A round under way.
pub(super) struct Round<'a> {
    program: &'a Path,
    seed: u64,
    folder: TempDir,
    reaper: Arc<Reaper>,
    crm: Crm,
    door: Option<Door>,
    guests: Guests,
    deck: &'a mut Deck,
    random: &'a mut StdRng,
    figures: &'a mut Figures,
    backups: u32,
}

impl<'a> Round<'a> {
    /// A round in an empty folder.
    pub(super) async fn new(
        program: &'a Path,
        seed: u64,
        deck: &'a mut Deck,
        random: &'a mut StdRng,
        figures: &'a mut Figures,
    ) -> Self {
        let reaper = Arc::new(Reaper::default());
        let crm = Crm::open(seed, &reaper).await.without_limits();
        let folder = tempfile::tempdir().expect("a folder can be made");
        let guests = Guests::default();
        Self { program, seed, folder, reaper, crm, door: None, guests, deck, random, figures, backups: 0 }
    }

    /// Everything, with about `kills` kills while it works. Ends early when something is found.
    pub(super) async fn play(mut self, births: &[usize], restore: usize, kills: u64) {
        self.figures.rounds += 1;
        for birth in births {
            self.birth(AT_BIRTH[*birth]).await;
        }
        self.furnish().await;
        let mut clean = true;
        let until = self.figures.total() + kills;
        while clean && self.figures.total() < until {
            clean = self.cycle().await;
        }
        if clean {
            clean = self.restored(AT_RESTORE[restore]).await;
        }
        if clean {
            // Life goes on after a restore.
            clean = self.cycle().await;
        }
        self.figures.captures += self.guests.count() as u64;
        self.figures.leads_in += self.guests.expected().len() as u64;
        self.figures.leads_at_crm += self.crm.contacts().len() as u64;
        if !clean {
            let kept = self.folder.keep();
            self.figures.findings.push(format!(
                "round {}: the data folder is kept as {}",
                self.seed,
                kept.display()
            ));
        }
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    fn start(&self, moment: Option<Moment>) -> Life {
        Life::start(self.program, &self.data(), &["--json", "daemon"], "", moment, &self.reaper)
    }

    /// The folder comes to be, and its process is killed at it.
    async fn birth(&mut self, (name, count): (&'static str, u32)) {
        let moment = Moment::Point(name, count);
        let mut life = self.start(Some(moment));
        let end = match life.running().await {
            Err(end) => end,
            Ok(()) => {
                // The first copy is made beside; a second one passes the same points.
                self.ask_for_a_backup().await.ok();
                tokio::select! {
                    end = life.ended() => end,
                    () = tokio::time::sleep(daemon::LOOK) => {
                        self.reaper.kill();
                        life.ended().await
                    }
                }
            }
        };
        assert_eq!(end, End::Killed, "round {}: nobody else ends it\n{}", self.seed, life.log());
        self.figures.kill(moment);
    }

    /// What a person sets up once.
    async fn furnish(&mut self) {
        let mut life = self.start(None);
        life.running()
            .await
            .unwrap_or_else(|end| panic!("it starts after a birth with kills: {end:?}\n{}", life.log()));
        let data = self.data();
        let furnished = async {
            let destination = daemon::sign_in(&data, &self.crm.practice, &self.crm.base).await?;
            let (source, door) = daemon::receiver(&data).await?;
            self.door = Some(door);
            // The first lead shows which fields the form has.
            self.guests.more(1, self.random);
            self.send_all().await;
            daemon::live(&data, source, destination).await
        };
        furnished.await.unwrap_or_else(|error: Error| panic!("{error}\n{}", life.log()));
        self.calm_end(life).await;
    }

    /// More leads come, the process is killed once or a few times in a row, and what is left goes in peace. Gives whether the CRM
    /// holds what it should.
    async fn cycle(&mut self) -> bool {
        let leads = self.random.random_range(6..=24);
        self.guests.more(leads, self.random);
        // Now and then it is killed while it recovers from the last time.
        let in_a_row = if self.random.random_bool(0.25) { self.random.random_range(2..=3) } else { 1 };
        for _ in 0..in_a_row {
            let moment = self.deck.draw(self.random);
            self.killed_at(moment).await;
        }
        self.in_peace().await
    }

    /// One life that ends at `moment`, or at rest when the work was done before the moment came.
    async fn killed_at(&mut self, moment: Moment) {
        if moment.needs_renewal() {
            self.crm.practice.expire_tokens();
        }
        let mut life = self.start(Some(moment));
        let timer = async {
            match moment {
                Moment::After(time) => tokio::time::sleep(time).await,
                _ => std::future::pending().await,
            }
        };
        let reaper = Arc::clone(&self.reaper);
        let end = {
            let work = async {
                if life.running().await.is_ok() {
                    let backup = moment.needs_backup();
                    if backup {
                        self.ask_for_a_backup().await.ok();
                    }
                    self.send_all().await;
                    daemon::drained(&self.data()).await.ok();
                }
            };
            tokio::select! {
                () = work => {}
                () = timer => reaper.kill(),
            }
            // Dead already, or at rest: then this is the hand that ends it.
            let by_itself = tokio::time::timeout(daemon::LOOK, life.ended()).await;
            match by_itself {
                Ok(end) => (end, true),
                Err(_) => {
                    reaper.kill();
                    (life.ended().await, false)
                }
            }
        };
        match end {
            (End::Killed, true) => self.figures.kill(moment),
            (End::Killed, false) if matches!(moment, Moment::After(_)) => self.figures.kill(moment),
            (End::Killed, false) => {
                self.figures.kill("at rest");
                self.deck.missed(moment);
            }
            (End::Ended(code), _) => {
                panic!("round {}: nobody asked it to end ({code}), {moment:?}\n{}", self.seed, life.log())
            }
        }
    }

    /// Starts again, lets everything through, and compares.
    async fn in_peace(&mut self) -> bool {
        let mut life = self.start(None);
        if let Err(end) = life.running().await {
            return self.found(format!("it does not start again: {end:?}\n{}", life.log()));
        }
        let data = self.data();
        let quiet = tokio::time::timeout(PATIENCE, async {
            self.send_all().await;
            daemon::drained(&data).await?;
            Ok::<_, Error>((daemon::needs_a_person(&data).await?, daemon::audit_is_whole(&data).await?))
        })
        .await;
        let clean = match quiet {
            Ok(Ok((false, true))) => self.compare(),
            Ok(Ok((true, _))) => {
                self.found(format!("a kill led to something that needs a person\n{}", life.log()))
            }
            Ok(Ok((false, false))) => self.found("the audit log's chain is broken".to_owned()),
            Ok(Err(error)) => self.found(format!("it does not answer: {error}\n{}", life.log())),
            Err(_) => self.found(format!("it does not come to an end\n{}", life.log())),
        };
        self.calm_end(life).await;
        clean
    }

    async fn calm_end(&mut self, life: Life) {
        let end = life.stop().await;
        assert_eq!(end, End::Ended(0), "round {}: asked to end, it ends in order", self.seed);
    }

    async fn send_all(&mut self) {
        let Some(door) = self.door.clone() else { return };
        let reaper = Arc::clone(&self.reaper);
        daemon::send_all(&door, &mut self.guests, &self.seed.to_string(), || reaper.accepted()).await;
    }

    async fn ask_for_a_backup(&mut self) -> Result<PathBuf, Error> {
        self.backups += 1;
        let path = self.folder.path().join(format!("backup-{}.lfbackup", self.backups));
        daemon::backup(&self.data(), &path, WORDS).await?;
        Ok(path)
    }

    /// Everything that was accepted is at the CRM, once, as it was last said.
    fn compare(&mut self) -> bool {
        let Difference { missing, other, too_many } = self.guests.difference(self.crm.contacts());
        let (overtaken, faults) = (self.crm.out_of_order(), self.crm.faults());
        self.figures.lost += (missing.len() + other.len()) as u64;
        self.figures.duplicated += too_many.len() as u64;
        self.figures.out_of_order += overtaken.len() as u64;
        if [&missing, &other, &too_many, &overtaken, &faults].into_iter().all(Vec::is_empty) {
            return true;
        }
        self.found(format!(
            "missing {missing:?}, other content {other:?}, too many {too_many:?}, overtaken {overtaken:?}, undocumented {faults:?}"
        ))
    }

    fn found(&mut self, words: String) -> bool {
        self.figures.findings.push(format!("round {}, kill {}: {words}", self.seed, self.figures.total()));
        false
    }

    /// A backup is made at rest and restored; the process that restores is killed at `point`. Whichever ledger is there
    /// afterwards, it is a whole one, and the CRM keeps what it has.
    async fn restored(&mut self, point: &'static str) -> bool {
        let mut life = self.start(None);
        life.running().await.unwrap_or_else(|end| panic!("it starts: {end:?}\n{}", life.log()));
        let path = match self.ask_for_a_backup().await {
            Ok(path) => path,
            Err(error) => return self.found(format!("no backup could be made: {error}")),
        };
        // What comes after the backup is at the CRM, and not in the ledger that is restored.
        self.guests.more(8, self.random);
        self.send_all().await;
        daemon::drained(&self.data()).await.ok();
        self.calm_end(life).await;
        let moment = Moment::Point(point, 1);
        let path = path.display().to_string();
        let mut life =
            Life::start(self.program, &self.data(), &["restore", &path], WORDS, Some(moment), &self.reaper);
        let end = life.ended().await;
        assert_eq!(end, End::Killed, "round {}: it is killed while it restores\n{}", self.seed, life.log());
        self.figures.kill(moment);
        self.in_peace().await
    }
}
