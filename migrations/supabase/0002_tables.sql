-- Written by `cargo xtask bindings` from the list in src-tauri/core/src/sync/tables.rs: change that list.
--
-- What a profile keeps. Made where it is missing, and given its columns where it was there before: old rows keep
-- whatever else they had. Can be run again at any time.
--
-- Back: drop the tables, or the columns that are new, one by one. No row is changed by this file.

begin;

create table if not exists public.settings (
    id uuid not null,
    profile_id uuid not null,
    constraint settings_pkey primary key (profile_id, id)
);
alter table public.settings add column if not exists profile_id uuid;
alter table public.settings add column if not exists name text;
alter table public.settings add column if not exists value jsonb;
alter table public.settings add column if not exists deleted boolean not null default false;
alter table public.settings add column if not exists clock jsonb not null default '{}';
alter table public.settings add column if not exists rev bigint not null default 0;
call private.let_be_partial('settings', array['name', 'value']);
create index if not exists settings_by_rev on public.settings (profile_id, rev);

create table if not exists public.sources (
    id uuid not null,
    profile_id uuid not null,
    constraint sources_pkey primary key (profile_id, id)
);
alter table public.sources add column if not exists profile_id uuid;
alter table public.sources add column if not exists name text;
alter table public.sources add column if not exists hash text;
alter table public.sources add column if not exists bytes bigint;
alter table public.sources add column if not exists duration_ms bigint;
alter table public.sources add column if not exists width bigint;
alter table public.sources add column if not exists height bigint;
alter table public.sources add column if not exists has_sound boolean;
alter table public.sources add column if not exists probe jsonb;
alter table public.sources add column if not exists framing jsonb;
alter table public.sources add column if not exists analysed_at timestamptz;
alter table public.sources add column if not exists tags jsonb;
alter table public.sources add column if not exists shots jsonb;
alter table public.sources add column if not exists created_at timestamptz;
alter table public.sources add column if not exists deleted boolean not null default false;
alter table public.sources add column if not exists clock jsonb not null default '{}';
alter table public.sources add column if not exists rev bigint not null default 0;
call private.let_be_partial('sources', array['name', 'hash', 'bytes', 'duration_ms', 'width', 'height', 'has_sound', 'probe', 'framing', 'analysed_at', 'tags', 'shots', 'created_at']);
create index if not exists sources_by_rev on public.sources (profile_id, rev);
create index if not exists sources_by_hash on public.sources (profile_id, hash);
create index if not exists sources_by_created_at_desc on public.sources (profile_id, created_at desc);

create table if not exists public.projects (
    id uuid not null,
    profile_id uuid not null,
    constraint projects_pkey primary key (profile_id, id)
);
alter table public.projects add column if not exists profile_id uuid;
alter table public.projects add column if not exists name text;
alter table public.projects add column if not exists look jsonb;
alter table public.projects add column if not exists sources jsonb;
alter table public.projects add column if not exists created_at timestamptz;
alter table public.projects add column if not exists deleted boolean not null default false;
alter table public.projects add column if not exists clock jsonb not null default '{}';
alter table public.projects add column if not exists rev bigint not null default 0;
call private.let_be_partial('projects', array['name', 'look', 'sources', 'created_at']);
create index if not exists projects_by_rev on public.projects (profile_id, rev);
create index if not exists projects_by_created_at_desc on public.projects (profile_id, created_at desc);

create table if not exists public.scripts (
    id uuid not null,
    profile_id uuid not null,
    constraint scripts_pkey primary key (profile_id, id)
);
alter table public.scripts add column if not exists profile_id uuid;
alter table public.scripts add column if not exists project_id uuid;
alter table public.scripts add column if not exists name text;
alter table public.scripts add column if not exists text text;
alter table public.scripts add column if not exists language text;
alter table public.scripts add column if not exists tags jsonb;
alter table public.scripts add column if not exists recording jsonb;
alter table public.scripts add column if not exists position bigint;
alter table public.scripts add column if not exists pins jsonb;
alter table public.scripts add column if not exists caption_edits jsonb;
alter table public.scripts add column if not exists created_at timestamptz;
alter table public.scripts add column if not exists deleted boolean not null default false;
alter table public.scripts add column if not exists clock jsonb not null default '{}';
alter table public.scripts add column if not exists rev bigint not null default 0;
call private.let_be_partial('scripts', array['project_id', 'name', 'text', 'language', 'tags', 'recording', 'position', 'pins', 'caption_edits', 'created_at']);
create index if not exists scripts_by_rev on public.scripts (profile_id, rev);
create index if not exists scripts_by_project_id on public.scripts (profile_id, project_id);

