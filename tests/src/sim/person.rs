//! A person at the window: what each deed does, through the same calls the window makes.

use leadferry_model::{DeliveryId, Record, Value};
use leadferry_store::{ConnectionState, DeliveryFilter, Page, Selection, SyncState};
use leadferry_sync::{Engine, Fix, Result};

use super::checks;
use super::destination::Destination;
use super::hands::Deed;
use super::house::House;
use super::ledger::{broken_mapping, mapping};

/// Rows a person looks at.
const SEEN: u64 = 10_000;

/// The person of a house, at the window of one process.
pub struct Person<'h> {
    /// The house.
    pub house: &'h House,
    /// The process.
    pub engine: &'h Engine,
}

impl Person<'_> {
    /// Does it. An error is shown, and the person goes on with their day.
    pub async fn act(&self, deed: Deed) {
        self.house.world.note(format!("a person: {deed:?}"));
        if let Ok(broken) = self.engine.store().read(checks::glance).await {
            self.house.world.glimpse(broken);
        }
        if let Err(error) = self.done(deed).await {
            self.house.world.note(format!("a person is told: {error}"));
        }
    }

    async fn done(&self, deed: Deed) -> Result<()> {
        let engine = self.engine;
        match deed {
            Deed::Look => self.look().await,
            Deed::RunNow(route) => engine.run_now(&self.to(route).sync, None).await.map(drop),
            Deed::RunPicked(route, pick) => {
                let leads = engine.store().read(|tx| tx.leads(None, Page::first(SEEN))).await?.rows;
                let Some(lead) = pick_one(&leads, pick) else { return Ok(()) };
                engine.run_now(&self.to(route).sync, Some(vec![lead.id.clone()])).await.map(drop)
            }
            Deed::Cancel => {
                let latest = self.deliveries().await?.iter().filter_map(|row| row.run).max();
                match latest {
                    Some(run) => engine.cancel(run).await.map(drop),
                    None => Ok(()),
                }
            }
            Deed::Skip(pick) => {
                let all = self.deliveries().await?;
                let Some(row) = pick_one(&all, pick) else { return Ok(()) };
                engine.skip(&row.sync, Selection::Deliveries(vec![row.id]), "not wanted").await.map(drop)
            }
            Deed::Unskip => {
                for destination in &self.house.destinations {
                    engine.unskip(&destination.sync, of(destination)).await?;
                }
                Ok(())
            }
            Deed::Retry(route) => {
                let to = self.to(route);
                engine.apply(&to.sync, of(to), Fix::Retry).await.map(drop)
            }
            Deed::Edit(route, pick) => {
                let to = self.to(route);
                let all = self.deliveries().await?;
                let ids: Vec<DeliveryId> =
                    all.iter().filter(|row| row.sync == to.sync).map(|row| row.id).collect();
                let Some(id) = pick_one(&ids, pick) else { return Ok(()) };
                let values: Record = [("lastname", Value::text("Corrected"))].into_iter().collect();
                engine
                    .apply(&to.sync, Selection::Deliveries(vec![*id]), Fix::Values { values })
                    .await
                    .map(drop)
            }
            Deed::Publish(route, edition) => {
                let to = self.to(route);
                self.publish(to, mapping(to, edition)).await
            }
            Deed::PublishBroken(route) => {
                let to = self.to(route);
                self.publish(to, broken_mapping(to)).await
            }
            Deed::Pause(route) => engine.pause(&self.to(route).id).await,
            Deed::Resume(route) => {
                self.house.network.arrive(true).await;
                engine.resume(&self.to(route).id).await
            }
            Deed::PauseSync(route, minutes) => {
                let (now, sync) = (self.house.clock().now(), self.to(route).sync.clone());
                let until = now + jiff::SignedDuration::from_mins(i64::from(minutes));
                let paused = move |tx: &leadferry_store::Writer<'_>| {
                    tx.set_sync_state(&sync, SyncState::Paused, Some(until))
                };
                Ok(engine.store().write(paused).await?)
            }
            Deed::Disconnect(route) => self.disconnect(self.to(route)).await,
            Deed::Reconnect(route) => self.connect(self.to(route)).await,
        }
    }

    async fn publish(&self, to: &Destination, mapping: leadferry_mapping::Mapping) -> Result<()> {
        let fix = Fix::Mapping { mapping, note: "published".to_owned() };
        self.engine.apply(&to.sync, of(to), fix).await.map(drop)
    }

    async fn look(&self) -> Result<()> {
        let now = self.house.clock().now();
        let told = self.engine.store().read(|tx| tx.notifications(Page::first(SEEN))).await?.rows;
        let seen = move |tx: &leadferry_store::Writer<'_>| {
            let new = told.iter().filter(|one| one.seen_at.is_none());
            new.into_iter().try_for_each(|one| tx.mark_seen(now, &one.kind, &one.subject))
        };
        self.engine.store().write(seen).await?;
        for destination in &self.house.destinations {
            if self.state(destination).await? == ConnectionState::NeedsAccess {
                self.connect(destination).await?;
            }
        }
        Ok(())
    }

    async fn state(&self, destination: &Destination) -> Result<ConnectionState> {
        let id = destination.id.clone();
        Ok(self.engine.store().read(move |tx| tx.connection(&id)).await?.state)
    }

    /// Takes a connection off, as the room `api` does: its syncs pause.
    async fn disconnect(&self, destination: &Destination) -> Result<()> {
        let (id, sync) = (destination.id.clone(), destination.sync.clone());
        let off = move |tx: &leadferry_store::Writer<'_>| {
            tx.set_connection_state(&id, ConnectionState::Disconnected)?;
            tx.set_sync_state(&sync, SyncState::Paused, None)
        };
        Ok(self.engine.store().write(off).await?)
    }

    /// Signs in, and switches the sync on that was paused with the connection.
    async fn connect(&self, destination: &Destination) -> Result<()> {
        self.house.network.arrive(true).await;
        destination.sign_in(self.house.clock().as_ref()).await;
        self.engine.access_restored(&destination.id).await?;
        let sync = destination.sync.clone();
        let on = move |tx: &leadferry_store::Writer<'_>| tx.set_sync_state(&sync, SyncState::On, None);
        self.engine.store().write(on).await?;
        self.engine.wake();
        Ok(())
    }

    /// Puts everything right that only a person can, after the last fault: signs in, lets everything go on, publishes a mapping
    /// that works, brings back what was left out, and tries again what failed.
    pub async fn put_right(&self) -> Result<()> {
        for destination in &self.house.destinations {
            self.connect(destination).await?;
            self.engine.resume(&destination.id).await?;
            self.publish(destination, mapping(destination, 3)).await?;
            self.engine.unskip(&destination.sync, of(destination)).await?;
            self.engine.run_now(&destination.sync, None).await?;
        }
        Ok(())
    }

    /// Every delivery, by id.
    pub async fn deliveries(&self) -> Result<Vec<leadferry_store::DeliveryRow>> {
        let page = Page::first(SEEN);
        let read = self.engine.store().read(move |tx| tx.deliveries(&DeliveryFilter::default(), page)).await;
        let mut rows = read?.rows;
        rows.sort_by_key(|row| row.id);
        Ok(rows)
    }

    fn to(&self, route: usize) -> &Destination {
        &self.house.destinations[route]
    }
}

/// Everything of a destination's sync.
fn of(destination: &Destination) -> Selection {
    Selection::Filter(DeliveryFilter { sync: Some(destination.sync.clone()), ..DeliveryFilter::default() })
}

fn pick_one<T>(all: &[T], pick: usize) -> Option<&T> {
    all.get(pick.checked_rem(all.len())?)
}
