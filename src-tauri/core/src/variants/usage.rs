//! The footage ledger: how often each shot was shown in clips that were not deleted and in what was published, and what that
//! leaves, in words. When and where it was published is told by [`crate::publish::ledger`].

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::ids::{ClipId, ShotId, SourceId};
use crate::profile::db::{DbError, Reader, Writer};
use crate::variants::timeline::Timeline;

/// How many shots a video is taken to need while there is none to learn from.
const USUAL_SHOTS: u32 = 10;

/// In how many videos each shot is shown: clips that were not deleted, and published ones, whose audience has seen them
/// whatever became of the clip. Shots that were never shown are left out.
///
/// # Errors
/// [`DbError`].
pub fn counts(reader: &Reader<'_>) -> Result<BTreeMap<ShotId, u32>, DbError> {
    // A published clip that is still there is one video all the same: UNION gives each pair once.
    let mut query = reader.prepare_cached(
        "SELECT shot_id, count(*) FROM (
             SELECT u.shot_id, u.clip_id FROM shot_uses u JOIN clips c ON c.id = u.clip_id WHERE c.deleted_at IS NULL
             UNION
             SELECT s.shot_id, s.clip_id FROM published_shots s
             WHERE EXISTS (SELECT 1 FROM publications p WHERE p.clip_id = s.clip_id AND p.deleted_at IS NULL
                           AND p.state NOT IN ('draft', 'failed', 'cancelled')))
         GROUP BY shot_id",
    )?;
    let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The clips (not deleted) that show a shot, oldest first.
