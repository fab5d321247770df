//! TypeScript types of the list of calls, for the window: one file with every type that goes over the wire, the
//! arguments and the reply of every call, and the events.
//!
//! What is not here: writing the file (`examples/bindings.rs`), and sending calls (the window's backend).

use std::any::TypeId;
use std::collections::{BTreeMap, BTreeSet};

use ts_rs::{Config, TS, TypeVisitor};

use super::{Ask, Level, each};
use crate::error::Failure;
use crate::profile::events::Event;

/// Is shown each call of the list.
pub(super) trait SeeCalls {
    /// One call, by the type of its arguments.
    fn call<A: Ask>(&mut self);
}

/// Where the file lies in the repository.
pub const FILE: &str = "ui/src/backend/bindings/calls.ts";

const HEADER: &str = "\
// Generated from the list of calls in src-tauri/core/src/api by `cargo xtask bindings`. Do not edit by hand:
// a test of core fails when this file is not what the list gives.
";

/// The whole file.
#[must_use]
pub fn typescript() -> String {
    let mut gathered = Gathered::new();
    gathered.visit::<Level>();
    gathered.visit::<Failure>();
    gathered.visit::<Event>();
    each(&mut gathered);
    let Gathered { types, calls, levels, .. } = gathered;
    let types = types.into_values().collect::<String>();
    format!(
        "{HEADER}\n{types}\
         /** Every call there is: what it is asked with and what it answers. */\n\
         export interface Calls {{\n{calls}}}\n\n\
         /** What each call is about: the home, or the profile of the session. */\n\
         export const CALL_LEVELS = {{\n{levels}}} as const satisfies Record<keyof Calls, Level>;\n"
    )
}

/// How ts-rs writes a struct without fields.
const EMPTY: &str = "Record<symbol, never>";

/// What was seen so far, as TypeScript.
struct Gathered {
    config: Config,
    seen: BTreeSet<TypeId>,
    /// Declarations by name and by the Rust type they are of: two types of one name stand there twice, and the window
    /// does not compile.
    types: BTreeMap<(String, TypeId), String>,
    calls: String,
    levels: String,
}

impl Gathered {
    fn new() -> Self {
        Self {
            // No number of ours passes 2^53 but hashes and seeds, which the window hands back unread.
            config: Config::new().with_large_int("number"),
            seen: BTreeSet::new(),
            types: BTreeMap::new(),
            calls: String::new(),
            levels: String::new(),
        }
    }
}

impl TypeVisitor for Gathered {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        if !self.seen.insert(TypeId::of::<T>()) {
            return;
        }
        // What has no place of its own (numbers, lists) is written out where it is used.
        if T::output_path().is_some() {
            let declared = format!("{}export {}\n\n", T::docs().unwrap_or_default(), tidy(&T::decl(&self.config)));
            self.types.insert((T::ident(&self.config), TypeId::of::<T::WithoutGenerics>()), declared);
        }
        T::visit_dependencies(self);
        T::visit_generics(self);
    }
}

impl SeeCalls for Gathered {
    fn call<A: Ask>(&mut self) {
        A::visit_dependencies(self);
        self.visit::<A::Reply>();
        let docs = A::docs().unwrap_or_default();
        let (arguments, reply) = (tidy(&A::inline(&self.config)), A::Reply::name(&self.config));
        let arguments = if arguments == EMPTY { "{}" } else { &arguments };
        let level = if A::INFO.level == Level::Home { "home" } else { "profile" };
        self.calls.push_str(&format!("{docs}{}: {{ arguments: {arguments}, reply: {reply} }};\n", A::INFO.name));
        self.levels.push_str(&format!("{}: \"{level}\",\n", A::INFO.name));
    }
}

/// Without white space at the ends of lines.
fn tidy(text: &str) -> String {
    text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn the_bindings_of_the_window_are_fresh() {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(FILE);
        let there = std::fs::read_to_string(&file).unwrap_or_default();
        assert!(there == typescript(), "{FILE} is not what the list of calls gives: run `cargo xtask bindings`");
    }

    #[test]
    fn no_two_types_share_a_name_and_nothing_is_untyped() {
        let mut gathered = Gathered::new();
        each(&mut gathered);
        let names: Vec<_> = gathered.types.keys().map(|(name, _)| name.clone()).collect();
        let once: BTreeSet<_> = names.iter().collect();
        assert_eq!(once.len(), names.len(), "{names:?}");
        let all = typescript();
        assert!(!all.contains(": any") && !all.contains("bigint"), "{all}");
    }

    #[test]
    fn an_argument_with_a_default_may_be_left_out() {
        let all = typescript();
        assert!(all.contains("options?: ImportOptions,"), "{all}");
        assert!(all.contains("language?: string | null,"), "{all}");
        assert!(all.contains("profile_list: { arguments: {}, reply: Array<ProfileInfo> };"), "{all}");
    }
}
