//! Finds what a person named: by id, by the end of an id as the lists show it, or by name.

use std::fmt::Display;
use std::str::FromStr;

use edit_factory_core::error::{Code, Failure};
use serde_json::json;

/// An end of an id must have this many characters, so that a name like "3" is not taken for one.
const SHORTEST: usize = 4;

/// The one thing that is meant. `all` is asked only when `named` is no whole id: then core says whether it is there.
pub fn one<Id: FromStr + Display + Copy>(
    what: &str,
    named: &str,
    all: impl FnOnce() -> Result<Vec<(Id, String)>, Failure>,
) -> Result<Id, Failure> {
    if let Ok(id) = named.parse() {
        return Ok(id);
    }
    pick(what, named, &all()?)
}

fn pick<Id: Display + Copy>(what: &str, named: &str, all: &[(Id, String)]) -> Result<Id, Failure> {
    let wanted = named.trim().to_lowercase();
    let mut found: Vec<_> = all.iter().filter(|(_, name)| name.to_lowercase() == wanted).collect();
    if found.is_empty() && wanted.len() >= SHORTEST {
        found = all.iter().filter(|(id, _)| id.to_string().ends_with(&wanted)).collect();
    }
    match found[..] {
        [(id, _)] => Ok(*id),
        [] => Err(Failure::new(
            Code::NotFound,
            format!(
                "There is no {what} \"{named}\" in this profile. `edit-factory {what} list` shows the ones there are."
            ),
        )),
        _ => Err(Failure::new(
            Code::InvalidInput,
            format!("\"{named}\" could be any of {} {what}s. Name the one you mean by its id.", found.len()),
        )
        .with(json!({ "ids": found.iter().map(|(id, _)| id.to_string()).collect::<Vec<_>>() }))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thing_is_found_by_its_name_or_the_end_of_its_id_and_never_guessed() {
        let all = [("0199-aaaa1111", "Oven.mp4"), ("0199-bbbb1111", "door.mp4"), ("0199-cccc2222", "DOOR.mp4")];
        let all: Vec<(&str, String)> = all.map(|(id, name)| (id, name.to_owned())).to_vec();
        let find = |named| pick("source", named, &all).map_err(|f| f.code);
        assert_eq!(find("oven.MP4"), Ok("0199-aaaa1111"));
        assert_eq!(find("b1111"), Ok("0199-bbbb1111"));
        assert_eq!(find("door.mp4"), Err(Code::InvalidInput));
        assert_eq!(find("1111"), Err(Code::InvalidInput));
        assert_eq!(find("222"), Err(Code::NotFound));
    }
}
