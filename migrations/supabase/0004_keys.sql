-- Written by `cargo xtask bindings` from the list in src-tauri/core/src/sync/tables.rs: change that list.
--
-- From here on every row belongs to a profile, and a reference cannot leave it. Needs the rows to have one: the
-- step before gives it to old ones. The long look at old rows (`validate`) locks nobody out.
--
-- Back: drop the constraints named here.

begin;
update public.settings set clock = jsonb_strip_nulls(jsonb_build_object(
    'name', case when name is not null then '0000000000000001:00000000' end,
    'value', case when value is not null then '0000000000000001:00000000' end,
    'deleted', '0000000000000001:00000000'))
where clock = '{}';
commit;
begin;
alter table public.settings drop constraint if exists settings_has_profile;
alter table public.settings add constraint settings_has_profile check (profile_id is not null) not valid;
alter table public.settings validate constraint settings_has_profile;
alter table public.settings alter column profile_id set not null;
alter table public.settings drop constraint settings_has_profile;
call private.key_by_profile('settings');
alter table public.settings drop constraint if exists settings_profile_id_fkey;
alter table public.settings add constraint settings_profile_id_fkey
    foreign key (profile_id) references public.profiles (id) not valid;
alter table public.settings validate constraint settings_profile_id_fkey;
commit;

begin;
update public.sources set clock = jsonb_strip_nulls(jsonb_build_object(
    'name', case when name is not null then '0000000000000001:00000000' end,
    'hash', case when hash is not null then '0000000000000001:00000000' end,
    'bytes', case when bytes is not null then '0000000000000001:00000000' end,
    'duration_ms', case when duration_ms is not null then '0000000000000001:00000000' end,
    'width', case when width is not null then '0000000000000001:00000000' end,
    'height', case when height is not null then '0000000000000001:00000000' end,
    'has_sound', case when has_sound is not null then '0000000000000001:00000000' end,
    'probe', case when probe is not null then '0000000000000001:00000000' end,
    'framing', case when framing is not null then '0000000000000001:00000000' end,
    'analysed_at', case when analysed_at is not null then '0000000000000001:00000000' end,
    'tags', case when tags is not null then '0000000000000001:00000000' end,
    'shots', case when shots is not null then '0000000000000001:00000000' end,
    'created_at', case when created_at is not null then '0000000000000001:00000000' end,
    'deleted', '0000000000000001:00000000'))
where clock = '{}';
commit;
begin;
alter table public.sources drop constraint if exists sources_has_profile;
alter table public.sources add constraint sources_has_profile check (profile_id is not null) not valid;
alter table public.sources validate constraint sources_has_profile;
alter table public.sources alter column profile_id set not null;
alter table public.sources drop constraint sources_has_profile;
call private.key_by_profile('sources');
alter table public.sources drop constraint if exists sources_profile_id_fkey;
alter table public.sources add constraint sources_profile_id_fkey
    foreign key (profile_id) references public.profiles (id) not valid;
alter table public.sources validate constraint sources_profile_id_fkey;
commit;

begin;
update public.projects set clock = jsonb_strip_nulls(jsonb_build_object(
    'name', case when name is not null then '0000000000000001:00000000' end,
    'look', case when look is not null then '0000000000000001:00000000' end,
    'sources', case when sources is not null then '0000000000000001:00000000' end,
    'created_at', case when created_at is not null then '0000000000000001:00000000' end,
    'deleted', '0000000000000001:00000000'))
where clock = '{}';
commit;
begin;
alter table public.projects drop constraint if exists projects_has_profile;
alter table public.projects add constraint projects_has_profile check (profile_id is not null) not valid;
alter table public.projects validate constraint projects_has_profile;
alter table public.projects alter column profile_id set not null;
alter table public.projects drop constraint projects_has_profile;
call private.key_by_profile('projects');
alter table public.projects drop constraint if exists projects_profile_id_fkey;
alter table public.projects add constraint projects_profile_id_fkey
    foreign key (profile_id) references public.profiles (id) not valid;
alter table public.projects validate constraint projects_profile_id_fkey;
commit;

