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
EACH
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

