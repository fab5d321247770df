//! Everything Edit Factory does, without a window.
//!
//! The rooms, in the order data flows: [`home`] opens a [`profile`]; [`library`] takes footage in; [`analysis`] finds
//! shots in it; [`script`] turns text into sentences; [`speech`] speaks them; [`captions`] turns words into cues;
//! [`variants`] plans videos; [`render`] makes files of the plans; [`jobs`] runs all of that in the background;
//! [`generate`] is the whole flow from a project to queued renders; [`api`] lists every call there is;
//! [`media_server`] lets a window play a profile's files; [`archive`] is a profile in one file.
//!
//! This library reads no environment and no home folder; what it needs is in [`host::Host`].

pub mod analysis;
pub mod api;
pub mod archive;
pub mod audit;
pub mod backend;
pub mod brand;
pub mod budget;
pub mod captions;
pub mod clips;
pub mod credentials;
pub mod demo;
pub mod diagnostics;
pub mod doctor;
pub mod error;
pub mod ffmpeg;
pub mod generate;
pub mod home;
pub mod host;
pub mod ids;
pub mod jobs;
pub mod library;
pub mod logging;
pub mod media_server;
pub mod profile;
pub mod project;
pub mod publish;
pub mod render;
pub mod script;
pub mod speech;
pub mod surroundings;
pub mod sync;
#[cfg(test)]
pub(crate) mod testkit;
pub mod time;
pub mod variants;