begin;
update public.scripts set clock = jsonb_strip_nulls(jsonb_build_object(
    'project_id', case when project_id is not null then '0000000000000001:00000000' end,
    'name', case when name is not null then '0000000000000001:00000000' end,
    'text', case when text is not null then '0000000000000001:00000000' end,
    'language', case when language is not null then '0000000000000001:00000000' end,
    'tags', case when tags is not null then '0000000000000001:00000000' end,
    'recording', case when recording is not null then '0000000000000001:00000000' end,
    'position', case when position is not null then '0000000000000001:00000000' end,
    'pins', case when pins is not null then '0000000000000001:00000000' end,
    'caption_edits', case when caption_edits is not null then '0000000000000001:00000000' end,
    'created_at', case when created_at is not null then '0000000000000001:00000000' end,
    'deleted', '0000000000000001:00000000'))
where clock = '{}';
commit;
begin;
alter table public.scripts drop constraint if exists scripts_has_profile;
alter table public.scripts add constraint scripts_has_profile check (profile_id is not null) not valid;
alter table public.scripts validate constraint scripts_has_profile;
alter table public.scripts alter column profile_id set not null;
alter table public.scripts drop constraint scripts_has_profile;
call private.key_by_profile('scripts');
alter table public.scripts drop constraint if exists scripts_profile_id_fkey;
alter table public.scripts add constraint scripts_profile_id_fkey
    foreign key (profile_id) references public.profiles (id) not valid;
alter table public.scripts validate constraint scripts_profile_id_fkey;
commit;

begin;
update public.clips set clock = jsonb_strip_nulls(jsonb_build_object(
    'project_id', case when project_id is not null then '0000000000000001:00000000' end,
    'plan', case when plan is not null then '0000000000000001:00000000' end,
    'name', case when name is not null then '0000000000000001:00000000' end,
    'hash', case when hash is not null then '0000000000000001:00000000' end,
    'bytes', case when bytes is not null then '0000000000000001:00000000' end,
    'duration_ms', case when duration_ms is not null then '0000000000000001:00000000' end,
    'receipt', case when receipt is not null then '0000000000000001:00000000' end,
    'triage', case when triage is not null then '0000000000000001:00000000' end,
    'created_at', case when created_at is not null then '0000000000000001:00000000' end,
    'deleted', '0000000000000001:00000000'))
where clock = '{}';
commit;
begin;
alter table public.clips drop constraint if exists clips_has_profile;
alter table public.clips add constraint clips_has_profile check (profile_id is not null) not valid;
alter table public.clips validate constraint clips_has_profile;
alter table public.clips alter column profile_id set not null;
alter table public.clips drop constraint clips_has_profile;
call private.key_by_profile('clips');
alter table public.clips drop constraint if exists clips_profile_id_fkey;
alter table public.clips add constraint clips_profile_id_fkey
    foreign key (profile_id) references public.profiles (id) not valid;
alter table public.clips validate constraint clips_profile_id_fkey;
commit;

begin;
update public.jobs set clock = jsonb_strip_nulls(jsonb_build_object(
    'kind', case when kind is not null then '0000000000000001:00000000' end,
    'status', case when status is not null then '0000000000000001:00000000' end,
    'created_at', case when created_at is not null then '0000000000000001:00000000' end,
    'started_at', case when started_at is not null then '0000000000000001:00000000' end,
    'finished_at', case when finished_at is not null then '0000000000000001:00000000' end,
    'deleted', '0000000000000001:00000000'))
where clock = '{}';
commit;
begin;
alter table public.jobs drop constraint if exists jobs_has_profile;
alter table public.jobs add constraint jobs_has_profile check (profile_id is not null) not valid;
alter table public.jobs validate constraint jobs_has_profile;
alter table public.jobs alter column profile_id set not null;
alter table public.jobs drop constraint jobs_has_profile;
call private.key_by_profile('jobs');
alter table public.jobs drop constraint if exists jobs_profile_id_fkey;
alter table public.jobs add constraint jobs_profile_id_fkey
    foreign key (profile_id) references public.profiles (id) not valid;
alter table public.jobs validate constraint jobs_profile_id_fkey;
commit;

