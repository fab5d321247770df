-- Two users who know each other's ids.
begin;
set local search_path = public, tap;
select plan(31);
\set ann '\'aaaaaaaa-0000-4000-8000-000000000001\''
\set bob '\'bbbbbbbb-0000-4000-8000-000000000001\''
\set of_ann '\'aaaaaaaa-0000-4000-8000-0000000000f1\''
\set also_ann '\'aaaaaaaa-0000-4000-8000-0000000000f2\''
\set of_bob '\'bbbbbbbb-0000-4000-8000-0000000000f1\''
\set bobs_project '\'bbbbbbbb-0000-4000-8000-00000000b001\''
\set anns_project '\'aaaaaaaa-0000-4000-8000-00000000b001\''
create function pg_temp.become(who uuid) returns void language sql as $$
    select set_config('role', 'authenticated', true),
        set_config('request.jwt.claims', json_build_object('sub', who, 'role', 'authenticated')::text, true)
$$;
create function pg_temp.nobody() returns void language sql as $$
    select set_config('role', 'anon', true), set_config('request.jwt.claims', '{"role": "anon"}', true)
$$;
insert into auth.users (id) values (:ann), (:bob);
insert into public.profiles (id, user_id, name) values
    (:of_ann, :ann, 'A'), (:also_ann, :ann, 'A, the second'), (:of_bob, :bob, 'B');
insert into public.projects (profile_id, id, name) values (:of_ann, :anns_project, 'of Ann'), (:of_bob, :bobs_project, 'of Bob');
insert into public.clips (profile_id, id, name) values (:of_bob, 'bbbbbbbb-0000-4000-8000-00000000c001', 'secret');

select pg_temp.nobody();
select throws_ok('select * from public.projects', '42501', null, 'who is not signed in sees nothing');
select throws_ok($$ insert into public.projects (profile_id, id) values ('bbbbbbbb-0000-4000-8000-0000000000f1', gen_random_uuid()) $$,
    '42501', null, 'who is not signed in adds nothing');
select throws_ok($$ select public.sync_pull('bbbbbbbb-0000-4000-8000-0000000000f1') $$, '42501', null,
    'who is not signed in reads nothing');
select throws_ok($$ select public.erase_profile('bbbbbbbb-0000-4000-8000-0000000000f1') $$, '42501', null,
    'who is not signed in erases nothing');
select throws_ok('select * from private.heads', '42501', null, 'what is private stays so');

select pg_temp.become(:ann);
select results_eq('select name from public.projects', array['of Ann'], 'one sees what is one’s own');
select is_empty('select * from public.clips', 'and nothing of others');
select is_empty($$ select * from public.profiles where id = 'bbbbbbbb-0000-4000-8000-0000000000f1' $$, 'nor their profiles');
select throws_ok($$ insert into public.projects (profile_id, id) values ('bbbbbbbb-0000-4000-8000-0000000000f1', gen_random_uuid()) $$,
    '42501', null, 'nothing is put into the profile of another');
select is_empty($$ update public.clips set name = 'taken' returning 1 $$, 'nothing of another is changed');
select throws_ok($$ update public.projects set profile_id = 'bbbbbbbb-0000-4000-8000-0000000000f1' $$, '42501', null,
    'nothing moves into the profile of another');
select throws_ok($$ update public.projects set profile_id = 'aaaaaaaa-0000-4000-8000-0000000000f2' $$, '42501', null,
    'nor into another profile of one’s own');
select throws_ok($$ delete from public.projects $$, '42501', null, 'nothing is deleted, not even one’s own');
select throws_ok($$ truncate public.projects $$, '42501', null, 'nor all at once');
select throws_ok($$ insert into public.clips (profile_id, id, project_id) values ('aaaaaaaa-0000-4000-8000-0000000000f1',
    gen_random_uuid(), 'bbbbbbbb-0000-4000-8000-00000000b001') $$, '23503', null, 'nothing points at what another has');
select throws_ok($$ insert into public.clips (profile_id, id, project_id) values ('aaaaaaaa-0000-4000-8000-0000000000f1',
    gen_random_uuid(), gen_random_uuid()) $$, '23503', null, 'which looks the same as what nobody has');
select throws_ok($$ insert into public.clips (profile_id, id, project_id) values ('aaaaaaaa-0000-4000-8000-0000000000f2',
    gen_random_uuid(), 'aaaaaaaa-0000-4000-8000-00000000b001') $$, '23503', null,
    'nothing of one profile points at what another of the same user has');
select lives_ok($$ insert into public.clips (profile_id, id) values ('aaaaaaaa-0000-4000-8000-0000000000f1',
    'bbbbbbbb-0000-4000-8000-00000000c001') $$, 'an id that another uses is free: it tells nothing');
select throws_ok($$ select public.sync_pull('bbbbbbbb-0000-4000-8000-0000000000f1') $$, '42501', null,
    'the profile of another is not read');
select throws_ok($$ select public.sync_push('bbbbbbbb-0000-4000-8000-0000000000f1', '[]', 1) $$, '42501', null,
    'nor written');
select throws_ok($$ select public.erase_profile('bbbbbbbb-0000-4000-8000-0000000000f1') $$, '42501', null, 'nor erased');
select throws_ok($$ select private.lock_head('bbbbbbbb-0000-4000-8000-0000000000f1') $$, '42501', null,
    'nor held up');
select throws_ok($$ insert into public.profiles (id, user_id) values (gen_random_uuid(), 'bbbbbbbb-0000-4000-8000-000000000001') $$,
    '42501', null, 'nobody makes a profile for another');
select throws_ok($$ update public.profiles set user_id = 'bbbbbbbb-0000-4000-8000-000000000001' $$, '42501', null,
    'nor gives one away');
select lives_ok($$ insert into storage.objects (bucket_id, name) values ('media', 'aaaaaaaa-0000-4000-8000-0000000000f1/1.mp4') $$,
    'a file is stored in one’s own profile');
select throws_ok($$ insert into storage.objects (bucket_id, name) values ('media', 'bbbbbbbb-0000-4000-8000-0000000000f1/1.mp4') $$,
    '42501', null, 'and not in that of another');
select throws_ok($$ select public.erase_profile('aaaaaaaa-0000-4000-8000-0000000000f1') $$, 'P0440', null,
    'a profile whose files are still there is not erased');
delete from storage.objects;
select results_eq($$ select public.erase_profile('aaaaaaaa-0000-4000-8000-0000000000f1') - 'settings' - 'scripts' - 'jobs' - 'sources' - 'api_costs' - 'publications' $$,
    $$ values ('{"clips": 1, "projects": 1}'::jsonb) $$, 'the owner erases a profile, and hears what went');
select results_eq('select name from public.profiles', array['A, the second'], 'and no other profile');

select set_config('role', 'postgres', true), set_config('request.jwt.claims', '', true);
select results_eq($$ select name from public.clips where profile_id = 'bbbbbbbb-0000-4000-8000-0000000000f1' $$, array['secret'], 'what is of others is as it was');
select results_eq($$ select name from public.projects where profile_id = 'bbbbbbbb-0000-4000-8000-0000000000f1' $$, array['of Bob'], 'all of it');

select * from finish();
rollback;
