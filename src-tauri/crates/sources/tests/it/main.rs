//! Files and deliveries as the world sends them, through the public face.

mod csv_accounting;
mod csv_files;
mod csv_memory;
mod folder;
mod receive;