begin;
update public.api_costs set clock = jsonb_strip_nulls(jsonb_build_object(
    'provider', case when provider is not null then '0000000000000001:00000000' end,
    'model', case when model is not null then '0000000000000001:00000000' end,
    'month', case when month is not null then '0000000000000001:00000000' end,
    'status', case when status is not null then '0000000000000001:00000000' end,
    'characters_reserved', case when characters_reserved is not null then '0000000000000001:00000000' end,
    'microusd_reserved', case when microusd_reserved is not null then '0000000000000001:00000000' end,
    'characters_charged', case when characters_charged is not null then '0000000000000001:00000000' end,
    'microusd_charged', case when microusd_charged is not null then '0000000000000001:00000000' end,
    'project_id', case when project_id is not null then '0000000000000001:00000000' end,
    'device', case when device is not null then '0000000000000001:00000000' end,
    'created_at', case when created_at is not null then '0000000000000001:00000000' end,
    'sent_at', case when sent_at is not null then '0000000000000001:00000000' end,
    'ended_at', case when ended_at is not null then '0000000000000001:00000000' end,
    'deleted', '0000000000000001:00000000'))
where clock = '{}';
commit;
begin;
alter table public.api_costs drop constraint if exists api_costs_has_profile;
alter table public.api_costs add constraint api_costs_has_profile check (profile_id is not null) not valid;
alter table public.api_costs validate constraint api_costs_has_profile;
alter table public.api_costs alter column profile_id set not null;
alter table public.api_costs drop constraint api_costs_has_profile;
call private.key_by_profile('api_costs');
alter table public.api_costs drop constraint if exists api_costs_profile_id_fkey;
alter table public.api_costs add constraint api_costs_profile_id_fkey
    foreign key (profile_id) references public.profiles (id) not valid;
alter table public.api_costs validate constraint api_costs_profile_id_fkey;
commit;

begin;
update public.publications set clock = jsonb_strip_nulls(jsonb_build_object(
    'clip_id', case when clip_id is not null then '0000000000000001:00000000' end,
    'clip_hash', case when clip_hash is not null then '0000000000000001:00000000' end,
    'account', case when account is not null then '0000000000000001:00000000' end,
    'platform', case when platform is not null then '0000000000000001:00000000' end,
    'status', case when status is not null then '0000000000000001:00000000' end,
    'caption', case when caption is not null then '0000000000000001:00000000' end,
    'settings', case when settings is not null then '0000000000000001:00000000' end,
    'device', case when device is not null then '0000000000000001:00000000' end,
    'publish_at', case when publish_at is not null then '0000000000000001:00000000' end,
    'post_id', case when post_id is not null then '0000000000000001:00000000' end,
    'url', case when url is not null then '0000000000000001:00000000' end,
    'created_at', case when created_at is not null then '0000000000000001:00000000' end,
    'sent_at', case when sent_at is not null then '0000000000000001:00000000' end,
    'ended_at', case when ended_at is not null then '0000000000000001:00000000' end,
    'deleted', '0000000000000001:00000000'))
where clock = '{}';
commit;
begin;
alter table public.publications drop constraint if exists publications_has_profile;
alter table public.publications add constraint publications_has_profile check (profile_id is not null) not valid;
alter table public.publications validate constraint publications_has_profile;
alter table public.publications alter column profile_id set not null;
alter table public.publications drop constraint publications_has_profile;
call private.key_by_profile('publications');
alter table public.publications drop constraint if exists publications_profile_id_fkey;
alter table public.publications add constraint publications_profile_id_fkey
    foreign key (profile_id) references public.profiles (id) not valid;
alter table public.publications validate constraint publications_profile_id_fkey;
commit;

begin;
alter table public.scripts drop constraint if exists scripts_project_id_fkey;
alter table public.scripts add constraint scripts_project_id_fkey
    foreign key (profile_id, project_id) references public.projects (profile_id, id) not valid;
alter table public.scripts validate constraint scripts_project_id_fkey;
commit;

begin;
alter table public.clips drop constraint if exists clips_project_id_fkey;
alter table public.clips add constraint clips_project_id_fkey
    foreign key (profile_id, project_id) references public.projects (profile_id, id) not valid;
alter table public.clips validate constraint clips_project_id_fkey;
commit;

