//! Reads the Tauri configuration at build time, so that a wrong one stops the build.

fn main() {
    tauri_build::build();
}