create table if not exists public.clips (
    id uuid not null,
    profile_id uuid not null,
    constraint clips_pkey primary key (profile_id, id)
);
alter table public.clips add column if not exists profile_id uuid;
alter table public.clips add column if not exists project_id uuid;
alter table public.clips add column if not exists plan jsonb;
alter table public.clips add column if not exists name text;
alter table public.clips add column if not exists hash text;
alter table public.clips add column if not exists bytes bigint;
alter table public.clips add column if not exists duration_ms bigint;
alter table public.clips add column if not exists receipt jsonb;
alter table public.clips add column if not exists triage text;
alter table public.clips add column if not exists created_at timestamptz;
alter table public.clips add column if not exists deleted boolean not null default false;
alter table public.clips add column if not exists clock jsonb not null default '{}';
alter table public.clips add column if not exists rev bigint not null default 0;
call private.let_be_partial('clips', array['project_id', 'plan', 'name', 'hash', 'bytes', 'duration_ms', 'receipt', 'triage', 'created_at']);
alter table public.clips drop constraint if exists clips_triage_known;
alter table public.clips add constraint clips_triage_known check (triage in ('new', 'accepted', 'rejected')) not valid;
create index if not exists clips_by_rev on public.clips (profile_id, rev);
create index if not exists clips_by_project_id on public.clips (profile_id, project_id);
create index if not exists clips_by_triage on public.clips (profile_id, triage);
create index if not exists clips_by_created_at_desc on public.clips (profile_id, created_at desc);

create table if not exists public.jobs (
    id uuid not null,
    profile_id uuid not null,
    constraint jobs_pkey primary key (profile_id, id)
);
alter table public.jobs add column if not exists profile_id uuid;
alter table public.jobs add column if not exists kind text;
alter table public.jobs add column if not exists status text;
alter table public.jobs add column if not exists created_at timestamptz;
alter table public.jobs add column if not exists started_at timestamptz;
alter table public.jobs add column if not exists finished_at timestamptz;
alter table public.jobs add column if not exists deleted boolean not null default false;
alter table public.jobs add column if not exists clock jsonb not null default '{}';
alter table public.jobs add column if not exists rev bigint not null default 0;
call private.let_be_partial('jobs', array['kind', 'status', 'created_at', 'started_at', 'finished_at']);
create index if not exists jobs_by_rev on public.jobs (profile_id, rev);
create index if not exists jobs_by_status on public.jobs (profile_id, status);
create index if not exists jobs_by_created_at_desc on public.jobs (profile_id, created_at desc);

create table if not exists public.api_costs (
    id uuid not null,
    profile_id uuid not null,
    constraint api_costs_pkey primary key (profile_id, id)
);
alter table public.api_costs add column if not exists profile_id uuid;
alter table public.api_costs add column if not exists provider text;
alter table public.api_costs add column if not exists model text;
alter table public.api_costs add column if not exists month text;
alter table public.api_costs add column if not exists status text;
alter table public.api_costs add column if not exists characters_reserved bigint;
alter table public.api_costs add column if not exists microusd_reserved bigint;
alter table public.api_costs add column if not exists characters_charged bigint;
alter table public.api_costs add column if not exists microusd_charged bigint;
alter table public.api_costs add column if not exists project_id uuid;
alter table public.api_costs add column if not exists device text;
alter table public.api_costs add column if not exists created_at timestamptz;
alter table public.api_costs add column if not exists sent_at timestamptz;
alter table public.api_costs add column if not exists ended_at timestamptz;
alter table public.api_costs add column if not exists deleted boolean not null default false;
alter table public.api_costs add column if not exists clock jsonb not null default '{}';
alter table public.api_costs add column if not exists rev bigint not null default 0;
call private.let_be_partial('api_costs', array['provider', 'model', 'month', 'status', 'characters_reserved', 'microusd_reserved', 'characters_charged', 'microusd_charged', 'project_id', 'device', 'created_at', 'sent_at', 'ended_at']);
create index if not exists api_costs_by_rev on public.api_costs (profile_id, rev);
create index if not exists api_costs_by_status on public.api_costs (profile_id, status);
create index if not exists api_costs_by_created_at_desc on public.api_costs (profile_id, created_at desc);

create table if not exists public.publications (
    id uuid not null,
    profile_id uuid not null,
    constraint publications_pkey primary key (profile_id, id)
);
alter table public.publications add column if not exists profile_id uuid;
alter table public.publications add column if not exists clip_id uuid;
alter table public.publications add column if not exists clip_hash text;
alter table public.publications add column if not exists account jsonb;
alter table public.publications add column if not exists platform text;
alter table public.publications add column if not exists status text;
alter table public.publications add column if not exists caption text;
alter table public.publications add column if not exists settings jsonb;
alter table public.publications add column if not exists device text;
alter table public.publications add column if not exists publish_at timestamptz;
alter table public.publications add column if not exists post_id text;
alter table public.publications add column if not exists url text;
alter table public.publications add column if not exists created_at timestamptz;
alter table public.publications add column if not exists sent_at timestamptz;
alter table public.publications add column if not exists ended_at timestamptz;
alter table public.publications add column if not exists deleted boolean not null default false;
alter table public.publications add column if not exists clock jsonb not null default '{}';
alter table public.publications add column if not exists rev bigint not null default 0;
call private.let_be_partial('publications', array['clip_id', 'clip_hash', 'account', 'platform', 'status', 'caption', 'settings', 'device', 'publish_at', 'post_id', 'url', 'created_at', 'sent_at', 'ended_at']);
alter table public.publications drop constraint if exists publications_status_known;
alter table public.publications add constraint publications_status_known check (status in ('draft', 'waiting', 'uploading', 'sending', 'unknown', 'scheduled', 'published', 'failed', 'cancelled')) not valid;
create index if not exists publications_by_rev on public.publications (profile_id, rev);
create index if not exists publications_by_status on public.publications (profile_id, status);
create index if not exists publications_by_created_at_desc on public.publications (profile_id, created_at desc);
create index if not exists publications_by_publish_at on public.publications (profile_id, publish_at);

commit;
