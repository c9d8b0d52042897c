//! What the practice Zoho CRM does, one family of endpoints a file.

mod account;
mod changes;
mod consent;
mod contracts;
mod conversion;
mod coql;
mod desk;
mod fields;
mod limits;
mod lists;
mod pages;
mod related;
mod search;
mod strictness;
mod tokens;
mod twin;
mod upsert;
mod values;
mod watch;
mod weather;
mod writes;
