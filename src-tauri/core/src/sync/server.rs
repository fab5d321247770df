//! The server's tables, and its push and pull, written from the one list. What comes out lies in `migrations/supabase`,
//! where a person can read it and the migration takes it from; a test holds it against what is written here.
//!
//! The protocol: every column has a clock, a hybrid logical time of 16 hexadecimal digits (milliseconds << 16, plus a
//! counter) and a device of 8, `018f…:00c0ffee`. The greater clock wins, column by column, so an order of arrival means
//! nothing and what is sent twice changes nothing. `rev` counts the changes of one profile under a lock of its own: a
//! reader who has seen revision n can miss nothing that is numbered n or less.

use std::fmt::Write as _;

use super::tables::{Column, Kind, TABLES, Table};

/// How far a clock may be ahead of the server's, milliseconds.
const AHEAD_MS: u32 = 300_000;

/// The clock of what was there before there were clocks.
const FIRST: &str = "0000000000000001:00000000";

/// The oldest schema of a device that may still send.
pub const SCHEMA: u32 = 1;

/// Where the files lie, from the top of the repository.
pub const FOLDER: &str = "migrations/supabase";

const WRITTEN: &str =
    "-- Written by `cargo xtask bindings` from the list in src-tauri/core/src/sync/tables.rs: change that list.\n";

/// Tables, columns, keys and indexes: `0002_tables.sql`.
#[must_use]
pub fn tables() -> String {
    let mut sql = format!(
        "{WRITTEN}--\n-- What a profile keeps. Made where it is missing, and given its columns where it was there before: old rows keep\n\
         -- whatever else they had. Can be run again at any time.\n--\n\
         -- Back: drop the tables, or the columns that are new, one by one. No row is changed by this file.\n\n\
         begin;\n"
    );
    for table in TABLES {
        write_table(&mut sql, table);
    }
    sql += "\ncommit;\n";
    sql
}

fn write_table(sql: &mut String, table: &Table) {
    let name = table.name;
    *sql +=
        &format!("\ncreate table if not exists public.{name} (\n    id uuid not null,\n    profile_id uuid not null");
    *sql += &format!(",\n    constraint {name}_pkey primary key (profile_id, id)\n);\n");
    let mut add = |column: &str, what: &str| {
        *sql += &format!("alter table public.{name} add column if not exists {column} {what};\n");
    };
    add("profile_id", "uuid");
    for column in table.columns {
        add(column.name, column.kind.on_the_server());
    }
    add("deleted", "boolean not null default false");
    add("clock", "jsonb not null default '{}'");
    add("rev", "bigint not null default 0");
    let ours: Vec<String> = table.columns.iter().map(|column| format!("'{}'", column.name)).collect();
    *sql += &format!("call private.let_be_partial('{name}', array[{}]);\n", ours.join(", "));
    for column in table.columns.iter().filter(|column| !column.one_of.is_empty()) {
        let check = format!("{name}_{}_known", column.name);
        let values = column.one_of.iter().map(|value| format!("'{value}'")).collect::<Vec<_>>().join(", ");
        *sql += &format!(
            "alter table public.{name} drop constraint if exists {check};\n\
             alter table public.{name} add constraint {check} check ({} in ({values})) not valid;\n",
            column.name
        );
    }
    let mut index = |found_by: &str| {
        let words = found_by.replace(' ', "_");
        *sql += &format!("create index if not exists {name}_by_{words} on public.{name} (profile_id, {found_by});\n");
    };
    index("rev");
    table.found_by.iter().for_each(|found_by| index(found_by));
}

/// References between rows of one profile, which every row must satisfy: part of `0004_keys.sql`.
fn references(table: &Table) -> String {
    let mut sql = String::new();
    for column in table.columns {
        let Kind::Parent(parent) = column.kind else { continue };
        let (name, key) = (table.name, format!("{}_{}_fkey", table.name, column.name));
        // With one column, Postgres would look for the parent among all profiles: a reference that tells what others have.
        let _ = write!(
            sql,
            "alter table public.{name} drop constraint if exists {key};\n\
             alter table public.{name} add constraint {key}\n    \
             foreign key (profile_id, {0}) references public.{parent} (profile_id, id) not valid;\n\
             alter table public.{name} validate constraint {key};\n",
            column.name
        );
    }
    sql
}

