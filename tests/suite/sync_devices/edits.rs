//! Edits as people and the program make them: through the program's own functions where there are such, else as these write
//! their rows.

use edit_factory_core::captions::edits::CaptionEdits;
use edit_factory_core::clips::{self, Triage};
use edit_factory_core::ids::{BatchId, ClipId, LedgerId, ProjectId, ScriptId, ShotId, SourceId, VariantId};
use edit_factory_core::library::sources;
use edit_factory_core::profile::Profile;
use edit_factory_core::profile::db::{DbError, Writer};
use edit_factory_core::project::{pins, scripts, store as projects};
use edit_factory_core::variants::plan::Pin;
use serde_json::json;

/// Numbers that look like chance, the same for the same seed.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0x5DEE_CE66)
    }

    fn next(&mut self) -> u64 {
        // SplitMix64 (Steele, Lea, Flood 2014).
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `most`.
    pub fn below(&mut self, most: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(most.max(1)).unwrap()).unwrap()
    }

    pub fn one_of<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }

    /// Others, that follow from these.
    pub fn split(&mut self) -> Self {
        Self(self.next())
    }
}

fn ids<T: std::str::FromStr>(tx: &Writer<'_>, sql: &str) -> Result<Vec<T>, DbError> {
    let mut query = tx.prepare_cached(sql)?;
    let texts: Vec<String> = query.query_map([], |r| r.get(0))?.collect::<Result<_, _>>()?;
    Ok(texts.iter().filter_map(|text| text.parse().ok()).collect())
}

/// One edit, of anything.
pub fn random(profile: &Profile, dice: &mut Dice) {
    // What cannot be done (a removed project has no scripts, two sources of the same content) is not done.
    let done: Result<(), Box<dyn std::error::Error>> = match dice.below(10) {
        0..=4 => projects_and_scripts(profile, dice),
        5 | 6 => footage(profile, dice),
        7 | 8 => made(profile, dice),
        _ => money_and_settings(profile, dice),
    };
    drop(done);
}

type Done = Result<(), Box<dyn std::error::Error>>;

fn word(dice: &mut Dice) -> String {
    (*dice.one_of(&["bread", "ceai", "șosea", "a 'quoted' one", "two\nlines", "tea \\ coffee", "{\"x\": 1}"]))
        .to_owned()
        + &dice.below(1000).to_string()
}

fn projects_and_scripts(profile: &Profile, dice: &mut Dice) -> Done {
    let known: Vec<ProjectId> = profile.write(|tx| ids(tx, "SELECT id FROM projects ORDER BY id"))?;
    let written: Vec<ScriptId> = profile.write(|tx| ids(tx, "SELECT id FROM scripts ORDER BY id"))?;
    if known.is_empty() || dice.below(8) == 0 {
        profile.write::<_, projects::ProjectError>(|tx| {
            projects::create(tx, &word(dice).replace('\n', " "), &Default::default(), &[])
        })?;
        return Ok(());
    }
    let project = *dice.one_of(&known);
    if written.is_empty() || dice.below(8) == 0 {
        let new = projects::NewScript { name: "s".into(), text: word(dice), ..Default::default() };
        profile.write(|tx| projects::add_script(tx, project, &new))?;
        return Ok(());
    }
    let script = *dice.one_of(&written);
    let shots: Vec<ShotId> = profile.write(|tx| ids(tx, "SELECT id FROM shots ORDER BY id"))?;
    let sources: Vec<SourceId> = profile.write(|tx| ids(tx, "SELECT id FROM sources ORDER BY id"))?;
    profile.write::<_, projects::ProjectError>(|tx| {
        match dice.below(10) {
            0 => drop(projects::update(tx, project, &word(dice).replace('\n', " "), &Default::default())?),
            1 => projects::remove(tx, project)?,
            2 => drop(projects::restore(tx, project)?),
            3 | 4 => drop(projects::set_text(tx, script, &word(dice), *dice.one_of(&[None, Some("ro"), Some("en")]))?),
            5 => drop(scripts::set_tags(tx, script, &[word(dice)])?),
            6 if !sources.is_empty() => projects::set_sources(tx, project, &[*dice.one_of(&sources)])?,
            7 if !shots.is_empty() => {
                let (variant, part) = (0, u32::try_from(dice.below(3)).unwrap());
                let pin = Pin {
                    variant,
                    sentence: "s".into(),
                    occurrence: 0,
                    part,
                    shot: *dice.one_of(&shots),
                    in_ms: *dice.one_of(&[None, Some(7)]),
                };
                if dice.below(3) == 0 { pins::remove(tx, script, &pin)? } else { pins::set(tx, script, &pin)? }
            }
            8 => pins::set_caption_edits(tx, script, &CaptionEdits::default())?,
            _ if dice.below(2) == 0 => drop(scripts::remove(tx, script)?),
            _ => drop(scripts::restore(tx, script)?),
        }
        Ok(())
    })?;
    Ok(())
}

