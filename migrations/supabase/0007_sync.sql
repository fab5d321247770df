-- Written by `cargo xtask bindings` from the list in src-tauri/core/src/sync/tables.rs: change that list.
--
-- What a device calls. Both act as the one who calls (security invoker), so policies hold for them too, and both name
-- their profile.
--
-- Back: drop the functions named here.

begin;

-- Takes changes of one profile in: [{"t": table, "id": …, "f": {column: value}, "c": {column: clock}}], parents first.
-- Answers for each row whether it was taken, and why not. Sent twice, it changes nothing.
create or replace function public.sync_push(p_profile uuid, p_changes jsonb, p_schema int) returns jsonb
language plpgsql security invoker set search_path = '' as $$
declare
    v_change jsonb;
    v_rows jsonb := '[]';
    v_state text;
    v_message text;
    v_unknown text;
    v_now bigint := (extract(epoch from clock_timestamp()) * 1000)::bigint;
    -- A clock further ahead would win over everybody for as long as it is ahead.
    v_latest text := lpad(to_hex((v_now + 300000) << 16), 16, '0');
begin
    -- One form of JSON inside a string is what some servers make of a parameter.
    if jsonb_typeof(p_changes) = 'string' then
        p_changes := (p_changes #>> '{}')::jsonb;
    end if;
    if (select auth.uid()) is null then
        raise exception 'not signed in' using errcode = '28000';
    end if;
    if p_schema < 1 then
        raise exception 'this device is older than the server: update it' using errcode = 'P0426';
    end if;
    if not exists (select 1 from public.profiles where id = p_profile) then
        raise exception 'no such profile of yours' using errcode = '42501';
    end if;
    select string_agg(distinct e ->> 't' || '.' || k, ', ') into v_unknown
    from jsonb_array_elements(p_changes) e, jsonb_object_keys(e -> 'c') k
    where not coalesce(private.is_column(e ->> 't', k), false);
    if v_unknown is not null then
        raise exception 'this device is newer than the server, which does not know %', v_unknown using errcode = 'P0427';
    end if;
    -- Writers of one profile come one after another: what is numbered earlier is also committed earlier.
    perform private.lock_head(p_profile);
    if not exists (
        select 1 from jsonb_array_elements(p_changes) e, jsonb_each_text(e -> 'c') k
        where k.value !~ '^[0-9a-f]{16}:[0-9a-f]{8}$' or left(k.value, 16) collate "C" > v_latest collate "C"
    ) then
        begin
            perform private.apply_changes(p_profile, p_changes);
            return jsonb_build_object('now_ms', v_now, 'rows', coalesce((
                select jsonb_agg(jsonb_build_object('t', e ->> 't', 'id', e ->> 'id', 'ok', true))
                from jsonb_array_elements(p_changes) e), '[]'));
        exception when others then
            get stacked diagnostics v_state = returned_sqlstate;
            -- What another try may mend fails as a whole.
            if v_state in ('40001', '40P01', '53100', '53200', '57014') then
                raise;
            end if;
        end;
    end if;
    -- Somebody among them is refused: each by itself, so that the others get in.
    for v_change in select value from jsonb_array_elements(p_changes) loop
        begin
            if exists (select 1 from jsonb_each_text(v_change -> 'c') k where k.value !~ '^[0-9a-f]{16}:[0-9a-f]{8}$') then
                raise exception 'a clock that is none' using errcode = '22P02';
            end if;
            if exists (
                select 1 from jsonb_each_text(v_change -> 'c') k where left(k.value, 16) collate "C" > v_latest collate "C"
            ) then
                raise exception 'the clock of this device is ahead' using errcode = 'P0425';
            end if;
            perform private.apply_changes(p_profile, jsonb_build_array(v_change));
            v_rows := v_rows || jsonb_build_object('t', v_change ->> 't', 'id', v_change ->> 'id', 'ok', true);
        exception when others then
            get stacked diagnostics v_state = returned_sqlstate, v_message = message_text;
            if v_state in ('40001', '40P01', '53100', '53200', '57014') then
                raise;
            end if;
            v_rows := v_rows || jsonb_build_object(
                't', v_change ->> 't', 'id', v_change ->> 'id', 'ok', false, 'code', v_state, 'message', v_message);
        end;
    end loop;
    return jsonb_build_object('now_ms', v_now, 'rows', v_rows);
end $$;

-- What changed in one profile after a place: [revision, table, id]. A page at a time; "more" says that another one waits.
create or replace function public.sync_pull(
    p_profile uuid, p_since jsonb default '[0, 0, "00000000-0000-0000-0000-000000000000"]', p_limit int default 500
) returns jsonb
language plpgsql stable security invoker set search_path = '' as $$
begin
    if jsonb_typeof(p_since) = 'string' then
        p_since := (p_since #>> '{}')::jsonb;
    end if;
    if (select auth.uid()) is null then
        raise exception 'not signed in' using errcode = '28000';
    end if;
    if not exists (select 1 from public.profiles where id = p_profile) then
        raise exception 'no such profile of yours' using errcode = '42501';
    end if;
    return (
        with page as (
            select * from (
            (select x.rev, 1 as o, 'settings' as t, x.id, to_jsonb(x) - 'rev' - 'profile_id' as j
            from public.settings x
            where x.profile_id = p_profile and x.rev >= (p_since ->> 0)::bigint
                and (x.rev, 1, x.id) > ((p_since ->> 0)::bigint, (p_since ->> 1)::int, (p_since ->> 2)::uuid)
            order by x.rev, x.id limit least(p_limit, 1000))
            union all
            (select x.rev, 2 as o, 'sources' as t, x.id, to_jsonb(x) - 'rev' - 'profile_id' || jsonb_build_object('analysed_at', private.millis(x.analysed_at), 'created_at', private.millis(x.created_at)) as j
            from public.sources x
            where x.profile_id = p_profile and x.rev >= (p_since ->> 0)::bigint
                and (x.rev, 2, x.id) > ((p_since ->> 0)::bigint, (p_since ->> 1)::int, (p_since ->> 2)::uuid)
            order by x.rev, x.id limit least(p_limit, 1000))
            union all
            (select x.rev, 3 as o, 'projects' as t, x.id, to_jsonb(x) - 'rev' - 'profile_id' || jsonb_build_object('created_at', private.millis(x.created_at)) as j
            from public.projects x
            where x.profile_id = p_profile and x.rev >= (p_since ->> 0)::bigint
                and (x.rev, 3, x.id) > ((p_since ->> 0)::bigint, (p_since ->> 1)::int, (p_since ->> 2)::uuid)
            order by x.rev, x.id limit least(p_limit, 1000))
            union all
            (select x.rev, 4 as o, 'scripts' as t, x.id, to_jsonb(x) - 'rev' - 'profile_id' || jsonb_build_object('created_at', private.millis(x.created_at)) as j
            from public.scripts x
            where x.profile_id = p_profile and x.rev >= (p_since ->> 0)::bigint
                and (x.rev, 4, x.id) > ((p_since ->> 0)::bigint, (p_since ->> 1)::int, (p_since ->> 2)::uuid)
            order by x.rev, x.id limit least(p_limit, 1000))
            union all
            (select x.rev, 5 as o, 'clips' as t, x.id, to_jsonb(x) - 'rev' - 'profile_id' || jsonb_build_object('created_at', private.millis(x.created_at)) as j
            from public.clips x
            where x.profile_id = p_profile and x.rev >= (p_since ->> 0)::bigint
                and (x.rev, 5, x.id) > ((p_since ->> 0)::bigint, (p_since ->> 1)::int, (p_since ->> 2)::uuid)
            order by x.rev, x.id limit least(p_limit, 1000))
            union all
            (select x.rev, 6 as o, 'jobs' as t, x.id, to_jsonb(x) - 'rev' - 'profile_id' || jsonb_build_object('created_at', private.millis(x.created_at), 'started_at', private.millis(x.started_at), 'finished_at', private.millis(x.finished_at)) as j
            from public.jobs x
            where x.profile_id = p_profile and x.rev >= (p_since ->> 0)::bigint
                and (x.rev, 6, x.id) > ((p_since ->> 0)::bigint, (p_since ->> 1)::int, (p_since ->> 2)::uuid)
            order by x.rev, x.id limit least(p_limit, 1000))
            union all
            (select x.rev, 7 as o, 'api_costs' as t, x.id, to_jsonb(x) - 'rev' - 'profile_id' || jsonb_build_object('created_at', private.millis(x.created_at), 'sent_at', private.millis(x.sent_at), 'ended_at', private.millis(x.ended_at)) as j
            from public.api_costs x
            where x.profile_id = p_profile and x.rev >= (p_since ->> 0)::bigint
                and (x.rev, 7, x.id) > ((p_since ->> 0)::bigint, (p_since ->> 1)::int, (p_since ->> 2)::uuid)
            order by x.rev, x.id limit least(p_limit, 1000))
            union all
            (select x.rev, 8 as o, 'publications' as t, x.id, to_jsonb(x) - 'rev' - 'profile_id' || jsonb_build_object('publish_at', private.millis(x.publish_at), 'created_at', private.millis(x.created_at), 'sent_at', private.millis(x.sent_at), 'ended_at', private.millis(x.ended_at)) as j
            from public.publications x
            where x.profile_id = p_profile and x.rev >= (p_since ->> 0)::bigint
                and (x.rev, 8, x.id) > ((p_since ->> 0)::bigint, (p_since ->> 1)::int, (p_since ->> 2)::uuid)
            order by x.rev, x.id limit least(p_limit, 1000))
            ) rows
            order by rev, o, id limit least(p_limit, 1000)
        )
        select jsonb_build_object(
            'rows', coalesce(jsonb_agg(jsonb_build_object('rev', rev, 't', t, 'j', j) order by rev, o, id), '[]'),
            'more', count(*) = least(p_limit, 1000),
            'cursor', coalesce(
                (select jsonb_build_array(rev, o, id) from page order by rev desc, o desc, id desc limit 1), p_since))
        from page);
end $$;

revoke all on function public.sync_push(uuid, jsonb, int), public.sync_pull(uuid, jsonb, int) from public, anon;
grant execute on function public.sync_push(uuid, jsonb, int), public.sync_pull(uuid, jsonb, int) to authenticated;

commit;
