//! The hosted backend's database, on a real Postgres: it cannot leak, it can be made of what was there before, and the
//! making can be stopped at any moment.

use acceptance::postgres::{Postgres, migrations, sql_file};
use acceptance::soak_or;

const OWNER: &str = "11111111-1111-4111-8111-111111111111";
const OWNED: &[(&str, &str)] = &[("edit_factory.owner", OWNER)];

/// Runs every file, and every file again.
fn migrate_twice(server: &Postgres, database: &str, options: &[(&str, &str)]) {
    for _ in 0..2 {
        for file in migrations() {
            server.must(database, &file, options);
        }
    }
}

/// Rules of every table, two users who know each other's ids, what push and pull promise.
fn everything_holds(server: &Postgres, database: &str) {
    for file in ["gates.sql", "isolation.sql", "sync.sql"] {
        assert_eq!(server.tap(database, &sql_file(file)), Vec::<String>::new(), "{database}: {file}");
    }
}

#[test]
fn an_empty_project_is_made_and_made_again_and_keeps_everybody_apart() {
    let server = Postgres::start();
    server.project("empty");
    migrate_twice(&server, "empty", &[]);
    everything_holds(&server, "empty");
}

#[test]
fn the_rules_see_a_table_that_was_left_open() {
    let server = Postgres::start();
    server.project("open");
    migrate_twice(&server, "open", &[]);
    // Nobody thought of its policies, its reference looks at the id alone, and its view asks with the owner's rights.
    let careless = "create table public.notes (id uuid primary key, profile_id uuid, text text);
        alter table public.projects add constraint projects_id_key unique (id);
        alter table public.clips add column note uuid references public.projects (id);
        create view public.all_clips as select * from public.clips";
    server.tell("open", careless);
    let failed = server.tap("open", &sql_file("gates.sql")).join("\n");
    for rule in
        ["row level security", "has a policy", "as the one who asks", "leads an index", "leave its profile", "numbered"]
    {
        assert!(failed.contains(rule), "{rule}: {failed}");
    }
}

/// A live project from before there were profiles, with so many clips.
fn legacy(server: &Postgres, database: &str) -> u32 {
    let rows = soak_or(20_000, 200_000);
    server.project(database);
    let text = std::fs::read_to_string(sql_file("legacy.sql")).unwrap().replace(":rows", &rows.to_string());
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("legacy.sql");
    std::fs::write(&file, text).unwrap();
    server.must(database, &file, &[]);
    rows
}

/// What must be the same before and after, whatever is added.
fn content(server: &Postgres, database: &str) -> String {
    server.query(
        database,
        "select count(*), count(distinct id), sum(hashtext(name)), sum(hashtext(status)), min(created_at), max(created_at)
         from public.clips
         union all select count(*), count(distinct id), sum(hashtext(name)), 0, null, null from public.projects
         union all select count(*), count(distinct id), 0, sum(hashtext(status)), null, null from public.jobs
         union all select count(*), count(distinct id), sum(hashtext(provider)), sum(hashtext(cost::text)), null, null
             from public.api_costs",
    )
}

/// Which project each clip was of, also where that is only noted any more.
fn projects_of_clips(server: &Postgres, database: &str, noted: bool) -> String {
    let noted = if noted {
        "(select value::uuid from private.set_aside s where s.table_name = 'clips' and s.row_id = c.id::text)"
    } else {
        "null"
    };
    let sql = format!(
        "select md5(string_agg(id || coalesce(coalesce(project_id, {noted})::text, '-'), ',' order by id)) from public.clips c"
    );
    server.query(database, &sql)
}

#[test]
fn rows_of_nobody_are_given_to_the_owner_that_is_named_and_only_then() {
    let server = Postgres::start();
    let rows = legacy(&server, "live");
    let (before, projects) = (content(&server, "live"), projects_of_clips(&server, "live", false));
    let files = migrations();
    for file in &files[..2] {
        server.must("live", file, &[]);
    }
    let refused = server.file("live", &files[2], &[]);
    assert!(!refused.status.success());
    assert!(String::from_utf8_lossy(&refused.stderr).contains("name the owner"));
    let unknown = server.file("live", &files[2], OWNED);
    assert!(String::from_utf8_lossy(&unknown.stderr).contains("there is no user"));
    assert_eq!(content(&server, "live"), before);

    server.tell("live", &format!("insert into auth.users (id) values ('{OWNER}')"));
    migrate_twice(&server, "live", OWNED);
    assert_eq!(content(&server, "live"), before, "nothing is lost, nothing is double");
    assert_eq!(projects_of_clips(&server, "live", true), projects, "where a clip belonged is still known");
    let profiles = server.query("live", "select count(distinct profile_id) from public.clips");
    assert_eq!((profiles.as_str(), server.query("live", "select count(*) from public.profiles").as_str()), ("1", "1"));
    everything_holds(&server, "live");

    // Nobody is locked out: right after it the owner reads everything, with the calls the program makes.
    let seen = server.query(
        "live",
        &format!(
            "begin; set local role authenticated; set local \"request.jwt.claims\" = '{{\"sub\": \"{OWNER}\"}}';
             select count(*) from public.clips;
             select jsonb_array_length(public.sync_pull((select id from public.profiles)) -> 'rows'); rollback"
        ),
    );
    assert_eq!(seen, format!("{rows}\n500"));
}