/// Keys that need every row to have its profile: `0004_keys.sql`.
#[must_use]
pub fn keys() -> String {
    let mut sql = format!(
        "{WRITTEN}--\n-- From here on every row belongs to a profile, and a reference cannot leave it. Needs the rows to have one: the\n\
         -- step before gives it to old ones. The long look at old rows (`validate`) locks nobody out.\n--\n\
         -- Back: drop the constraints named here.\n\n"
    );
    for table in TABLES {
        let name = table.name;
        // A row from before has no clocks: it gets the earliest there is, so that any change of a device is later.
        let clocks: Vec<String> = table
            .columns
            .iter()
            .map(|column| format!("'{0}', case when {0} is not null then '{FIRST}' end", column.name))
            .chain([format!("'deleted', '{FIRST}'")])
            .collect();
        let _ = write!(
            sql,
            "begin;\n\
             update public.{name} set clock = jsonb_strip_nulls(jsonb_build_object(\n    {}))\n\
             where clock = '{{}}';\ncommit;\n",
            clocks.join(",\n    ")
        );
        let _ = write!(
            sql,
            "begin;\n\
             alter table public.{name} drop constraint if exists {name}_has_profile;\n\
             alter table public.{name} add constraint {name}_has_profile check (profile_id is not null) not valid;\n\
             alter table public.{name} validate constraint {name}_has_profile;\n\
             alter table public.{name} alter column profile_id set not null;\n\
             alter table public.{name} drop constraint {name}_has_profile;\n\
             call private.key_by_profile('{name}');\n\
             alter table public.{name} drop constraint if exists {name}_profile_id_fkey;\n\
             alter table public.{name} add constraint {name}_profile_id_fkey\n    \
             foreign key (profile_id) references public.profiles (id) not valid;\n\
             alter table public.{name} validate constraint {name}_profile_id_fkey;\n\
             commit;\n\n"
        );
    }
    for table in TABLES {
        let references = references(table);
        if !references.is_empty() {
            let _ = write!(sql, "begin;\n{references}commit;\n\n");
        }
    }
    sql
}

/// Row level security and its policies: `0005_security.sql`.
#[must_use]
pub fn security() -> String {
    let mut sql = format!(
        "{WRITTEN}--\n-- Who may see and change what: an owner the rows of their own profiles, nobody else anything. Security and policies\n\
         -- come together in one transaction: without policies nobody would see anything any more.\n--\n\
         -- Back: `alter table … disable row level security` on each table named here, in one transaction.\n\n\
         begin;\n{PROFILES}"
    );
    for Table { name, .. } in TABLES {
        let _ = write!(
            sql,
            "\nrevoke all on public.{name} from anon, authenticated;\n\
             grant select, insert, update on public.{name} to authenticated;\n\
             drop policy if exists own_profiles on public.{name};\n\
             create policy own_profiles on public.{name} for all to authenticated\n    \
             using (profile_id = any ((select private.my_profiles())::uuid[]))\n    \
             with check (profile_id = any ((select private.my_profiles())::uuid[]));\n\
             alter table public.{name} enable row level security;\n\
             alter table public.{name} force row level security;\n\
             drop trigger if exists stamp on public.{name};\n\
             create trigger stamp before insert or update on public.{name}\n    \
             for each row execute function private.stamp();\n"
        );
    }
    sql += "\ncommit;\n";
    sql
}

const PROFILES: &str = "
revoke all on public.profiles from anon, authenticated;
grant select, insert, update on public.profiles to authenticated;
drop policy if exists own on public.profiles;
create policy own on public.profiles for all to authenticated
    using (user_id = (select auth.uid()))
    with check (user_id = (select auth.uid()));
