//! Windows without a screen: the shell on Tauri's mock runtime.

mod hearing;
mod kit;
mod profiles;
mod sessions;
mod work;
