//! A device: a home of its own with the profile in it, and a record of everything that was ever written on it.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::PathBuf;

use acceptance::studio;
use edit_factory_core::home::Home;
use edit_factory_core::ids::{ProfileId, RemoteProfileId};
use edit_factory_core::profile::Profile;
use edit_factory_core::profile::db::DbError;
use edit_factory_core::sync;
use serde_json::Value;

/// A table, a row and a column.
pub type Key = (String, String, String);

/// A device, on which one profile after another is tried.
pub struct Device {
    number: usize,
    profile: Option<Profile>,
    id: Option<ProfileId>,
    node: String,
    /// What this device says of each column: the clock and the value.
    says: HashMap<Key, String>,
    /// Everything it ever wrote.
    pub wrote: Vec<(Key, String, Value)>,
    /// Clips that were deleted for good here: with them what was changed in them before.
    pub erased: BTreeSet<String>,
    /// How often the server found its clock ahead.
    pub restamps: usize,
    home: Home,
    _folder: tempfile::TempDir,
}

/// What means the same is the same.
pub fn normal(value: Value) -> Value {
    match value {
        Value::Array(list) if list.is_empty() => Value::Null,
        other => other,
    }
}

const QUERIES: &[(&str, &str)] = &[
    (
        "settings",
        "SELECT name, json_object('name', name, 'value', json(value)) FROM settings WHERE name IN ('prices', 'pronunciation')",
    ),
    (
        "sources",
        "SELECT id, json_object('name', name, 'hash', hash, 'bytes', bytes, 'duration_ms', duration_ms, 'width', width,
            'height', height, 'has_sound', json(iif(has_sound, 'true', 'false')), 'probe', json(probe),
            'framing', json(framing), 'analysed_at', analysed_at, 'created_at', created_at,
            'deleted', json(iif(deleted_at IS NULL, 'false', 'true')),
            'tags', json((SELECT json_group_array(tag) FROM (SELECT tag FROM tags WHERE source_id = s.id ORDER BY tag))),
            'shots', json((SELECT json_group_array(json_object('id', id, 'start_ms', start_ms, 'end_ms', end_ms, 'scene', scene,
                'motion', motion, 'sharpness', sharpness, 'contrast', contrast, 'brightness', brightness,
                'phash', CAST(phash AS TEXT), 'anchor_x', anchor_x, 'anchor_y', anchor_y, 'framing', json(framing)))
                FROM (SELECT * FROM shots WHERE source_id = s.id ORDER BY start_ms, id)))) FROM sources s",
    ),
    (
        "projects",
        "SELECT id, json_object('name', name, 'look', json(look), 'created_at', created_at,
            'deleted', json(iif(deleted_at IS NULL, 'false', 'true')),
            'sources', json((SELECT json_group_array(source_id) FROM
                (SELECT source_id FROM project_sources WHERE project_id = p.id ORDER BY source_id)))) FROM projects p",
    ),
    (
        "scripts",
        "SELECT id, json_object('project_id', project_id, 'name', name, 'text', text, 'language', language,
            'tags', json(tags), 'recording', json(recording), 'position', position, 'created_at', created_at,
            'deleted', json(iif(deleted_at IS NULL, 'false', 'true')),
            'pins', json((SELECT json_group_array(json_object('variant', variant, 'sentence', sentence, 'occurrence', occurrence,
                'part', part, 'shot_id', shot_id, 'in_ms', in_ms)) FROM
                (SELECT * FROM pins WHERE script_id = s.id ORDER BY variant, sentence, occurrence, part))),
            'caption_edits', json((SELECT edits FROM caption_edits WHERE script_id = s.id))) FROM scripts s",
    ),
    (
        "clips",
        "SELECT c.id, json_object('project_id', v.project_id, 'name', c.name, 'hash', hash, 'bytes', bytes,
            'duration_ms', duration_ms, 'receipt', json(receipt), 'triage', triage, 'created_at', c.created_at,
            'deleted', json(iif(deleted_at IS NULL, 'false', 'true')),
            'plan', json_object('id', v.id, 'project_id', v.project_id, 'script_id', script_id, 'batch_id', batch_id,
                'number', number, 'seed', CAST(seed AS TEXT), 'timeline', json(timeline), 'notes', json(notes),
                'created_at', v.created_at)) FROM clips c JOIN variants v ON v.id = c.variant_id",
    ),
    (
        "api_costs",
        "SELECT id, json_object('provider', provider, 'model', model, 'month', month, 'status', state,
            'characters_reserved', characters_reserved, 'microusd_reserved', microusd_reserved,
            'characters_charged', characters_charged, 'microusd_charged', microusd_charged, 'project_id', project_id,
            'device', device, 'created_at', created_at, 'sent_at', sent_at, 'ended_at', ended_at) FROM ledger",
    ),
];

