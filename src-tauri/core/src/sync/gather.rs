//! Columns of the server that are rows of other tables here: put together to send, taken apart when they come.

use rusqlite::types::{Value as Sql, ValueRef};
use serde_json::{Map, Value};

use super::tables::Column;
use crate::profile::db::{DbError, Writer};

/// What one column of such a row holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// What SQLite holds: a number, words.
    Plain,
    /// JSON.
    Json,
    /// A whole number of 64 bits, sent as words: readers of JSON may take numbers for floating point.
    Big,
}

/// How the rows make a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A list of one column's values.
    List,
    /// A list of objects.
    Objects,
    /// The one row's one column, or nothing.
    One,
    /// The one row, as an object.
    Object,
}

/// The rows a column is gathered from.
#[derive(Debug, Clone, Copy)]
pub struct Gathering {
    /// The server's table and column.
    pub of: (&'static str, &'static str),
    /// The table the rows are in.
    pub table: &'static str,
    /// Its column that names the row they belong to. For `Form::Object` and a single `One` through a reference it is the
    /// rows' own id, and `by` is what names it.
    pub key: &'static str,
    /// The column of the row itself that names the gathered row; none when the gathered rows name it.
    pub by: Option<&'static str>,
    /// What is taken of each.
    pub columns: &'static [(&'static str, Shape)],
    /// Columns that tell the rows apart, and order them.
    pub order: &'static str,
    /// How they make a value.
    pub form: Form,
}

use Shape::{Big, Json, Plain};

/// Every gathered column of the list.
pub const GATHERED: &[Gathering] = &[
    Gathering {
        of: ("sources", "tags"),
        table: "tags",
        key: "source_id",
        by: None,
        columns: &[("tag", Plain)],
        order: "tag",
        form: Form::List,
    },
    Gathering {
        of: ("sources", "shots"),
        table: "shots",
        key: "source_id",
        by: None,
        columns: &[
            ("id", Plain),
            ("start_ms", Plain),
            ("end_ms", Plain),
            ("scene", Plain),
            ("motion", Plain),
            ("sharpness", Plain),
            ("contrast", Plain),
            ("brightness", Plain),
            ("phash", Big),
            ("anchor_x", Plain),
            ("anchor_y", Plain),
            ("framing", Json),
        ],
        order: "start_ms, id",
        form: Form::Objects,
    },
    Gathering {
        of: ("projects", "sources"),
        table: "project_sources",
        key: "project_id",
        by: None,
        columns: &[("source_id", Plain)],
        order: "source_id",
        form: Form::List,
    },
    Gathering {
        of: ("scripts", "pins"),
        table: "pins",
        key: "script_id",
        by: None,
        columns: &[
            ("variant", Plain),
            ("sentence", Plain),
            ("occurrence", Plain),
            ("part", Plain),
            ("shot_id", Plain),
            ("in_ms", Plain),
        ],
        order: "variant, sentence, occurrence, part",
        form: Form::Objects,
    },
    Gathering {
        of: ("scripts", "caption_edits"),
        table: "caption_edits",
        key: "script_id",
        by: None,
        columns: &[("edits", Json)],
        order: "script_id",
        form: Form::One,
    },
    Gathering {
        of: ("clips", "project_id"),
        table: "variants",
        key: "id",
        by: Some("variant_id"),
        columns: &[("project_id", Plain)],
        order: "id",
        form: Form::One,
    },
    Gathering {
        of: ("clips", "plan"),
        table: "variants",
        key: "id",
        by: Some("variant_id"),
        columns: &[
            ("id", Plain),
            ("project_id", Plain),
            ("script_id", Plain),
            ("batch_id", Plain),
            ("number", Plain),
            ("seed", Big),
            ("timeline", Json),
            ("notes", Json),
            ("created_at", Plain),
        ],
        order: "id",
        form: Form::Object,
    },
];

/// How this column is gathered.
#[must_use]
pub fn gathering(table: &str, column: &Column) -> Option<&'static Gathering> {
    GATHERED.iter().find(|one| one.of == (table, column.name))
}

/// JSON out of SQLite.
pub(super) fn to_json(value: ValueRef<'_>, shape: Shape) -> Result<Value, rusqlite::Error> {
    Ok(match (value, shape) {
        (ValueRef::Null | ValueRef::Blob(_), _) => Value::Null,
        (ValueRef::Integer(n), Big) => Value::String(n.to_string()),
        (ValueRef::Integer(n), _) => n.into(),
        (ValueRef::Real(n), _) => n.into(),
        (ValueRef::Text(_), Json) => serde_json::from_str(value.as_str()?)
            .map_err(|e| rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Text, Box::new(e)))?,
        (ValueRef::Text(_), _) => Value::String(value.as_str()?.to_owned()),
    })
}

