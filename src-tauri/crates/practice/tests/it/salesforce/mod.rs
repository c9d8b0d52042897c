//! The practice Salesforce, by the vendor's documented behaviour.

mod bulk;
mod collections;
mod composite;
mod consent;
mod contracts;
mod conversion;
mod describe;
mod duplicates;
mod feeds;
mod fields;
mod identity;
mod jwt;
mod limits;
mod objects;
mod people;
mod query;
mod strictness;
mod support;
mod tokens;
mod twin;
mod upsert;
mod values;
mod weather;
mod webform;