alter table public.profiles enable row level security;
alter table public.profiles force row level security;
";

/// How changes are taken in, column by column: `0006_changes.sql`.
#[must_use]
pub fn changes() -> String {
    let mut sql = format!(
        "{WRITTEN}--\n-- How changes of a device are taken in: of each column the later one stays. Acts as the one who calls (security\n\
         -- invoker), so policies hold here too.\n--\n-- Back: drop the functions named here.\n\nbegin;\n\n"
    );
    sql += "create or replace function private.apply_changes(p_profile uuid, p_changes jsonb) returns void\n\
            language plpgsql security invoker set search_path = '' as $$\nbegin\n";
    for table in TABLES {
        write_merge(&mut sql, table);
    }
    sql += "end $$;\n\n";
    let known: Vec<String> = TABLES
        .iter()
        .map(|table| {
            let columns = table.columns.iter().map(|column| format!("'{}'", column.name));
            let all = columns.chain(["'deleted'".to_owned()]).collect::<Vec<_>>().join(", ");
            format!("        when '{}' then p_column in ({all})", table.name)
        })
        .collect();
    let _ = write!(
        sql,
        "create or replace function private.is_column(p_table text, p_column text) returns boolean\n\
         language sql immutable security invoker set search_path = '' as $$\n    select case p_table\n{}\n        \
         else false\n    end $$;\n\n",
        known.join("\n")
    );
    sql += GRANTS_OF_CHANGES;
    sql += "\ncommit;\n";
    sql
}

/// Push and pull: `0007_sync.sql`.
#[must_use]
pub fn sync() -> String {
    let mut sql = format!(
        "{WRITTEN}--\n-- What a device calls. Both act as the one who calls (security invoker), so policies hold for them too, and both name\n\
         -- their profile.\n--\n-- Back: drop the functions named here.\n\nbegin;\n\n"
    );
    sql += &PUSH.replace("AHEAD_MS", &AHEAD_MS.to_string()).replace("SCHEMA", &SCHEMA.to_string());
    sql += &pull();
    sql += GRANTS;
    sql += "\ncommit;\n";
    sql
}

/// One statement that takes all changes of a table in.
fn write_merge(sql: &mut String, table: &Table) {
    let all: Vec<&str> = table.columns.iter().map(|column| column.name).chain(["deleted"]).collect();
    let values: Vec<String> = table.columns.iter().map(value).chain([DELETED.to_owned()]).collect();
    let later = |name: &str| {
        format!(
            "coalesce(x.clock ->> '{name}', '') collate \"C\" < coalesce(excluded.clock ->> '{name}', '') collate \"C\""
        )
    };
    let sets: Vec<String> = all
        .iter()
        .map(|name| format!("        {name} = case when {} then excluded.{name} else x.{name} end", later(name)))
        .collect();
    let clocks: Vec<String> = all
        .iter()
        .map(|name| {
            format!("'{name}', greatest(x.clock ->> '{name}' collate \"C\", excluded.clock ->> '{name}' collate \"C\")")
        })
        .collect();
    let any: Vec<String> = all.iter().map(|name| format!("        or {}", later(name))).collect();
    let _ = write!(
        sql,
        "    insert into public.{0} as x (profile_id, id, {1}, clock)\n    select p_profile, (e ->> 'id')::uuid,\n        {2},\n        \
         e -> 'c'\n    from jsonb_array_elements(p_changes) e where e ->> 't' = '{0}'\n    \
         on conflict (profile_id, id) do update set\n{3},\n        clock = jsonb_strip_nulls(jsonb_build_object(\n            {4}))\n    \
         where false\n{5};\n",
        table.name,
        all.join(", "),
        values.join(",\n        "),
        sets.join(",\n"),
        clocks.join(",\n            "),
        any.join("\n"),
    );
}

