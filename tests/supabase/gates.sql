-- What must hold for every table, whoever adds one.
begin;
set local search_path = public, tap;
select plan(12);

select is_empty($$ select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
    and not (relrowsecurity and relforcerowsecurity) $$, 'every table has row level security, for its owner too');
select is_empty($$ select relname from pg_class c where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
    and not exists (select 1 from pg_policy p where p.polrelid = c.oid) $$, 'every table has a policy');
select is_empty($$ select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('v', 'm')
    and not coalesce(reloptions @> array['security_invoker=true'], false) $$, 'a view acts as the one who asks');
select is_empty($$ select c.relname from pg_class c where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
    and relname <> 'profiles' and not exists (select 1 from pg_attribute a where a.attrelid = c.oid
        and a.attname = 'profile_id' and a.attnotnull) $$, 'every row has a profile');
select is_empty($$ select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'profile_id'
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not exists (
        select 1 from pg_index i where i.indrelid = c.oid and i.indkey[0] = a.attnum) $$, 'the profile leads an index');
select is_empty($$ select i.indexrelid::regclass from pg_index i join pg_class c on c.oid = i.indrelid
    join pg_attribute a on a.attrelid = c.oid and a.attname = 'profile_id'
    where c.relnamespace = 'public'::regnamespace and i.indkey[0] <> a.attnum $$,
    'no index is over rows of several profiles');
select is_empty($$ select k.conrelid::regclass, k.conname from pg_constraint k where contype = 'f'
    and connamespace = 'public'::regnamespace
    and exists (select 1 from pg_attribute where attrelid = k.confrelid and attname = 'profile_id' and not attisdropped)
    and not exists (select 1 from pg_attribute where attrelid = k.conrelid and attname = 'profile_id'
        and attnum = any (k.conkey)) $$, 'no reference can leave its profile');
select is_empty($$ select table_name, privilege_type from information_schema.role_table_grants
    where table_schema = 'public' and (grantee in ('anon', 'PUBLIC')
        or grantee = 'authenticated' and privilege_type not in ('SELECT', 'INSERT', 'UPDATE')) $$,
    'nobody may delete or truncate, and who is not signed in may nothing');
select is_empty($$ select p.oid::regprocedure from pg_proc p where pronamespace in ('public'::regnamespace, 'private'::regnamespace)
    and prosecdef and not coalesce(proconfig @> array['search_path=""'], false) $$,
    'what runs with the rights of its owner looks nothing up by a name that others choose');
select is_empty($$ select p.oid::regprocedure from pg_proc p
    left join lateral aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a on true
    where pronamespace in ('public'::regnamespace, 'private'::regnamespace) and a.privilege_type = 'EXECUTE'
    and (a.grantee = 0 or a.grantee = 'anon'::regrole)
    and not exists (select 1 from pg_depend d where d.objid = p.oid and d.deptype = 'e') $$,
    'no function is for everybody');
select is_empty($$ select c.relname from pg_class c where relnamespace = 'public'::regnamespace and relkind = 'r'
    and relname <> 'profiles' and not exists (select 1 from pg_trigger t where t.tgrelid = c.oid and t.tgname = 'stamp') $$,
    'every change is numbered');
select is_empty($$ select k.conrelid::regclass, k.conname from pg_constraint k where connamespace = 'public'::regnamespace
    and contype = 'f' and not convalidated $$, 'every reference was looked at');

select * from finish();
rollback;
