//! Keeping a profile on a hosted backend, for people with a second machine. Nothing else in the product needs it.
//!
//! [`tables`] lists what is kept there; [`server`] writes the server's part of it in SQL, which lies in
//! `migrations/supabase`. [`remote`] is the other end, [`supabase`] the one there is. On this side triggers note every change in its own transaction
//! (`capture`); a round (`round`) stages what came, writes it all at once (`apply`) and sends what waits (`outbox`).

pub mod account;
mod apply;
mod attend;
mod background;
pub(crate) mod capture;
pub mod clock;
pub mod desk;
pub mod error;
mod gather;
pub(crate) mod link;
pub mod media;
mod outbox;
mod place_of_files;
pub mod remote;
mod round;
mod rows;
pub mod server;
pub mod status;
pub mod supabase;
pub mod tables;

pub use attend::attend;
pub use background::background;
pub use error::SyncError;
pub(crate) use link::forget;
pub use link::{link, linked, unlink};
pub use round::{Round, run_once};
pub use status::{SetAside, SyncState, SyncStatus, note, status, try_again};

#[cfg(test)]
mod capture_tests;
#[cfg(test)]
mod round_tests;
