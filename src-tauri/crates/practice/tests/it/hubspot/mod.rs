//! What the practice HubSpot does, one family of endpoints a file.

mod account;
mod associations;
mod batches;
mod consent;
mod limits;
mod objects;
mod properties;
mod search;
mod strictness;
mod tokens;
mod upsert;
mod values;
