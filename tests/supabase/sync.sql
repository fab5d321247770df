-- What push and pull promise, on one profile.
begin;
set local search_path = public, tap;
select plan(19);
\set ann '\'aaaaaaaa-0000-4000-8000-000000000001\''
\set of_ann '\'aaaaaaaa-0000-4000-8000-0000000000f1\''
insert into auth.users (id) values (:ann);
insert into public.profiles (id, user_id, name) values (:of_ann, :ann, 'A');
select set_config('role', 'authenticated', true),
    set_config('request.jwt.claims', json_build_object('sub', :ann, 'role', 'authenticated')::text, true);
create temporary table said (step text primary key, answer jsonb);
create function pg_temp.clock(ahead_ms bigint, device text) returns text language sql volatile as $$
    select lpad(to_hex((((extract(epoch from clock_timestamp()) * 1000)::bigint + ahead_ms) << 16)), 16, '0') || ':' || device
$$;
create function pg_temp.change(t text, id text, f jsonb, clock text) returns jsonb language sql immutable as $$
    select jsonb_build_object('t', t, 'id', id, 'f', f,
        'c', (select jsonb_object_agg(k, clock) from jsonb_object_keys(f) k))
$$;
create function pg_temp.push(changes jsonb) returns jsonb language sql volatile as $$
    select public.sync_push('aaaaaaaa-0000-4000-8000-0000000000f1', changes, 1)
$$;
\set project '\'aaaaaaaa-0000-4000-8000-00000000b001\''
\set clip '\'aaaaaaaa-0000-4000-8000-00000000c001\''
\set bad '\'aaaaaaaa-0000-4000-8000-00000000c002\''
select pg_temp.clock(-60000, '00000001') as early, pg_temp.clock(-50000, '00000002') as late,
    pg_temp.clock(7200000, '00000001') as ahead \gset

insert into said values ('first', pg_temp.push(jsonb_build_array(
    pg_temp.change('projects', :project, '{"name": "bread", "look": {"platform": "tiktok"}, "created_at": 1760000000123}', :'early'),
    pg_temp.change('clips', :clip, jsonb_build_object('name', 'one', 'triage', 'new', 'project_id', :project), :'early'))));
select is((select answer -> 'rows' -> 1 ->> 'ok' from said where step = 'first'), 'true', 'what is new is taken');
select is((select name from clips where id = :clip), 'one', 'and is there');
select is((select created_at from projects where id = :project), timestamptz '2025-10-09 08:53:20.123+00', 'moments keep their milliseconds');

select pg_temp.push(jsonb_build_array(pg_temp.change('clips', :clip, '{"name": "two"}', :'late')));
select pg_temp.push(jsonb_build_array(pg_temp.change('clips', :clip, '{"name": "zero", "triage": "accepted"}', :'early')));
select is((select name from clips where id = :clip), 'two', 'the later change of a column wins, whatever arrives last');
select is((select triage from clips where id = :clip), 'new', 'one with the same clock changes nothing');
select pg_temp.push(jsonb_build_array(pg_temp.change('clips', :clip, '{"triage": "rejected"}', :'late')));
select is((select name || ' ' || triage from clips where id = :clip), 'two rejected', 'columns do not disturb each other');

select rev as before from clips where id = :clip \gset
select pg_temp.push(jsonb_build_array(pg_temp.change('clips', :clip, '{"triage": "rejected"}', :'late')));
select is((select rev from clips where id = :clip), :before::bigint, 'sent twice, it changes nothing and is no news');

insert into said values ('bad', pg_temp.push(jsonb_build_array(
    pg_temp.change('clips', :bad, '{"name": "three", "triage": "perhaps"}', :'late'),
    pg_temp.change('clips', 'aaaaaaaa-0000-4000-8000-00000000c003', '{"name": "four"}', :'late'))));
select is((select answer -> 'rows' -> 0 ->> 'code' from said where step = 'bad'), '23514', 'a row that is refused is told why');
select is((select answer -> 'rows' -> 1 ->> 'ok' from said where step = 'bad'), 'true', 'and keeps no other out');
select is((select count(*)::int from clips where id = :bad), 0, 'nothing of it is there');

insert into said values ('ahead', pg_temp.push(jsonb_build_array(pg_temp.change('clips', :clip, '{"name": "future"}', :'ahead'))));
select is((select answer -> 'rows' -> 0 ->> 'code' from said where step = 'ahead'), 'P0425', 'a clock that is ahead is refused');
select ok((select (answer ->> 'now_ms')::bigint > 1760000000000 from said where step = 'ahead'), 'with the time it is');
select throws_ok(format('select pg_temp.push(%L)', jsonb_build_array(pg_temp.change('clips', :clip, '{"colour": "red"}', :'late'))),
    'P0427', null, 'a column the server does not know stops the whole, and nothing is set aside for it');
select throws_ok($$ select public.sync_push('aaaaaaaa-0000-4000-8000-0000000000f1', '[]', 0) $$, 'P0426', null,
    'a device that is too old is told so');
select lives_ok(format('select public.sync_push(%L, to_jsonb(%L::text), 1)', :of_ann, '[]'), 'JSON inside a string is JSON');

insert into said select 'page ' || n, public.sync_pull(:of_ann, '[0, 0, "00000000-0000-0000-0000-000000000000"]', 2) from (values (1)) v (n);
insert into said select 'page 2', public.sync_pull(:of_ann, (select answer -> 'cursor' from said where step = 'page 1'), 2);
select is((select array_agg(j ->> 't' || ' ' || (j -> 'j' ->> 'name')) from said, jsonb_array_elements(answer -> 'rows') j
    where step like 'page %'), array['projects bread', 'clips two', 'clips four'], 'pages give every row once, in the order of changes');
select is((select array_agg(answer ->> 'more' order by step) from said where step like 'page %'), array['true', 'false'], 'and say when another one waits');
select is((select (answer -> 'rows' -> 0 -> 'j' ->> 'created_at')::bigint from said where step = 'page 1'), 1760000000123,
    'moments go back as they came');
select is((select answer -> 'rows' -> 0 -> 'j' ? 'profile_id' from said where step = 'page 1'), false, 'a row does not repeat whose it is');

select * from finish();
rollback;
