//! The one list of what is kept on the server: every table, every column, and what it is there. Everything that has to
//! know a column (the server's tables, its push and pull, the triggers of the profile) is written from this list, and a
//! test holds it against the profile's own schema, so a new column is either here or said to stay at home.

/// What a column holds, here and on the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Words.
    Text,
    /// A whole number.
    Integer,
    /// Yes or no: 0 or 1 here.
    Flag,
    /// JSON.
    Json,
    /// A moment: UTC milliseconds here, `timestamptz` there.
    Moment,
    /// The id of a row of that table of the same profile.
    Parent(&'static str),
    /// An id that may outlive its row: no reference there.
    Id,
}

impl Kind {
    /// Its type in Postgres.
    #[must_use]
    pub fn on_the_server(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Integer => "bigint",
            Self::Flag => "boolean",
            Self::Json => "jsonb",
            Self::Moment => "timestamptz",
            Self::Parent(_) | Self::Id => "uuid",
        }
    }
}

/// Where a column's value is in the profile's database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Here {
    /// In a column of that name of the same table.
    Column(&'static str),
    /// A part of the JSON in that column: the column, then the path in it. Goes there and never comes back.
    Part(&'static str, &'static str),
    /// Put together from the rows of these other tables.
    Gathered(&'static [&'static str]),
}

/// A column that is kept on the server. Each has a clock of its own there: the later change wins.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// Its name on the server.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// Where it comes from.
    pub here: Here,
    /// The values it may have there; none for any.
    pub one_of: &'static [&'static str],
}

/// A table that is kept on the server.
#[derive(Debug, Clone, Copy)]
pub struct Table {
    /// Its name on the server.
    pub name: &'static str,
    /// The table of the profile that its rows are rows of.
    pub here: &'static str,
    /// Its columns, but for `id`, `profile_id`, `deleted`, `clock` and `rev`, which every table has.
    pub columns: &'static [Column],
    /// Columns of the profile's table that never leave it, each with the reason.
    pub stays: &'static [(&'static str, &'static str)],
    /// What the server finds rows by, besides the profile: each becomes an index that the profile leads.
    pub found_by: &'static [&'static str],
}

const fn column(name: &'static str, kind: Kind) -> Column {
    Column { name, kind, here: Here::Column(name), one_of: &[] }
}

