//! Where leads come in: CSV files, watched folders, and whatever sends webhooks to this computer.
//!
//! Everything here ends in [`leadferry_model::Captured`]; what happens then (ledger, matching, delivery) is not known here.
//! Sources with an API of their own to ask (WhatConverts, WhatsApp, …) are connectors and live there.
//!
//! **Architecture Invariant:** nothing here keeps state on disk. What was accepted is in the ledger, because
//! [`receive::Inbox`] said so before the sender got its answer.

pub mod csv;
pub mod folder;
pub mod receive;
