//! Keeping a profile on a hosted backend, for people with a second machine. Nothing else in the product needs it.
//!
//! [`tables`] lists what is kept there; [`server`] writes the server's part of it in SQL, which lies in
//! `migrations/supabase`.

pub mod server;
pub mod tables;