fn footage(profile: &Profile, dice: &mut Dice) -> Done {
    let known: Vec<SourceId> = profile.write(|tx| ids(tx, "SELECT id FROM sources ORDER BY id"))?;
    if known.is_empty() || dice.below(4) == 0 {
        let id = SourceId::new();
        // The same file is imported on several devices now and then.
        let hash = if dice.below(5) == 0 { format!("same {}", dice.below(2)) } else { format!("hash {id}") };
        profile.write::<_, DbError>(|tx| {
            tx.execute(
                "INSERT INTO sources (id, name, hash, bytes, path, duration_ms, width, height, has_sound, probe, created_at)
                 VALUES (?1, ?2, ?3, 5, ?4, 4000, 320, 180, ?5, '{\"streams\": [{\"fps\": 29.97}]}', 1760000000123)",
                (id, format!("{}.mp4", word(dice)), hash, format!("media/{id}.mp4"), dice.below(2)),
            )?;
            shots(tx, id, dice)
        })?;
        return Ok(());
    }
    let source = *dice.one_of(&known);
    profile.write::<_, sources::SourceError>(|tx| {
        match dice.below(5) {
            0 => drop(sources::tag(tx, source, &[word(dice).replace([',', '\n'], " ")], &[])?),
            1 => shots(tx, source, dice)?,
            2 | 3 => {
                let deleted_at = (dice.below(2) == 0).then_some(5);
                tx.execute("UPDATE sources SET deleted_at = ?2 WHERE id = ?1", (source, deleted_at))?;
            }
            _ => drop(sources::set_framing(tx, source, None)?),
        }
        Ok(())
    })?;
    Ok(())
}

/// As analysis does it: some stay, some go, some are new.
fn shots(tx: &Writer<'_>, source: SourceId, dice: &mut Dice) -> Result<(), DbError> {
    if dice.below(2) == 0 {
        tx.execute("DELETE FROM shots WHERE source_id = ?1 AND start_ms = 0", [source])?;
    }
    let start = i64::try_from(dice.below(3) * 1000).unwrap();
    tx.execute(
        "INSERT INTO shots (id, source_id, start_ms, end_ms, scene, motion, sharpness, contrast, brightness, phash,
                            anchor_x, anchor_y)
         VALUES (?1, ?2, ?3, ?3 + 1000, 0, 0.1, 0.30000000000000004, 0.5, 1.0, ?4, 0.25, 0.75)",
        (ShotId::new(), source, start, i64::MIN + start + 1),
    )?;
    tx.execute("UPDATE sources SET analysed_at = ?2 WHERE id = ?1", (source, 1_760_000_000_000 + start))?;
    Ok(())
}

fn made(profile: &Profile, dice: &mut Dice) -> Done {
    let clips: Vec<ClipId> = profile.write(|tx| ids(tx, "SELECT id FROM clips ORDER BY id"))?;
    if clips.is_empty() || dice.below(3) == 0 {
        let scripts: Vec<ScriptId> = profile.write(|tx| ids(tx, "SELECT id FROM scripts ORDER BY id"))?;
        if scripts.is_empty() {
            return Ok(());
        }
        let (script, clip, variant) = (*dice.one_of(&scripts), ClipId::new(), VariantId::new());
        let receipt = json!({ "platform": "tiktok", "shots": [{ "shot": ShotId::new() }], "text": word(dice) });
        profile.write::<_, DbError>(|tx| {
            tx.execute(
                "INSERT INTO variants (id, project_id, script_id, batch_id, number, seed, timeline, created_at)
                 SELECT ?1, project_id, id, ?3, 0, ?4, '{\"frames\": 840}', 1 FROM scripts WHERE id = ?2",
                (variant, script, BatchId::new(), i64::MAX - 5),
            )?;
            tx.execute(
                "INSERT INTO clips (id, variant_id, name, folder, hash, bytes, duration_ms, receipt, created_at)
                 VALUES (?1, ?2, ?3, ?4, 'h', 9, 28000, ?5, 1760000000001)",
                (clip, variant, word(dice), format!("clips/{clip}"), receipt.to_string()),
            )?;
            tx.execute(
                "INSERT INTO jobs (id, kind, state, priority, position, created_at)
                 VALUES (?1, '{\"kind\": \"render\", \"variant\": \"x\"}', 'done', 0, 0, 1)",
                [VariantId::new()],
            )?;
            Ok(())
        })?;
        return Ok(());
    }
    let clip = *dice.one_of(&clips);
    match dice.below(6) {
        0 | 1 => {
            let deleted_at = (dice.below(2) == 0).then_some(7);
            profile.write::<_, DbError>(|tx| {
                Ok(tx.execute("UPDATE clips SET deleted_at = ?2 WHERE id = ?1", (clip, deleted_at))?)
            })?;
        }
        2 => drop(clips::erase(profile, clip)?),
        _ => {
            let triage = *dice.one_of(&[Triage::New, Triage::Accepted, Triage::Rejected]);
            profile.write(|tx| clips::triage(tx, &[clip], triage))?;
        }
    }
    Ok(())
}

fn money_and_settings(profile: &Profile, dice: &mut Dice) -> Done {
    profile.write::<_, DbError>(|tx| {
        match dice.below(3) {
            0 => tx.execute(
                "INSERT INTO ledger (id, state, provider, model, month, characters_reserved, microusd_reserved, what, device,
                                     owner, created_at)
                 VALUES (?1, 'reserved', 'elevenlabs', 'm', '2030-01', ?2, 5, 'w', 'this one', 'o', 1760000000000)",
                (LedgerId::new(), dice.below(500)),
            )?,
            1 => tx.execute(
                "UPDATE ledger SET state = 'settled', characters_charged = 5, microusd_charged = 5, ended_at = 1760000000009
                 WHERE state = 'reserved' AND owner <> ''",
                [],
            )?,
            _ => tx.execute(
                "INSERT INTO settings (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                (*dice.one_of(&["prices", "pronunciation", "render"]), json!({ "x": word(dice) }).to_string()),
            )?,
        };
        Ok(())
    })?;
    Ok(())
}
