-- What everything else stands on: profiles and their owners, and the order of changes in each profile.
--
-- Can be run again at any time. Back: drop the functions and tables named here; other tables do not need them yet.

begin;

create schema if not exists private;
revoke all on schema private from public;
grant usage on schema private to authenticated;

create table if not exists public.profiles (
    id uuid primary key,
    user_id uuid not null default auth.uid() references auth.users (id),
    name text not null default '',
    colour text,
    created_at timestamptz not null default now()
);
create index if not exists profiles_by_user_id on public.profiles (user_id);

-- The newest revision of each profile.
create table if not exists private.heads (
    profile_id uuid primary key references public.profiles (id) on delete cascade,
    rev bigint not null default 0
);

-- What a step of the migration took out of a row because it pointed at nothing: kept, so that nothing is lost.
create table if not exists private.set_aside (
    at timestamptz not null default now(),
    table_name text not null,
    row_id text not null,
    column_name text not null,
    value text not null,
    primary key (table_name, row_id, column_name)
);

-- The profiles of the one who asks. As an array of a subselect it is computed once a query, and indexes serve it.
create or replace function private.my_profiles() returns uuid[]
language sql stable security definer set search_path = '' as $$
    select coalesce(array_agg(id), '{}') from public.profiles where user_id = (select auth.uid())
$$;

-- Waits until nobody else changes this profile, and keeps others waiting until the end of the transaction.
create or replace function private.lock_head(p_profile uuid) returns bigint
language plpgsql security definer set search_path = '' as $$
declare
    v_rev bigint;
begin
    -- Whoever may not change the profile may not keep others from doing so either.
    if not p_profile = any (private.my_profiles()) then
        raise exception 'no such profile of yours' using errcode = '42501';
    end if;
    insert into private.heads as h (profile_id) values (p_profile)
    on conflict (profile_id) do update set rev = h.rev
    returning h.rev into v_rev;
    return v_rev;
end $$;

-- Gives each change the next revision of its profile: one a transaction. What changes nothing is no change.
create or replace function private.stamp() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
    v_tag text;
begin
    if tg_op = 'UPDATE' then
        if new.profile_id is distinct from old.profile_id or new.id is distinct from old.id then
            raise exception 'a row stays in its profile' using errcode = '42501';
        end if;
        if to_jsonb(new) - 'rev' = to_jsonb(old) - 'rev' then
            return null;
        end if;
    end if;
    v_tag := pg_current_xact_id()::text || ':' || new.profile_id || ':';
    if starts_with(coalesce(current_setting('sync.rev', true), ''), v_tag) then
        new.rev := split_part(current_setting('sync.rev', true), ':', 3)::bigint;
    else
        insert into private.heads as h (profile_id, rev) values (new.profile_id, 1)
        on conflict (profile_id) do update set rev = h.rev + 1
        returning h.rev into new.rev;
        perform set_config('sync.rev', v_tag || new.rev, true);
    end if;
    return new;
end $$;

-- Milliseconds since 1970, as devices keep time.
create or replace function private.moment(p_millis text) returns timestamptz
language sql immutable security invoker set search_path = '' as $$
    select timestamptz 'epoch' + p_millis::bigint * interval '1 millisecond'
$$;
create or replace function private.millis(p_moment timestamptz) returns bigint
language sql immutable security invoker set search_path = '' as $$
    select (extract(epoch from p_moment) * 1000)::bigint
$$;

-- Makes (profile_id, id) the key of a table that had another one. References that looked only for the id go: they are
-- made anew with the profile in them.
create or replace procedure private.key_by_profile(p_table text)
language plpgsql security invoker set search_path = '' as $$
declare
    v_table regclass := format('public.%I', p_table)::regclass;
    v_name name;
    v_columns name[];
    v_other record;
begin
    select c.conname, array(
        select a.attname from unnest(c.conkey) with ordinality k (number, place)
        join pg_catalog.pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.number order by k.place)
    into v_name, v_columns
    from pg_catalog.pg_constraint c where c.conrelid = v_table and c.contype = 'p';
    if v_columns = array['profile_id', 'id']::name[] then
        return;
    end if;
    for v_other in
        select c.conname, c.conrelid::regclass as table_name from pg_catalog.pg_constraint c
        where c.contype = 'f' and c.confrelid = v_table
    loop
        execute format('alter table %s drop constraint %I', v_other.table_name, v_other.conname);
    end loop;
    if v_name is not null then
        execute format('alter table %s drop constraint %I', v_table, v_name);
    end if;
    execute format('alter table %s add constraint %I primary key (profile_id, id)', v_table, p_table || '_pkey');
end $$;

-- Lets a device send a row column by column: what must not be empty, and has nothing to stand in for it, may be from now on.
-- Only tables that were there before have such columns.
create or replace procedure private.let_be_partial(p_table text, p_ours text[])
language plpgsql security invoker set search_path = '' as $$
declare
    v_column name;
begin
    for v_column in
        select a.attname from pg_catalog.pg_attribute a
        where a.attrelid = format('public.%I', p_table)::regclass and a.attnum > 0 and not a.attisdropped and a.attnotnull
            and a.attname <> all (array['id', 'profile_id', 'deleted', 'clock', 'rev'])
            and (a.attname = any (p_ours) or not a.atthasdef and a.attidentity = '')
            and not exists (
                select 1 from pg_catalog.pg_constraint c
                where c.conrelid = a.attrelid and c.contype = 'p' and a.attnum = any (c.conkey))
    loop
        execute format('alter table public.%I alter column %I drop not null', p_table, v_column);
    end loop;
end $$;

revoke all on function private.my_profiles(), private.lock_head(uuid), private.stamp(), private.moment(text),
    private.millis(timestamptz) from public, anon;
revoke all on procedure private.key_by_profile(text), private.let_be_partial(text, text[]) from public, anon;
grant execute on function private.my_profiles(), private.lock_head(uuid), private.moment(text),
    private.millis(timestamptz) to authenticated;

commit;
