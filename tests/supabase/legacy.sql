-- A project from before there were profiles: global rows, keys of one column, rows that point at nothing.
create table public.projects (
    id uuid primary key default gen_random_uuid(),
    name text not null,
    description text,
    created_at timestamptz not null default now()
);
create table public.clips (
    id uuid primary key default gen_random_uuid(),
    project_id uuid references public.projects (id),
    name text,
    status text not null default 'pending',
    created_at timestamptz not null default now()
);
create table public.jobs (
    id uuid primary key default gen_random_uuid(),
    project_id uuid,
    status text not null default 'queued',
    progress int not null default 0,
    created_at timestamptz not null default now()
);
create table public.api_costs (
    id uuid primary key default gen_random_uuid(),
    job_id uuid,
    provider text not null,
    cost numeric(10, 4) not null default 0,
    created_at timestamptz not null default now()
);
insert into public.projects (id, name)
select ('00000000-0000-4000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 'project ' || n from generate_series(1, 50) n;
alter table public.clips drop constraint clips_project_id_fkey;
insert into public.clips (project_id, name, created_at)
select case when n % 10 = 0 then null
            when n % 97 = 0 then ('00000000-0000-4000-9000-' || lpad(to_hex(n), 12, '0'))::uuid
            else ('00000000-0000-4000-8000-' || lpad(to_hex(1 + n % 50), 12, '0'))::uuid end,
    'clip ' || n, timestamptz '2026-01-01' + n * interval '1 minute'
from generate_series(1, :rows) n;
alter table public.clips add constraint clips_project_id_fkey foreign key (project_id) references public.projects (id) not valid;
insert into public.jobs (project_id, status) select project_id, 'completed' from public.clips limit :rows / 10;
insert into public.api_costs (provider, cost) select 'elevenlabs', 0.0123 from generate_series(1, :rows / 20);