///
/// # Errors
/// [`DbError`].
pub fn clips_with(reader: &Reader<'_>, shot: ShotId) -> Result<Vec<ClipId>, DbError> {
    let mut query = reader.prepare_cached(
        "SELECT c.id FROM shot_uses u JOIN clips c ON c.id = u.clip_id
         WHERE u.shot_id = ?1 AND c.deleted_at IS NULL ORDER BY c.created_at, c.id",
    )?;
    let rows = query.query_map([shot], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// In how many clips (not deleted) each shot of one source is shown.
///
/// # Errors
/// [`DbError`].
pub fn counts_of_source(reader: &Reader<'_>, source: SourceId) -> Result<BTreeMap<ShotId, u32>, DbError> {
    let mut query = reader.prepare_cached(
        "SELECT u.shot_id, count(*) FROM shots h JOIN shot_uses u ON u.shot_id = h.id
         JOIN clips c INDEXED BY clips_kept ON c.id = u.clip_id AND c.deleted_at IS NULL
         WHERE h.source_id = ?1 GROUP BY u.shot_id",
    )?;
    let rows = query.query_map([source], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The clips (not deleted) that show a source, with their names, the newest first.
///
/// # Errors
/// [`DbError`].
pub fn clips_of_source(reader: &Reader<'_>, source: SourceId) -> Result<Vec<(ClipId, String)>, DbError> {
    let mut query = reader.prepare_cached(
        "SELECT DISTINCT c.id, c.name, c.created_at FROM shots h JOIN shot_uses u ON u.shot_id = h.id
         JOIN clips c ON c.id = u.clip_id WHERE h.source_id = ?1 AND c.deleted_at IS NULL
         ORDER BY c.created_at DESC, c.id DESC",
    )?;
    let rows = query.query_map([source], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Writes down what a finished clip shows. Saying it twice changes nothing.
///
/// # Errors
/// [`DbError`].
pub fn record(writer: &Writer<'_>, clip: ClipId, timeline: &Timeline) -> Result<(), DbError> {
    let mut insert = writer.prepare_cached("INSERT OR IGNORE INTO shot_uses (clip_id, shot_id) VALUES (?1, ?2)")?;
    let shots: BTreeSet<ShotId> = timeline.segments.iter().map(|s| s.pick.shot).collect();
    for shot in shots {
        insert.execute((clip, shot))?;
    }
    Ok(())
}

/// What footage there is and what is left of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Supply {
    /// Shots that can be used.
    pub shots: u32,
    /// Of those, shots that no clip shows.
    pub fresh: u32,
    /// Different shots a video shows, going by the clips there are.
    pub shots_a_video: u32,
    /// Videos that can be made of fresh shots alone.
    pub videos: u32,
}

impl Supply {
    /// In words: "14 fresh shots left: enough for 3 videos."
    #[must_use]
    pub fn says(&self) -> String {
        let Self { shots, fresh, shots_a_video, videos } = *self;
        let left = if fresh == 1 { "1 fresh shot left".to_owned() } else { format!("{fresh} fresh shots left") };
        match (shots, fresh, videos) {
            (0, _, _) => "No shots yet. Add footage.".into(),
            (_, 0, _) => "No fresh shots left: new videos will show footage again. Add footage to avoid that.".into(),
            (_, _, 0) => format!("{left}: not enough for a video, which shows about {shots_a_video}."),
            (_, _, 1) => format!("{left}: enough for 1 video."),
            _ => format!("{left}: enough for {videos} videos."),
        }
    }
}

/// What is left of the footage of these sources; of all sources when none is named.
///
/// # Errors
/// [`DbError`].
pub fn supply(reader: &Reader<'_>, sources: &[SourceId]) -> Result<Supply, DbError> {
    let used = counts(reader)?;
    let named: BTreeSet<SourceId> = sources.iter().copied().collect();
    let mut query = reader.prepare_cached(
        "SELECT s.id, s.source_id FROM shots s JOIN sources f ON f.id = s.source_id WHERE f.deleted_at IS NULL",
    )?;
    let mut rows = query.query([])?;
    let (mut shots, mut fresh) = (0, 0);
    while let Some(row) = rows.next()? {
        let (shot, source): (ShotId, SourceId) = (row.get(0)?, row.get(1)?);
        if named.is_empty() || named.contains(&source) {
            shots += 1;
            fresh += u32::from(!used.contains_key(&shot));
        }
    }
    let (uses, clips): (u32, u32) = reader.query_row(
        "SELECT count(*), count(DISTINCT u.clip_id) FROM shot_uses u JOIN clips c ON c.id = u.clip_id
         WHERE c.deleted_at IS NULL",
        [],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    let shots_a_video = if clips == 0 { USUAL_SHOTS } else { uses.div_ceil(clips).max(1) };
    Ok(Supply { shots, fresh, shots_a_video, videos: fresh / shots_a_video })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{ProjectId, ScriptId, VariantId};
    use crate::testkit::bench;
    use crate::variants::compose::tests::planned;

    fn supplied(shots: u32, fresh: u32, shots_a_video: u32) -> String {
        Supply { shots, fresh, shots_a_video, videos: fresh / shots_a_video }.says()
    }

    #[test]
    fn what_is_left_is_said_in_words() {
        assert_eq!(supplied(40, 14, 4), "14 fresh shots left: enough for 3 videos.");
        assert_eq!(supplied(40, 4, 4), "4 fresh shots left: enough for 1 video.");
        assert_eq!(supplied(40, 1, 4), "1 fresh shot left: not enough for a video, which shows about 4.");
        assert!(supplied(40, 0, 4).starts_with("No fresh shots left"));
        assert_eq!(supplied(0, 0, 10), "No shots yet. Add footage.");
    }

    #[test]
    fn shots_of_a_clip_are_used_until_the_clip_is_deleted() {
        let bench = bench();
        let (mut timelines, case) = planned(4, 1);
        let timeline = timelines.remove(0);
        let clip = ClipId::new();
        bench
            .profile
            .write::<_, DbError>(|tx| {
                for source in case.shots.iter().map(|s| s.shot.source).collect::<BTreeSet<_>>() {
                    tx.execute(
                        "INSERT INTO sources (id, name, hash, bytes, path, duration_ms, width, height, has_sound, probe,
                         created_at) VALUES (?1, 'a', ?1, 1, 'media/a', 1, 2, 2, 0, '{}', 0)",
                        [source],
                    )?;
                }
                for shot in &case.shots {
                    tx.execute(
                        "INSERT INTO shots VALUES (?1, ?2, ?3, ?4, 0, 0, 0, 0, 0, 0, 0, 0, NULL)",
                        (shot.shot.id, shot.shot.source, shot.shot.start_ms, shot.shot.end_ms),
                    )?;
                }
                let (project, script, variant) = (ProjectId::new(), ScriptId::new(), VariantId::new());
                tx.execute("INSERT INTO projects VALUES (?1, 'p', '{}', 0, NULL)", [project])?;
                tx.execute(
                    "INSERT INTO scripts (id, project_id, name, text, position, created_at) VALUES (?1, ?2, 's', 't', 0, 0)",
                    (script, project),
                )?;
                tx.execute(
                    "INSERT INTO variants VALUES (?1, ?2, ?3, 'b', 0, 1, '{}', '[]', 0)",
                    (variant, project, script),
                )?;
                tx.execute(
                    "INSERT INTO clips (id, variant_id, name, folder, hash, bytes, duration_ms, receipt, created_at)
                     VALUES (?1, ?2, 'c', 'clips/c', 'h', 1, 1, '{}', 0)",
                    (clip, variant),
                )?;
                record(tx, clip, &timeline)?;
                record(tx, clip, &timeline)
            })
            .unwrap();
        let shown: BTreeSet<_> = timeline.segments.iter().map(|s| s.pick.shot).collect();
        let total = u32::try_from(case.shots.len()).unwrap();
        let used = u32::try_from(shown.len()).unwrap();
        let state = || bench.profile.read(|r| supply(r, &[])).unwrap();
        assert_eq!((state().shots, state().fresh, state().shots_a_video), (total, total - used, used));
        let count = bench.profile.read(counts).unwrap();
        assert!(count.len() == shown.len() && count.values().all(|n| *n == 1));
        assert_eq!(bench.profile.read(|r| clips_with(r, timeline.segments[0].pick.shot)).unwrap(), [clip]);
        let one = case.shots[0].shot.source;
        let of_one = case.shots.iter().filter(|s| s.shot.source == one).count();
        assert_eq!(bench.profile.read(|r| supply(r, &[one])).unwrap().shots as usize, of_one);
        bench.profile.write::<_, DbError>(|tx| Ok(tx.execute("UPDATE clips SET deleted_at = 1", [])?)).unwrap();
        assert_eq!(state().fresh, total);
        assert!(bench.profile.read(counts).unwrap().is_empty());
    }
}
