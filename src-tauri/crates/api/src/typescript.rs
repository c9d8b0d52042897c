//! Writes the contract as TypeScript: every type, every command, every tag. Committed; a test fails when it is stale.

use std::any::TypeId;
use std::collections::{BTreeMap, HashSet};

use ts_rs::{Config, TS, TypeVisitor};

use crate::commands::{COMMANDS, Tag};
use crate::error::ErrorCode;
use crate::types::{RestoreRequest, Startup, UnlockRequest};

/// The whole contract as one TypeScript file.
pub fn generate() -> String {
    let mut types = BTreeMap::new();
    for command in COMMANDS {
        (command.types)(&mut |name, declaration| {
            types.insert(name.to_owned(), declaration);
        });
    }
    for extra in [
        collected::<Tag>(),
        collected::<Startup>(),
        collected::<UnlockRequest>(),
        collected::<RestoreRequest>(),
        collected::<crate::Error>(),
        collected::<ErrorCode>(),
    ] {
        types.extend(extra);
    }

    let mut out = String::from(
        "// Generated from the room `api` by its tests. Do not edit: change the Rust types.\n\n",
    );
    for declaration in types.values() {
        out.push_str(&format!("export {declaration}\n\n"));
    }
    out.push_str("/** Every command: what it takes, what it gives. */\nexport interface Commands {\n");
    for command in COMMANDS {
        out.push_str(&format!(
            "  {}: {{ request: {}; response: {} }};
",
            command.name,
            (command.request)(),
            (command.response)()
        ));
    }
    out.push_str("}\n\n/** What each command is made of (reads) or makes stale (writes). */\nexport const commands = {\n");
    for command in COMMANDS {
        let kind = if command.read { "read" } else { "write" };
        let tags: Vec<String> = command
            .tags
            .iter()
            .map(|tag| serde_json::to_string(tag).expect("BUG: a tag serialises"))
            .collect();
        out.push_str(&format!("  {}: {{ kind: \"{kind}\", tags: [{}] }},\n", command.name, tags.join(", ")));
    }
    out.push_str("} as const;\n");
    out
}

/// Collects the declarations of `T` and of everything it is made of.
pub(crate) fn collect<T: TS + 'static>(found: &mut dyn FnMut(&str, String)) {
    for (name, declaration) in collected::<T>() {
        found(&name, declaration);
    }
}

fn collected<T: TS + 'static + ?Sized>() -> BTreeMap<String, String> {
    let mut collector = Collector { config: Config::default(), seen: HashSet::new(), types: BTreeMap::new() };
    collector.visit::<T>();
    collector.types
}

struct Collector {
    config: Config,
    seen: HashSet<TypeId>,
    types: BTreeMap<String, String>,
}

impl TypeVisitor for Collector {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        if !self.seen.insert(TypeId::of::<T>()) {
            return;
        }
        // Built-in types (numbers, lists, options) have no declaration of their own, only parts.
        if T::output_path().is_some() {
            self.types.insert(T::ident(&self.config), T::decl(&self.config));
        }
        T::visit_dependencies(self);
        T::visit_generics(self);
    }
}
