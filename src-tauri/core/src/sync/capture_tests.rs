use std::collections::BTreeSet;

use rusqlite::types::Value as Sql;

use super::gather::GATHERED;
use super::tables::{Column, Here, Kind, TABLES, Table};
use super::*;
use crate::ids::RemoteProfileId;
use crate::profile::Profile;
use crate::profile::db::DbError;
use crate::testkit::bench;

const ID: &str = "01890000-0000-7000-8000-000000000001";
const OTHER: &str = "01890000-0000-7000-8000-000000000002";

/// A row of every table.
const ROWS: &str = "
    INSERT INTO settings (name, value) VALUES ('brand', '{}');
    INSERT INTO sources (id, name, hash, bytes, path, duration_ms, width, height, has_sound, probe, created_at)
        VALUES ('ID', 'a.mp4', 'h', 1, 'media/a.mp4', 1, 1, 1, 0, '{}', 1);
    INSERT INTO shots (id, source_id, start_ms, end_ms, scene, motion, sharpness, contrast, brightness, phash, anchor_x, anchor_y)
        VALUES ('ID', 'ID', 0, 5, 0, 0.1, 0.1, 0.1, 0.1, -5, 0.5, 0.5);
    INSERT INTO tags VALUES ('ID', 'x');
    INSERT INTO projects (id, name, look, created_at) VALUES ('ID', 'p', '{}', 1), ('OTHER', 'q', '{}', 1);
    INSERT INTO project_sources VALUES ('ID', 'ID');
    INSERT INTO scripts (id, project_id, name, text, position, created_at) VALUES ('ID', 'ID', 's', 't', 1, 1);
    INSERT INTO pins (script_id, variant, sentence, occurrence, part, shot_id) VALUES ('ID', 0, 't', 0, 0, 'ID');
    INSERT INTO caption_edits VALUES ('ID', '{}');
    INSERT INTO variants (id, project_id, script_id, batch_id, number, seed, timeline, created_at)
        VALUES ('ID', 'ID', 'ID', 'ID', 0, -7, '{}', 1), ('OTHER', 'ID', 'ID', 'ID', 1, 7, '{}', 1);
    INSERT INTO clips (id, variant_id, name, folder, hash, bytes, duration_ms, receipt, created_at)
        VALUES ('ID', 'ID', 'c', 'clips/ID', 'h', 1, 1, '{}', 1);
    INSERT INTO jobs (id, kind, state, priority, position, created_at) VALUES ('ID', '{\"kind\": \"render\"}', 'queued', 0, 0, 1);
    INSERT INTO ledger (id, state, provider, model, month, characters_reserved, microusd_reserved, what, device, owner, created_at)
        VALUES ('ID', 'reserved', 'p', 'm', '2030-01', 1, 1, 'w', 'd', 'o', 1);
    INSERT INTO publications (id, clip_id, clip_hash, account, platform, state, caption, settings, device, created_at)
        VALUES ('ID', 'ID', 'h', '{}', 'tiktok', 'draft', 'c', '{}', 'd', 1);";

fn put_rows(profile: &Profile) {
    let sql = ROWS.replace("OTHER", OTHER).replace("ID", ID);
    profile.write::<_, DbError>(|tx| Ok(tx.execute_batch(&sql)?)).unwrap();
}

fn waiting(profile: &Profile, table: &str) -> BTreeSet<(String, String)> {
    profile
        .read::<_, DbError>(|tx| {
            let mut query = tx.prepare("SELECT id, c FROM sync_clocks WHERE t = ?1 AND waiting = 1")?;
            Ok(query.query_map([table], |r| Ok((r.get(0)?, r.get(1)?)))?.collect::<Result<_, _>>()?)
        })
        .unwrap()
}

fn all_sent(profile: &Profile) {
    profile.write::<_, DbError>(|tx| Ok(tx.execute("UPDATE sync_clocks SET waiting = 0", [])?)).unwrap();
}

fn key(table: &Table) -> &'static str {
    if table.here == "settings" { "brand" } else { ID }
}

