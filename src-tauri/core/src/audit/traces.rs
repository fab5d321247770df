//! Traces of one profile in another, decided purely from their prints.

use std::collections::BTreeMap;

use super::Leak;
use super::ownership::Prints;
use crate::ids::ProfileId;

/// Every trace. Ids are UUIDv7 and never reused, so one that two profiles know can only have crossed over.
pub(super) fn between(all: &[Prints]) -> Vec<Leak> {
    let mut owner: BTreeMap<&str, ProfileId> = BTreeMap::new();
    let mut leaks = Vec::new();
    for prints in all {
        for id in &prints.own {
            if let Some(other) = owner.insert(id, prints.profile) {
                let what = format!("a row with the id {id} is in both profiles");
                leaks.push(Leak { found_in: prints.profile, belongs_to: Some(other), what });
            }
        }
    }
    for prints in all {
        for (id, place) in &prints.mentioned {
            if let Some(other) = owner.get(id.as_str())
                && *other != prints.profile
                && !prints.own.contains(id)
            {
                let what = format!("{place} names {id}, which belongs to another profile");
                leaks.push(Leak { found_in: prints.profile, belongs_to: Some(*other), what });
            }
        }
        for (link, leads_to) in &prints.links {
            if !leads_to.starts_with(&prints.root) {
                let other = all.iter().find(|p| leads_to.starts_with(&p.root)).map(|p| p.profile);
                let what = format!("{} is a link that leads out of the profile", link.display());
                leaks.push(Leak { found_in: prints.profile, belongs_to: other, what });
            }
        }
        for (inode, path) in &prints.shared {
            for other in all.iter().filter(|p| p.profile != prints.profile) {
                if other.shared.contains_key(inode) {
                    let what = format!("{} is the same file on disk as one of another profile", path.display());
                    leaks.push(Leak { found_in: prints.profile, belongs_to: Some(other.profile), what });
                }
            }
        }
        for what in &prints.strays {
            leaks.push(Leak { found_in: prints.profile, belongs_to: None, what: what.clone() });
        }
    }
    leaks
}