const fn gathered(name: &'static str, from: &'static [&'static str]) -> Column {
    Column { name, kind: Kind::Json, here: Here::Gathered(from), one_of: &[] }
}

const fn one_of(name: &'static str, one_of: &'static [&'static str]) -> Column {
    Column { name, kind: Kind::Text, here: Here::Column(name), one_of }
}

const HERE_ONLY: &str = "says where the file lies on this machine";
const DERIVED: &str = "is taken out of what is sent";

/// Every table, parents before their children.
pub const TABLES: &[Table] = &[
    Table {
        name: "settings",
        here: "settings",
        columns: &[column("name", Kind::Text), column("value", Kind::Json)],
        stays: &[],
        found_by: &[],
    },
    Table {
        name: "sources",
        here: "sources",
        columns: &[
            column("name", Kind::Text),
            column("hash", Kind::Text),
            column("bytes", Kind::Integer),
            column("duration_ms", Kind::Integer),
            column("width", Kind::Integer),
            column("height", Kind::Integer),
            column("has_sound", Kind::Flag),
            column("probe", Kind::Json),
            column("framing", Kind::Json),
            column("analysed_at", Kind::Moment),
            gathered("tags", &["tags"]),
            gathered("shots", &["shots"]),
            column("created_at", Kind::Moment),
        ],
        stays: &[("path", HERE_ONLY), ("outside", HERE_ONLY), ("proxy", HERE_ONLY)],
        found_by: &["hash", "created_at desc"],
    },
    Table {
        name: "projects",
        here: "projects",
        columns: &[
            column("name", Kind::Text),
            column("look", Kind::Json),
            gathered("sources", &["project_sources"]),
            column("created_at", Kind::Moment),
        ],
        stays: &[],
        found_by: &["created_at desc"],
    },
    Table {
        name: "scripts",
        here: "scripts",
        columns: &[
            column("project_id", Kind::Parent("projects")),
            column("name", Kind::Text),
            column("text", Kind::Text),
            column("language", Kind::Text),
            column("tags", Kind::Json),
            column("recording", Kind::Json),
            column("position", Kind::Integer),
            gathered("pins", &["pins"]),
            gathered("caption_edits", &["caption_edits"]),
            column("created_at", Kind::Moment),
        ],
        stays: &[],
        found_by: &["project_id"],
    },
    Table {
        name: "clips",
        here: "clips",
        columns: &[
            Column {
                name: "project_id",
                kind: Kind::Parent("projects"),
                here: Here::Gathered(&["variants"]),
                one_of: &[],
            },
            // The planned video it was made of: a clip without it cannot be made again.
            gathered("plan", &["variants"]),
            column("name", Kind::Text),
            column("hash", Kind::Text),
            column("bytes", Kind::Integer),
            column("duration_ms", Kind::Integer),
            column("receipt", Kind::Json),
            one_of("triage", &["new", "accepted", "rejected"]),
            column("created_at", Kind::Moment),
        ],
        stays: &[
            ("variant_id", "is in what the plan is gathered from"),
            ("folder", HERE_ONLY),
            ("platform", DERIVED),
            ("opening", DERIVED),
            ("instead", DERIVED),
        ],
        found_by: &["project_id", "triage", "created_at desc"],
    },
    Table {
        name: "jobs",
        here: "jobs",
        columns: &[
            // What it is to do may name files of this machine.
            Column { name: "kind", kind: Kind::Text, here: Here::Part("kind", "$.kind"), one_of: &[] },
            // Not held to ours: what was there before profiles has states of its own.
            Column { name: "status", kind: Kind::Text, here: Here::Column("state"), one_of: &[] },
            column("created_at", Kind::Moment),
            column("started_at", Kind::Moment),
            column("finished_at", Kind::Moment),
        ],
        stays: &[
            ("batch_id", "orders the queue of this machine"),
            ("priority", "orders the queue of this machine"),
            ("position", "orders the queue of this machine"),
            ("step", "changes many times a second"),
            ("progress", "changes many times a second"),
            ("progress_at_start", "changes many times a second"),
            ("attempts", "is of this machine"),
            ("failure", "may hold paths and what a program said"),
            ("result", "may hold paths"),
            ("wish", "is asked of a process of this machine"),
        ],
        found_by: &["status", "created_at desc"],
    },
    Table {
        name: "api_costs",
        here: "ledger",
        columns: &[
            column("provider", Kind::Text),
            column("model", Kind::Text),
            column("month", Kind::Text),
            Column { name: "status", kind: Kind::Text, here: Here::Column("state"), one_of: &[] },
            column("characters_reserved", Kind::Integer),
            column("microusd_reserved", Kind::Integer),
            column("characters_charged", Kind::Integer),
            column("microusd_charged", Kind::Integer),
            column("project_id", Kind::Id),
            column("device", Kind::Text),
            column("created_at", Kind::Moment),
            column("sent_at", Kind::Moment),
            column("ended_at", Kind::Moment),
        ],
        stays: &[
            ("overrun_seen", "is decided on each machine"),
            ("job_id", "is of this machine"),
            ("what", "tells equal texts from different ones"),
            ("request_id", "is the provider's name for the call"),
            ("why", "may hold what a program said"),
            ("owner", "is a process of this machine"),
        ],
        found_by: &["status", "created_at desc"],
    },
    Table {
        name: "publications",
        here: "publications",
        columns: &[
            // What was published is known for longer than its clip.
            column("clip_id", Kind::Id),
            column("clip_hash", Kind::Text),
            column("account", Kind::Json),
            column("platform", Kind::Text),
            Column {
                name: "status",
                kind: Kind::Text,
                here: Here::Column("state"),
                one_of: &[
                    "draft",
                    "waiting",
                    "uploading",
                    "sending",
                    "unknown",
                    "scheduled",
                    "published",
                    "failed",
                    "cancelled",
                ],
            },
            column("caption", Kind::Text),
            column("settings", Kind::Json),
            column("device", Kind::Text),
            column("publish_at", Kind::Moment),
            column("post_id", Kind::Text),
            column("url", Kind::Text),
            column("created_at", Kind::Moment),
            column("sent_at", Kind::Moment),
            column("ended_at", Kind::Moment),
        ],
        stays: &[
            ("why", "may hold what a program said"),
            ("media", "is of the device that sends it"),
            ("job_id", "is of the device that sends it"),
            ("as_draft", "is of the device that sends it"),
            ("looks", "is of the device that sends it"),
            ("look_at", "is of the device that sends it"),
            ("sent_for", "is of the device that sends it"),
        ],
        found_by: &["status", "created_at desc", "publish_at"],
    },
];

/// Tables of the profile that are not rows of their own on the server, each with the reason.
pub const STAYS: &[(&str, &str)] = &[
    ("secret_names", "credentials never leave"),
    ("voiceovers", "a cache: made again where it is missing"),
    ("shot_uses", "follows from receipts"),
    ("job_waits", "orders the queue of this machine"),
    ("job_commands", "logs never leave"),
    ("quotas", "limits are agreed on by each machine's share"),
    ("sync_link", "is about this device"),
    ("sync_clocks", "is sent beside what it is about"),
    ("sync_staged", "has just come from there"),
    ("sync_set_aside", "says what is not taken there"),
    ("sync_project", "says where this machine keeps the profile, and as whom"),
    ("media_uploads", "is of this machine's uploads"),
    ("media_there", "is what this machine has seen there"),
    ("accounts", "are asked for with a key, which never leaves"),
    ("published_videos", "follows from publications and receipts"),
    ("published_shots", "follows from publications and receipts"),
    ("looked_at", "is about files of this machine"),
    ("postiz_requests", "is of this machine's requests"),
    ("quota_shares", "a part of a limit on its way is nobody's: it needs a protocol of its own"),
];

/// Tables of the profile whose rows are only marked as deleted: `deleted_at` here is `deleted` there.
pub const MARKED: &[&str] = &["sources", "projects", "scripts", "clips", "publications"];

/// Settings that all devices of a profile share. Every other one is of this machine: see [`SETTINGS_STAY`].
pub const SETTINGS: &[&str] = &["brand", "pronunciation", "voice_chain", "quota_warning", "prices"];

/// Settings that never leave, each with the reason.
pub const SETTINGS_STAY: &[(&str, &str)] = &[
    ("demo_project", "the demonstration is made on each machine"),
    ("render", "says what this machine encodes with"),
    ("costs_gap", "says what this machine does not know of its costs"),
    ("backups", "says how many copies this machine keeps"),
    ("publishing", "says where this machine publishes, and as whom"),
    ("model_rates", "is asked of the provider again where it is missing"),
];

impl Table {
    /// The column of the profile's table that tells its rows apart.
    #[must_use]
    pub fn key(&self) -> &'static str {
        if self.here == "settings" { "name" } else { "id" }
    }

    /// Whether its rows are only marked as deleted.
    #[must_use]
    pub fn is_marked(&self) -> bool {
        MARKED.contains(&self.here)
    }

    /// The table of this name on the server.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        TABLES.iter().find(|table| table.name == name)
    }

    /// What the server calls the row that is called `key` here. A setting is known by its name here and needs an id there:
    /// one that every device makes the same.
    #[must_use]
    pub fn id_there(&self, key: &str) -> String {
        if self.here != "settings" {
            return key.to_owned();
        }
        let hash = blake3::hash(format!("setting {key}").as_bytes());
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&hash.as_bytes()[..16]);
        uuid::Builder::from_custom_bytes(bytes).into_uuid().to_string()
    }
}