/// Another value than any there is.
fn other(column: &Column) -> Sql {
    match column.kind {
        _ if !column.one_of.is_empty() => Sql::Text(column.one_of[column.one_of.len() - 1].to_owned()),
        Kind::Text if column.name == "status" => Sql::Text("done".to_owned()),
        Kind::Text => Sql::Text("another".to_owned()),
        Kind::Json => Sql::Text(r#"{"another": 1}"#.to_owned()),
        Kind::Integer | Kind::Moment => Sql::Integer(77),
        Kind::Flag => Sql::Integer(1),
        Kind::Parent(_) | Kind::Id => Sql::Text(OTHER.to_owned()),
    }
}

#[test]
fn a_profile_that_is_not_linked_has_no_trigger_and_notes_nothing() {
    let bench = bench();
    put_rows(&bench.profile);
    let (triggers, rows): (i64, i64) = bench
        .profile
        .read::<_, DbError>(|tx| {
            Ok(tx.query_row(
                "SELECT (SELECT count(*) FROM sqlite_schema WHERE name LIKE 'sync\\_%' ESCAPE '\\' AND type = 'trigger'), (SELECT count(*) FROM sync_clocks)",
                [],
                |r| Ok((r.get(0)?, r.get(1)?)),
            )?)
        })
        .unwrap();
    assert_eq!((triggers, rows), (0, 0));
    assert_eq!(status(&bench.profile).unwrap().state, SyncState::Off);
}

#[test]
fn what_was_there_before_waits_once_the_profile_is_linked_and_nothing_is_left_when_it_is_unlinked() {
    let bench = bench();
    put_rows(&bench.profile);
    let there = RemoteProfileId::new();
    link(&bench.profile, there).unwrap();
    for table in TABLES {
        let waits = waiting(&bench.profile, table.name);
        assert!(waits.contains(&(key(table).to_owned(), "deleted".to_owned())), "{}", table.name);
        for column in table.columns.iter().filter(|column| matches!(column.here, Here::Gathered(_))) {
            assert!(waits.contains(&(ID.to_owned(), column.name.to_owned())), "{}.{}", table.name, column.name);
        }
    }
    assert!(link(&bench.profile, there).is_ok());
    assert!(matches!(link(&bench.profile, RemoteProfileId::new()), Err(SyncError::LinkedElsewhere(_))));
    assert_eq!(status(&bench.profile).unwrap().waiting, 9);
    unlink(&bench.profile).unwrap();
    assert_eq!(linked(&bench.profile).unwrap(), None);
    let left: i64 = bench
        .profile
        .read::<_, DbError>(|tx| {
            let sql = "SELECT (SELECT count(*) FROM sqlite_schema WHERE name LIKE 'sync\\_%' ESCAPE '\\' AND type = 'trigger') + (SELECT count(*) FROM sync_clocks)";
            Ok(tx.query_row(sql, [], |r| r.get(0))?)
        })
        .unwrap();
    assert_eq!(left, 0);
}

#[test]
fn a_change_of_any_column_of_the_list_is_noted_and_of_no_other_one() {
    let bench = bench();
    let profile = &bench.profile;
    link(profile, RemoteProfileId::new()).unwrap();
    put_rows(profile);
    for table in TABLES {
        // Noted as it was made.
        let made = waiting(profile, table.name);
        assert!(made.contains(&(key(table).to_owned(), "deleted".to_owned())), "{}", table.name);
    }
    for table in TABLES {
        for column in table.columns {
            let (name, value) = match column.here {
                Here::Column(name) => (name, other(column)),
                Here::Part(name, _) => (name, Sql::Text(r#"{"kind": "another"}"#.to_owned())),
                Here::Gathered(_) => continue,
            };
            all_sent(profile);
            profile
                .write::<_, DbError>(|tx| {
                    // What a value means is not what is tried here.
                    tx.pragma_update(None, "ignore_check_constraints", true)?;
                    tx.pragma_update(None, "defer_foreign_keys", true)?;
                    let sql = format!("UPDATE {} SET {name} = ?2 WHERE {} = ?1", table.here, table.key());
                    // The key of a setting is its name.
                    if table.key() != name {
                        assert_eq!(tx.execute(&sql, (key(table), &value))?, 1);
                        let noted: BTreeSet<String> = tx
                            .prepare("SELECT c FROM sync_clocks WHERE waiting = 1")?
                            .query_map([], |r| r.get(0))?
                            .collect::<Result<_, _>>()?;
                        assert_eq!(noted, BTreeSet::from([column.name.to_owned()]), "{}.{}", table.name, column.name);
                        tx.execute("UPDATE sync_clocks SET waiting = 0", [])?;
                        // The same value again is no change.
                        tx.execute(&sql, (key(table), &value))?;
                        let again: i64 =
                            tx.query_row("SELECT count(*) FROM sync_clocks WHERE waiting = 1", [], |r| r.get(0))?;
                        assert_eq!(again, 0, "{}.{}", table.name, column.name);
                    }
                    tx.pragma_update(None, "ignore_check_constraints", false)?;
                    Ok(())
                })
                .unwrap();
        }
        // What stays is not noted.
        all_sent(profile);
        for (name, _) in table.stays.iter().filter(|(name, _)| *name != "variant_id") {
            profile
                .write::<_, DbError>(|tx| {
                    tx.pragma_update(None, "ignore_check_constraints", true)?;
                    let sql = format!("UPDATE {} SET {name} = {name} WHERE {} = ?1", table.here, table.key());
                    tx.execute(&sql, [key(table)])?;
                    tx.pragma_update(None, "ignore_check_constraints", false)?;
                    Ok(())
                })
                .unwrap();
        }
        assert_eq!(waiting(profile, table.name), BTreeSet::new());
    }
}

#[test]
fn a_change_of_a_gathered_row_is_one_of_the_row_it_is_gathered_for() {
    let bench = bench();
    let profile = &bench.profile;
    link(profile, RemoteProfileId::new()).unwrap();
    put_rows(profile);
    let ways: &[(&str, &[&str])] = &[
        ("tags", &["INSERT INTO tags VALUES ('ID', 'y')", "DELETE FROM tags WHERE tag = 'y'"]),
        ("shots", &["UPDATE shots SET framing = '{}'", "UPDATE shots SET phash = 9"]),
        ("project_sources", &["DELETE FROM project_sources", "INSERT INTO project_sources VALUES ('ID', 'ID')"]),
        ("pins", &["UPDATE pins SET in_ms = 3", "DELETE FROM pins"]),
        ("caption_edits", &["UPDATE caption_edits SET edits = '[]'", "DELETE FROM caption_edits"]),
        ("variants", &["UPDATE variants SET notes = '[1]'", "UPDATE clips SET variant_id = 'OTHER'"]),
    ];
    for (table, edits) in ways {
        let of: BTreeSet<(&str, &str)> = GATHERED.iter().filter(|how| how.table == *table).map(|how| how.of).collect();
        for edit in *edits {
            all_sent(profile);
            let edit = edit.replace("OTHER", OTHER).replace("ID", ID);
            profile.write::<_, DbError>(|tx| Ok(tx.execute_batch(&edit)?)).unwrap();
            for (owner, column) in &of {
                let noted = waiting(profile, owner);
                assert!(noted.contains(&(ID.to_owned(), (*column).to_owned())), "{edit}: {owner}.{column}");
            }
        }
    }
    let tried: BTreeSet<&str> = ways.iter().map(|(table, _)| *table).collect();
    assert_eq!(tried, GATHERED.iter().map(|how| how.table).collect());
}

#[test]
fn a_row_that_is_deleted_for_good_waits_as_deleted_and_nothing_else() {
    let bench = bench();
    let profile = &bench.profile;
    link(profile, RemoteProfileId::new()).unwrap();
    put_rows(profile);
    profile.write::<_, DbError>(|tx| Ok(tx.execute("DELETE FROM clips", [])?)).unwrap();
    assert_eq!(waiting(profile, "clips"), BTreeSet::from([(ID.to_owned(), "deleted".to_owned())]));
}

#[test]
fn a_change_that_is_undone_was_never_noted_and_a_setting_of_this_machine_is_not() {
    let bench = bench();
    let profile = &bench.profile;
    link(profile, RemoteProfileId::new()).unwrap();
    let undone: Result<(), DbError> = profile.write(|tx| {
        tx.execute("INSERT INTO projects (id, name, look, created_at) VALUES (?1, 'p', '{}', 1)", [ID])?;
        Err(rusqlite::Error::QueryReturnedNoRows.into())
    });
    assert!(undone.is_err() && waiting(profile, "projects").is_empty());
    profile
        .write::<_, DbError>(|tx| {
            Ok(tx.execute_batch("INSERT INTO settings VALUES ('render', '{}'), ('prices', '{}')")?)
        })
        .unwrap();
    let ids: BTreeSet<String> = waiting(profile, "settings").into_iter().map(|(id, _)| id).collect();
    assert_eq!(ids, BTreeSet::from(["prices".to_owned()]));
}

#[test]
fn triggers_that_an_update_took_away_are_back_before_anybody_can_change_anything() {
    let bench = bench();
    let id = bench.profile.id();
    link(&bench.profile, RemoteProfileId::new()).unwrap();
    bench
        .profile
        .write::<_, DbError>(|tx| {
            tx.execute_batch(
                "DROP TRIGGER sync_clips_added; UPDATE sync_link SET knows = 'less', place = '[9, 1, \"a\"]'",
            )?;
            Ok(())
        })
        .unwrap();
    let home = bench.home.clone();
    drop(bench.profile);
    let again = home.profile(id).unwrap();
    let (place, there) = again
        .read::<_, DbError>(|tx| {
            let place: String = tx.query_row("SELECT place FROM sync_link", [], |r| r.get(0))?;
            let sql = "SELECT count(*) FROM sqlite_schema WHERE type = 'trigger' AND name = 'sync_clips_added'";
            Ok((place, tx.query_row(sql, [], |r| r.get::<_, i64>(0))?))
        })
        .unwrap();
    assert!(place.starts_with("[0,") && there == 1);
}
