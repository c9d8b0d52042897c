//! Deliveries as a list.

use leadferry_store::Page;

use super::{Rows, select};
use crate::home::count;
use crate::types::*;
use crate::{App, Result};

/// Rows given at most.
const MOST: u32 = 500;

/// The part of a list that is asked for, within bounds.
pub(crate) fn page(wanted: PageOf) -> Page {
    Page { offset: wanted.offset.into(), limit: wanted.limit.min(MOST).into() }
}

impl App {
    /// A page of deliveries, last changed first.
    pub async fn deliveries(&self, request: ListDeliveries) -> Result<Paged<DeliveryRow>> {
        let (filter, page) = (select::filter(&request.filter), page(request.page));
        let (rows, found) =
            self.store.read(move |tx| Ok((Rows::read(tx)?, tx.deliveries(&filter, page)?))).await?;
        Ok(Paged { total: count(found.total), rows: found.rows.iter().map(|row| rows.row(row)).collect() })
    }
}
