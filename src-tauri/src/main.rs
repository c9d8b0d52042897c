//! Starts the Leadferry window. On Windows a release build has no console.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

fn main() {
    leadferry_app::run();
}