#[test]
fn a_migration_that_is_killed_goes_on_where_it_was() {
    let server = Postgres::start();
    legacy(&server, "live");
    server.tell("live", &format!("insert into auth.users (id) values ('{OWNER}')"));
    let (before, projects) = (content(&server, "live"), projects_of_clips(&server, "live", false));
    let files = migrations();
    for file in &files[..2] {
        server.must("live", file, OWNED);
    }
    let owned = || server.query("live", "select count(profile_id) from public.clips").parse::<u32>().unwrap();
    let mut kills = 0;
    let mut seen = owned();
    // Each time as soon as it has gone a piece further. The pieces are made small, so that there are many.
    let text = std::fs::read_to_string(&files[2]).unwrap().replace("give_owners();", "give_owners(500);");
    let dir = tempfile::tempdir().unwrap();
    let small = dir.path().join("small.sql");
    std::fs::write(&small, text).unwrap();
    while kills < 5 {
        let mut child = server.begun("live", &small, OWNED);
        let ended = loop {
            let now = owned();
            if now > seen {
                seen = now;
                break false;
            }
            if child.try_wait().unwrap().is_some() {
                break true;
            }
        };
        if ended {
            break;
        }
        child.kill().unwrap();
        child.wait().unwrap();
        // The server ends what nobody waits for any more.
        server.tell(
            "live",
            "select pg_terminate_backend(pid, 10000) from pg_stat_activity
             where datname = 'live' and pid <> pg_backend_pid()",
        );
        kills += 1;
    }
    assert!(kills > 0, "it was over before it could be killed");
    migrate_twice(&server, "live", OWNED);
    assert_eq!(content(&server, "live"), before);
    assert_eq!(projects_of_clips(&server, "live", true), projects);
    everything_holds(&server, "live");
    println!("soak: a live migration killed {kills} times: no row lost, none double");
}

#[test]
fn what_the_program_asks_for_is_found_by_an_index() {
    let server = Postgres::start();
    legacy(&server, "live");
    server.tell("live", &format!("insert into auth.users (id) values ('{OWNER}')"));
    migrate_twice(&server, "live", OWNED);
    // A small profile beside a large one: reading the whole table would be the mistake.
    let small = "22222222-2222-4222-8222-222222222222";
    server.tell(
        "live",
        &format!(
            "insert into public.profiles (id, user_id) values ('{small}', '{OWNER}');
             insert into public.clips (profile_id, id, name, triage, created_at)
                 select '{small}', gen_random_uuid(), 'clip', 'new', now() from generate_series(1, 50);
             insert into public.jobs (profile_id, id, status, created_at)
                 select '{small}', gen_random_uuid(), 'done', now() from generate_series(1, 50);
             insert into public.api_costs (profile_id, id, provider, status, created_at)
                 select '{small}', gen_random_uuid(), 'elevenlabs', 'settled', now() from generate_series(1, 50);
             analyze"
        ),
    );
    let mut slower = Vec::new();
    for query in [
        "select id from public.clips where profile_id = $1 and rev >= 1 order by rev, id limit 500",
        "select id from public.clips where profile_id = $1 order by created_at desc limit 20",
        "select id from public.clips where profile_id = $1 and triage = 'new'",
        "select id from public.jobs where profile_id = $1 and status = 'done'",
        "select id from public.jobs where profile_id = $1 order by created_at desc limit 20",
        "select id from public.api_costs where profile_id = $1 and status = 'settled'",
        "select id from public.api_costs where profile_id = $1 order by created_at desc limit 20",
    ] {
        let asked = query.replace("$1", &format!("'{small}'"));
        let plan = server.query(
            "live",
            &format!(
                "begin; set local role authenticated; set local \"request.jwt.claims\" = '{{\"sub\": \"{OWNER}\"}}';
                 explain {asked}; rollback"
            ),
        );
        let table = query.split_whitespace().nth(3).unwrap().trim_start_matches("public.");
        assert!(plan.contains(&format!("{table}_by_")) || plan.contains(&format!("{table}_pkey")), "{query}:\n{plan}");
        assert!(!plan.contains(&format!("Seq Scan on {table}")), "{query}:\n{plan}");
        // Whose profiles these are is asked once a query, not once a row.
        assert!(plan.contains("InitPlan"), "{query}:\n{plan}");
        // Of the large profile: what a query costs for whom the policies hold, and for whom they do not.
        let large = "select id from public.profiles order by id = '22222222-2222-4222-8222-222222222222' limit 1";
        let asked = query.replace("$1", &format!("'{}'", server.query("live", large)));
        let (with, without) = (time_of(&server, &asked, true), time_of(&server, &asked, false));
        slower.push(format!("{:.1} ({:.2} ms)", with / without, with / 300.0));
    }
    println!("soak: queries with policies against the same without them: {} x", slower.join(", "));
}

/// What asking 300 times takes, milliseconds, as the owner or as one who may everything; recorded, never asserted.
fn time_of(server: &Postgres, query: &str, as_owner: bool) -> f64 {
    let role = if as_owner { "set local role authenticated;" } else { "" };
    let text = server.query(
        "live",
        &format!(
            "begin;
             create function pg_temp.taken(q text) returns numeric language plpgsql as $f$
             declare began timestamptz;
             begin
                 execute q;
                 began := clock_timestamp();
                 for n in 1..300 loop execute q; end loop;
                 return extract(epoch from clock_timestamp() - began) * 1000;
             end $f$;
             {role} set local \"request.jwt.claims\" = '{{\"sub\": \"{OWNER}\"}}';
             select pg_temp.taken($q$select count(*) from ({query}) x$q$);
             rollback"
        ),
    );
    text.lines().find_map(|line| line.trim().parse().ok()).unwrap()
}