/// The columns every table has on the server.
pub const EVERYWHERE: &[&str] = &["id", "profile_id", "deleted", "clock", "rev"];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::profile::db::DbError;
    use crate::testkit::bench;

    /// Columns that every synced table has and that the protocol itself keeps.
    const PROTOCOL: &[&str] = &["id", "deleted_at"];

    #[test]
    fn a_column_of_the_profile_is_kept_on_the_server_or_said_to_stay() {
        let bench = bench();
        let schema: BTreeSet<(String, String)> = bench
            .profile
            .read::<_, DbError>(|reader| {
                let sql = "SELECT t.name, c.name FROM sqlite_schema t, pragma_table_info(t.name) c
                           WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%'";
                let rows =
                    reader.prepare(sql)?.query_map([], |r| Ok((r.get(0)?, r.get(1)?)))?.collect::<Result<_, _>>()?;
                Ok(rows)
            })
            .unwrap();
        let gathered: BTreeSet<&str> = TABLES
            .iter()
            .flat_map(|table| table.columns)
            .filter_map(|column| if let Here::Gathered(from) = column.here { Some(from) } else { None })
            .flatten()
            .copied()
            .collect();
        for (table, column) in &schema {
            let Some(kept) = TABLES.iter().find(|kept| kept.here == table) else {
                let known = gathered.contains(table.as_str()) || STAYS.iter().any(|(name, _)| name == table);
                assert!(known, "{table}: is it kept on the server, gathered, or does it stay?");
                continue;
            };
            let sent = kept.columns.iter().any(|one| match one.here {
                Here::Column(name) | Here::Part(name, _) => name == column,
                Here::Gathered(_) => false,
            });
            let stays = kept.stays.iter().any(|(name, _)| name == column);
            let protocol = PROTOCOL.contains(&column.as_str());
            assert!(
                [sent, stays, protocol].iter().filter(|one| **one).count() == 1,
                "{table}.{column}: is it kept on the server, or does it stay?"
            );
        }
        // And nothing is listed that is not there.
        let has = |table: &str, column: &str| schema.contains(&(table.to_owned(), column.to_owned()));
        for table in TABLES {
            for column in table.columns {
                match column.here {
                    Here::Column(name) | Here::Part(name, _) => assert!(has(table.here, name), "{}.{name}", table.name),
                    Here::Gathered(from) => {
                        for name in from {
                            assert!(schema.iter().any(|(one, _)| one == name), "{name}");
                        }
                    }
                }
            }
            for (column, why) in table.stays {
                assert!(has(table.here, column) && !why.is_empty(), "{}.{column}", table.name);
            }
        }
    }

    #[test]
    fn tables_that_mark_what_is_deleted_are_named() {
        let bench = bench();
        for table in TABLES {
            let marked: bool = bench
                .profile
                .read::<_, DbError>(|reader| {
                    let sql = "SELECT EXISTS (SELECT 1 FROM pragma_table_info(?1) WHERE name = 'deleted_at')";
                    Ok(reader.query_row(sql, [table.here], |r| r.get(0))?)
                })
                .unwrap();
            assert_eq!(marked, table.is_marked(), "{}", table.here);
        }
    }

    #[test]
    fn a_setting_is_shared_or_said_to_stay() {
        let source = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let mut found = BTreeSet::new();
        let mut folders = vec![source];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap().flatten() {
                let path = entry.path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|ext| ext == "rs") {
                    let text = std::fs::read_to_string(path).unwrap();
                    let named = text.lines().filter(|line| line.contains(": Key<")).filter_map(|line| {
                        let name = line.split_once("Key::new(")?.1.trim_start_matches('"');
                        // One is named by a constant of its own.
                        Some(name.split(['"', ')']).next()?.replace("GAP_NAME", "costs_gap"))
                    });
                    found.extend(named);
                }
            }
        }
        // Of the home, not of a profile.
        let of_the_home = ["identity", "app"];
        for name in &found {
            let ways = [
                SETTINGS.contains(&name.as_str()),
                SETTINGS_STAY.iter().any(|(stays, _)| stays == name),
                of_the_home.contains(&name.as_str()),
            ];
            assert!(ways.iter().filter(|way| **way).count() == 1, "{name}: do the devices of a profile share it?");
        }
        for name in SETTINGS.iter().chain(SETTINGS_STAY.iter().map(|(name, _)| name)) {
            assert!(found.contains(*name), "{name} is no setting");
        }
    }

    #[test]
    fn a_setting_has_the_same_id_on_every_device() {
        let settings = Table::named("settings").unwrap();
        assert_eq!(settings.id_there("brand"), settings.id_there("brand"));
        assert_ne!(settings.id_there("brand"), settings.id_there("prices"));
        assert_eq!(settings.id_there("brand").len(), 36);
    }

    #[test]
    fn parents_come_before_their_children() {
        for (index, table) in TABLES.iter().enumerate() {
            for column in table.columns {
                if let Kind::Parent(parent) = column.kind {
                    assert!(TABLES[..index].iter().any(|one| one.name == parent), "{}.{}", table.name, column.name);
                }
            }
        }
    }
}
