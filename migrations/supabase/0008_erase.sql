-- Erases everything the server keeps of one profile. Only its owner can, and nothing else deletes rows.
--
-- Files lie in the storage, whose own interface deletes them: as long as there are any, this refuses, so that none stays
-- behind with nobody to find it.
--
-- Back: drop the function.

begin;

create or replace function public.erase_profile(p_profile uuid) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
    v_files bigint := 0;
    v_rows bigint;
    v_counts jsonb := '{}';
    v_table text;
begin
    if not exists (select 1 from public.profiles where id = p_profile and user_id = (select auth.uid())) then
        raise exception 'no such profile of yours' using errcode = '42501';
    end if;
    if to_regclass('storage.objects') is not null then
        execute 'select count(*) from storage.objects where bucket_id = ''media'' and (storage.foldername(name))[1] = $1'
        into v_files using p_profile::text;
    end if;
    if v_files > 0 then
        raise exception '% files of this profile are still there', v_files using errcode = 'P0440';
    end if;
    -- Whoever changes the profile at this moment is waited for.
    perform private.lock_head(p_profile);
    for v_table in
        select c.relname from pg_catalog.pg_class c join pg_catalog.pg_attribute a on a.attrelid = c.oid
        where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attname = 'profile_id'
            and not a.attisdropped
        -- Children before the rows they point at.
        order by not exists (
            select 1 from pg_catalog.pg_constraint k where k.contype = 'f' and k.conrelid = c.oid
                and k.confrelid <> 'public.profiles'::regclass), c.relname
    loop
        execute format('delete from public.%I where profile_id = $1', v_table) using p_profile;
        get diagnostics v_rows = row_count;
        v_counts := v_counts || jsonb_build_object(v_table, v_rows);
    end loop;
    delete from public.profiles where id = p_profile;
    return v_counts;
end $$;
revoke all on function public.erase_profile(uuid) from public, anon;
grant execute on function public.erase_profile(uuid) to authenticated;

commit;
