#!/usr/bin/env bash
# Runs a command with a real, unlocked Secret Service of its own, for machines without a desktop:
#   dbus-run-session -- src-tauri/crates/auth/tests/with-keyring.sh cargo test -p leadferry-auth keychain -- --nocapture
# Nothing of the caller's own keychain is touched: run and data folders are fresh ones, removed at the end.
set -euo pipefail

home="$(mktemp -d)"
export XDG_RUNTIME_DIR="$home/run" XDG_DATA_HOME="$home/data"
mkdir -m 700 "$XDG_RUNTIME_DIR" "$XDG_DATA_HOME"

printf 'only for tests' | gnome-keyring-daemon --foreground --unlock --components=secrets >/dev/null 2>&1 &
daemon=$!
trap 'kill "$daemon" 2>/dev/null || true; wait "$daemon" 2>/dev/null || true; rm -rf "$home"' EXIT

# Asking for the service before it owns its name would make D-Bus start a second, locked one.
owned() {
  dbus-send --session --print-reply --dest=org.freedesktop.DBus /org/freedesktop/DBus \
    org.freedesktop.DBus.NameHasOwner string:org.freedesktop.secrets 2>/dev/null | grep -q 'boolean true'
}
for _ in $(seq 200); do owned && break; sleep 0.05; done
owned || { echo "the secret service did not start" >&2; exit 1; }

KEYRING_MUST_WORK=1 "$@"
