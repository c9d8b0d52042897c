//! What the practice Pipedrive does, one family of endpoints a file.

mod account;
mod activities;
mod consent;
mod contracts;
mod conversions;
mod custom_fields;
mod deals;
mod desk;
mod fields;
mod leads;
mod limits;
mod lists;
mod notes;
mod persons;
mod recents;
mod refusals;
mod search;
mod strictness;
mod tokens;
mod twin;
mod weather;
mod webhooks;