const DELETED: &str = "coalesce((e -> 'f' ->> 'deleted')::boolean, false)";

/// A column's value out of what a device sends.
fn value(column: &Column) -> String {
    let name = column.name;
    match column.kind {
        Kind::Text => format!("e -> 'f' ->> '{name}'"),
        Kind::Integer => format!("(e -> 'f' ->> '{name}')::bigint"),
        Kind::Flag => format!("(e -> 'f' ->> '{name}')::boolean"),
        Kind::Json => format!("nullif(e -> 'f' -> '{name}', 'null'::jsonb)"),
        Kind::Moment => format!("private.moment(e -> 'f' ->> '{name}')"),
        Kind::Parent(_) | Kind::Id => format!("(e -> 'f' ->> '{name}')::uuid"),
    }
}

fn pull() -> String {
    let each: Vec<String> = TABLES
        .iter()
        .enumerate()
        .map(|(index, table)| {
            let order = index + 1;
            let moments = table.columns.iter().filter(|column| column.kind == Kind::Moment);
            let moments: Vec<String> =
                moments.map(|column| format!("'{0}', private.millis(x.{0})", column.name)).collect();
            let row = if moments.is_empty() {
                "to_jsonb(x) - 'rev' - 'profile_id'".to_owned()
            } else {
                format!("to_jsonb(x) - 'rev' - 'profile_id' || jsonb_build_object({})", moments.join(", "))
            };
            format!(
                "            (select x.rev, {order} as o, '{0}' as t, x.id, {row} as j\n            from public.{0} x\n            \
                 where x.profile_id = p_profile and x.rev >= (p_since ->> 0)::bigint\n                \
                 and (x.rev, {order}, x.id) > ((p_since ->> 0)::bigint, (p_since ->> 1)::int, (p_since ->> 2)::uuid)\n            \
                 order by x.rev, x.id limit least(p_limit, 1000))",
                table.name
            )
        })
        .collect();
    PULL.replace("EACH", &each.join("\n            union all\n"))
}

const PUSH: &str = include_str!("push.sql");
const PULL: &str = include_str!("pull.sql");
const GRANTS: &str = include_str!("grants.sql");
const GRANTS_OF_CHANGES: &str =
    "revoke all on function private.apply_changes(uuid, jsonb), private.is_column(text, text) from public, anon;
grant execute on function private.apply_changes(uuid, jsonb), private.is_column(text, text) to authenticated;
";

/// Every file that is written from the list, by its name in `migrations/supabase`.
#[must_use]
pub fn files() -> [(&'static str, String); 5] {
    [
        ("0002_tables.sql", tables()),
        ("0004_keys.sql", keys()),
        ("0005_security.sql", security()),
        ("0006_changes.sql", changes()),
        ("0007_sync.sql", sync()),
    ]
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn the_files_are_what_the_list_says() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(FOLDER);
        for (name, text) in files() {
            let lies = std::fs::read_to_string(folder.join(name)).unwrap();
            assert!(lies == text, "{name} is stale: run `cargo xtask bindings`");
        }
    }

    #[test]
    fn a_new_column_is_in_every_part_of_the_protocol() {
        let sql = changes();
        for table in TABLES {
            for column in table.columns {
                let name = column.name;
                // Taken in, compared, its clock kept, let through, and (a moment) given out.
                let merge = sql.split(&format!("insert into public.{} as x", table.name)).nth(1).unwrap();
                let merge = merge.split(";\n").next().unwrap();
                assert!(
                    merge.contains(&format!("e -> 'f' ->> '{name}'"))
                        || merge.contains(&format!("e -> 'f' -> '{name}'"))
                );
                assert!(merge.contains(&format!("{name} = case when")), "{}.{name}", table.name);
                assert!(merge.contains(&format!("'{name}', greatest(")), "{}.{name}", table.name);
                assert!(merge.contains(&format!("or coalesce(x.clock ->> '{name}'")), "{}.{name}", table.name);
            }
        }
    }
}
