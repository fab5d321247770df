-- Written by `cargo xtask bindings` from the list in src-tauri/core/src/sync/tables.rs: change that list.
--
-- Who may see and change what: an owner the rows of their own profiles, nobody else anything. Security and policies
-- come together in one transaction: without policies nobody would see anything any more.
--
-- Back: `alter table … disable row level security` on each table named here, in one transaction.

begin;

revoke all on public.profiles from anon, authenticated;
grant select, insert, update on public.profiles to authenticated;
drop policy if exists own on public.profiles;
create policy own on public.profiles for all to authenticated
    using (user_id = (select auth.uid()))
    with check (user_id = (select auth.uid()));
alter table public.profiles enable row level security;
alter table public.profiles force row level security;

revoke all on public.settings from anon, authenticated;
grant select, insert, update on public.settings to authenticated;
drop policy if exists own_profiles on public.settings;
create policy own_profiles on public.settings for all to authenticated
    using (profile_id = any ((select private.my_profiles())::uuid[]))
    with check (profile_id = any ((select private.my_profiles())::uuid[]));
alter table public.settings enable row level security;
alter table public.settings force row level security;
drop trigger if exists stamp on public.settings;
create trigger stamp before insert or update on public.settings
    for each row execute function private.stamp();

revoke all on public.sources from anon, authenticated;
grant select, insert, update on public.sources to authenticated;
drop policy if exists own_profiles on public.sources;
create policy own_profiles on public.sources for all to authenticated
    using (profile_id = any ((select private.my_profiles())::uuid[]))
    with check (profile_id = any ((select private.my_profiles())::uuid[]));
alter table public.sources enable row level security;
alter table public.sources force row level security;
drop trigger if exists stamp on public.sources;
create trigger stamp before insert or update on public.sources
    for each row execute function private.stamp();

revoke all on public.projects from anon, authenticated;
grant select, insert, update on public.projects to authenticated;
drop policy if exists own_profiles on public.projects;
create policy own_profiles on public.projects for all to authenticated
    using (profile_id = any ((select private.my_profiles())::uuid[]))
    with check (profile_id = any ((select private.my_profiles())::uuid[]));
alter table public.projects enable row level security;
alter table public.projects force row level security;
drop trigger if exists stamp on public.projects;
create trigger stamp before insert or update on public.projects
    for each row execute function private.stamp();

revoke all on public.scripts from anon, authenticated;
grant select, insert, update on public.scripts to authenticated;
drop policy if exists own_profiles on public.scripts;
create policy own_profiles on public.scripts for all to authenticated
    using (profile_id = any ((select private.my_profiles())::uuid[]))
    with check (profile_id = any ((select private.my_profiles())::uuid[]));
alter table public.scripts enable row level security;
alter table public.scripts force row level security;
drop trigger if exists stamp on public.scripts;
create trigger stamp before insert or update on public.scripts
    for each row execute function private.stamp();

revoke all on public.clips from anon, authenticated;
grant select, insert, update on public.clips to authenticated;
drop policy if exists own_profiles on public.clips;
create policy own_profiles on public.clips for all to authenticated
    using (profile_id = any ((select private.my_profiles())::uuid[]))
    with check (profile_id = any ((select private.my_profiles())::uuid[]));
alter table public.clips enable row level security;
alter table public.clips force row level security;
drop trigger if exists stamp on public.clips;
create trigger stamp before insert or update on public.clips
    for each row execute function private.stamp();

revoke all on public.jobs from anon, authenticated;
grant select, insert, update on public.jobs to authenticated;
drop policy if exists own_profiles on public.jobs;
create policy own_profiles on public.jobs for all to authenticated
    using (profile_id = any ((select private.my_profiles())::uuid[]))
    with check (profile_id = any ((select private.my_profiles())::uuid[]));
alter table public.jobs enable row level security;
alter table public.jobs force row level security;
drop trigger if exists stamp on public.jobs;
create trigger stamp before insert or update on public.jobs
    for each row execute function private.stamp();

revoke all on public.api_costs from anon, authenticated;
grant select, insert, update on public.api_costs to authenticated;
drop policy if exists own_profiles on public.api_costs;
create policy own_profiles on public.api_costs for all to authenticated
    using (profile_id = any ((select private.my_profiles())::uuid[]))
    with check (profile_id = any ((select private.my_profiles())::uuid[]));
alter table public.api_costs enable row level security;
alter table public.api_costs force row level security;
drop trigger if exists stamp on public.api_costs;
create trigger stamp before insert or update on public.api_costs
    for each row execute function private.stamp();

revoke all on public.publications from anon, authenticated;
grant select, insert, update on public.publications to authenticated;
drop policy if exists own_profiles on public.publications;
create policy own_profiles on public.publications for all to authenticated
    using (profile_id = any ((select private.my_profiles())::uuid[]))
    with check (profile_id = any ((select private.my_profiles())::uuid[]));
alter table public.publications enable row level security;
alter table public.publications force row level security;
drop trigger if exists stamp on public.publications;
create trigger stamp before insert or update on public.publications
    for each row execute function private.stamp();

commit;