impl Device {
    /// One with nothing on it.
    pub fn new(number: usize) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let home = Home::open(studio::host(&folder.path().join("home"), &[])).unwrap();
        let (says, wrote) = (HashMap::new(), Vec::new());
        Self {
            number,
            profile: None,
            id: None,
            node: String::new(),
            says,
            wrote,
            erased: BTreeSet::new(),
            restamps: 0,
            home,
            _folder: folder,
        }
    }

    /// A new profile, kept as this one there.
    pub fn begin(&mut self, seed: u64, there: RemoteProfileId) {
        let info = self.home.create(&format!("life {seed} of {}", self.number), None).unwrap();
        let profile = self.home.profile(info.id).unwrap();
        sync::link(&profile, there).unwrap();
        let node = "SELECT node FROM sync_link";
        self.node = profile.read::<_, DbError>(|tx| Ok(tx.query_row(node, [], |r| r.get(0))?)).unwrap();
        (self.id, self.profile) = (Some(info.id), Some(profile));
    }

    /// Forgets the profile and what it wrote.
    pub fn end(&mut self) {
        self.profile = None;
        self.says.clear();
        self.wrote.clear();
        self.erased.clear();
        self.restamps = 0;
    }

    pub fn profile(&self) -> &Profile {
        self.profile.as_ref().unwrap()
    }

    /// Where another process finds the profile.
    pub fn place(&self) -> (PathBuf, ProfileId) {
        (self.home.root().to_owned(), self.id.unwrap())
    }

    /// How far it is, to be compared.
    pub fn how_far(&self) -> String {
        let sql =
            "SELECT (SELECT count(*) FROM sync_clocks WHERE waiting = 1) || ' ' || (SELECT count(*) FROM sync_staged)
                       || ' ' || (SELECT count(*) FROM projects) || ' ' || (SELECT place FROM sync_link)";
        self.profile().read::<_, DbError>(|tx| Ok(tx.query_row(sql, [], |r| r.get(0))?)).unwrap()
    }

    /// The process ends, wherever it is, and another one opens the profile.
    pub fn goes_away_and_comes_back(&mut self) {
        self.profile = None;
        self.profile = Some(self.home.profile(self.id.unwrap()).unwrap());
    }

    /// As if the machine's clock was set wrong.
    pub fn clock_is_off_by(&self, ms: i64) {
        let set = "UPDATE sync_link SET ahead_ms = ?1";
        self.profile().write::<_, DbError>(|tx| Ok(tx.execute(set, [ms])?)).unwrap();
    }

    /// Every value of every row, by the server's names.
    pub fn everything(&self) -> BTreeMap<Key, Value> {
        let mut all = BTreeMap::new();
        for (table, sql) in QUERIES {
            let rows: Vec<(String, String)> = self
                .profile()
                .read::<_, DbError>(|tx| {
                    let mut query = tx.prepare_cached(sql)?;
                    Ok(query.query_map([], |r| Ok((r.get(0)?, r.get(1)?)))?.collect::<Result<_, _>>()?)
                })
                .unwrap();
            for (id, text) in rows {
                let Value::Object(row) = serde_json::from_str(&text).unwrap() else { unreachable!() };
                for (column, value) in row {
                    all.insert(((*table).to_owned(), id.clone(), column), normal(value));
                }
            }
        }
        all
    }

    pub fn has(&self, table: &str, id: &str) -> bool {
        let (here, key) = match table {
            "settings" => ("settings", "name"),
            "api_costs" => ("ledger", "id"),
            other => (other, "id"),
        };
        let sql = format!("SELECT EXISTS (SELECT 1 FROM {here} WHERE {key} = ?1)");
        self.profile().read::<_, DbError>(|tx| Ok(tx.query_row(&sql, [id], |r| r.get(0))?)).unwrap()
    }

    /// No reference points nowhere, no change of the server's is left half written.
    pub fn is_sound(&self) {
        self.profile()
            .read::<_, DbError>(|tx| {
                assert!(!tx.prepare("PRAGMA foreign_key_check")?.exists([])?);
                let applying: i64 = tx.query_row("SELECT applying FROM sync_link", [], |r| r.get(0))?;
                let staged: i64 = tx.query_row("SELECT count(*) FROM sync_staged", [], |r| r.get(0))?;
                assert_eq!((applying, staged), (0, 0));
                Ok(())
            })
            .unwrap();
    }

    /// Writes down what was written on this device since the last time.
    pub fn note(&mut self) {
        let clocks: Vec<(Key, String)> = self
            .profile()
            .read::<_, DbError>(|tx| {
                let sql = "SELECT t, id, c, clock FROM sync_clocks WHERE clock LIKE '%:' || ?1 AND t <> 'jobs'";
                let mut query = tx.prepare_cached(sql)?;
                Ok(query
                    .query_map([&self.node], |r| Ok(((r.get(0)?, r.get(1)?, r.get(2)?), r.get(3)?)))?
                    .collect::<Result<_, _>>()?)
            })
            .unwrap();
        let mut values = None;
        for (key, clock) in clocks {
            match self.says.get(&key) {
                Some(known) if *known == clock => continue,
                Some(known) if *known > clock => {
                    // Set to the server's time: what it said of the future was never heard by anybody.
                    self.restamps += 1;
                    self.wrote.retain(|(of, at, _)| *of != key || *at <= clock);
                }
                _ => {}
            }
            let values = values.get_or_insert_with(|| self.everything());
            let value = match values.get(&key) {
                Some(value) => value.clone(),
                // Of a row that is gone, and of tables that only have it there.
                None if key.2 == "deleted" => {
                    let gone = !self.has(&key.0, &key.1);
                    if gone {
                        self.erased.insert(key.1.clone());
                    }
                    Value::Bool(gone)
                }
                None => continue,
            };
            self.wrote.push((key.clone(), clock.clone(), value));
            self.says.insert(key, clock);
        }
    }
}