/// SQLite's value of JSON.
pub(super) fn to_sql(value: &Value, shape: Shape) -> Sql {
    match (value, shape) {
        (Value::Null, _) => Sql::Null,
        (value, Json) => Sql::Text(value.to_string()),
        (Value::String(text), Big) => text.parse().map_or_else(|_| Sql::Text(text.clone()), Sql::Integer),
        (Value::String(text), Plain) => Sql::Text(text.clone()),
        (Value::Bool(yes), _) => Sql::Integer(i64::from(*yes)),
        (Value::Number(n), _) => n.as_i64().map_or_else(|| n.as_f64().map_or(Sql::Null, Sql::Real), Sql::Integer),
        (value, Plain | Big) => Sql::Text(value.to_string()),
    }
}

impl Gathering {
    /// The value for the row with this id (of the row, or what its `by` column holds).
    pub(super) fn value(&self, tx: &Writer<'_>, key: &str) -> Result<Value, DbError> {
        let names: Vec<&str> = self.columns.iter().map(|(name, _)| *name).collect();
        let (names, table, key_name, order) = (names.join(", "), self.table, self.key, self.order);
        let sql = format!("SELECT {names} FROM {table} WHERE {key_name} = ?1 ORDER BY {order}");
        let mut query = tx.prepare_cached(&sql)?;
        let mut rows = query.query([key])?;
        let mut all = Vec::new();
        while let Some(row) = rows.next()? {
            let mut object = Map::new();
            for (index, (name, shape)) in self.columns.iter().enumerate() {
                object.insert((*name).to_owned(), to_json(row.get_ref(index)?, *shape)?);
            }
            all.push(object);
        }
        let single = |mut object: Map<String, Value>| {
            self.columns.first().and_then(|(name, _)| object.remove(*name)).unwrap_or_default()
        };
        Ok(match self.form {
            Form::List => all.into_iter().map(single).collect(),
            Form::Objects => Value::Array(all.into_iter().map(Value::Object).collect()),
            Form::One => all.into_iter().next().map(single).unwrap_or_default(),
            Form::Object => all.into_iter().next().map(Value::Object).unwrap_or_default(),
        })
    }

    /// The rows in a value that came: each with one value a column. Whatever is no such row is left out.
    pub(super) fn rows(&self, value: &Value) -> Vec<Vec<Sql>> {
        let of_object = |object: &Map<String, Value>| {
            self.columns.iter().map(|(name, shape)| to_sql(object.get(*name).unwrap_or(&Value::Null), *shape)).collect()
        };
        let single = |value: &Value| self.columns.first().map(|(_, shape)| vec![to_sql(value, *shape)]);
        match (self.form, value) {
            (_, Value::Null) => Vec::new(),
            (Form::List, Value::Array(list)) => list.iter().filter_map(single).collect(),
            (Form::Objects, Value::Array(list)) => list.iter().filter_map(Value::as_object).map(of_object).collect(),
            (Form::One, value) => single(value).into_iter().collect(),
            (Form::Object, Value::Object(object)) => vec![of_object(object)],
            (Form::List | Form::Objects | Form::Object, _) => Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::tables::{Here, TABLES};
    use super::*;
    use crate::testkit::bench;

    #[test]
    fn every_gathered_column_says_how_and_takes_every_column_of_the_rows() {
        let bench = bench();
        for table in TABLES {
            for column in table.columns {
                let Here::Gathered(from) = column.here else {
                    assert!(gathering(table.name, column).is_none());
                    continue;
                };
                let how = gathering(table.name, column).unwrap_or_else(|| panic!("{}.{}", table.name, column.name));
                assert_eq!(from, [how.table]);
            }
        }
        for name in GATHERED.iter().map(|one| one.table).collect::<BTreeSet<_>>() {
            let all: BTreeSet<String> = bench
                .profile
                .read::<_, DbError>(|tx| {
                    let mut query = tx.prepare("SELECT name FROM pragma_table_info(?1)")?;
                    Ok(query.query_map([name], |r| r.get(0))?.collect::<Result<_, _>>()?)
                })
                .unwrap();
            let taken: BTreeSet<String> = GATHERED
                .iter()
                .filter(|one| one.table == name)
                .flat_map(|one| one.columns.iter().map(|(name, _)| *name).chain([one.key]))
                .map(str::to_owned)
                .collect();
            assert_eq!(taken, all, "{name}");
        }
    }

    #[test]
    fn a_number_of_64_bits_is_words_on_the_way() {
        let big = i64::MIN + 1;
        let sent = to_json(ValueRef::Integer(big), Big).unwrap();
        assert!(sent.is_string() && to_sql(&sent, Big) == Sql::Integer(big));
    }
}
