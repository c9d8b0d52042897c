//! What a person or the sign-in says about a destination's lane.

use leadferry_model::ConnectionId;
use leadferry_store::{ConnectionState, LaneState};

use crate::engine::Engine;
use crate::error::Result;
use crate::events::Tag;
use crate::lane;

impl Engine {
    /// Access is back (signed in again): the lane opens and everything that waited for it goes.
    pub async fn access_restored(&self, connection: &ConnectionId) -> Result<()> {
        let (now, id) = (self.inner.now(), connection.clone());
        self.inner
            .store
            .write(move |tx| {
                tx.set_connection_state(&id, ConnectionState::Connected)?;
                tx.set_lane(now, &id, LaneState::Open, None, None)?;
                lane::passed(tx, now, &id)
            })
            .await?;
        self.changed(connection);
        Ok(())
    }

    /// A person pauses a destination: its leads wait, nothing is lost or spent.
    pub async fn pause(&self, connection: &ConnectionId) -> Result<()> {
        let (now, id) = (self.inner.now(), connection.clone());
        self.inner.store.write(move |tx| tx.set_lane(now, &id, LaneState::Paused, None, None)).await?;
        self.changed(connection);
        Ok(())
    }

    /// A person lets a destination go on.
    pub async fn resume(&self, connection: &ConnectionId) -> Result<()> {
        let (now, id) = (self.inner.now(), connection.clone());
        self.inner.store.write(move |tx| tx.set_lane(now, &id, LaneState::Open, None, None)).await?;
        self.changed(connection);
        Ok(())
    }

    fn changed(&self, connection: &ConnectionId) {
        let lane = Tag::Lane { connection: connection.clone() };
        self.inner.events.tell([
            lane,
            Tag::Connection { connection: connection.clone() },
            Tag::Notifications,
        ]);
        self.wake();
    }
}
