-- Gives every row that has no profile one: that of its project where it has one, else the default profile of the owner
-- named in the setting `edit_factory.owner`. A project that cannot be found is noted in private.set_aside.
--
-- Changes nothing where every row has a profile, and needs no owner then. Goes through a table in pieces, each of its own
-- transaction: can be stopped at any moment and run again.
--
-- Back: `update … set profile_id = null` for rows of the default profile, before the next file is run.

create or replace procedure private.give_owners(p_piece int default 5000)
language plpgsql security invoker as $$
declare
    v_owner uuid := nullif(current_setting('edit_factory.owner', true), '')::uuid;
    v_default uuid;
    v_table text;
    v_count bigint;
    v_any boolean;
    v_parent record;
begin
    for v_table in
        select c.relname from pg_catalog.pg_class c join pg_catalog.pg_attribute a on a.attrelid = c.oid
        where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and a.attname = 'profile_id'
            and not a.attisdropped
        -- Projects first: the others follow them.
        order by c.relname <> 'projects', c.relname
    loop
        execute format('select exists (select 1 from public.%I where profile_id is null)', v_table) into v_any;
        if not v_any then
            continue;
        end if;
        if v_default is null then
            if v_owner is null then
                raise exception 'there are rows of nobody in %: name the owner they go to', v_table using errcode = 'P0430';
            end if;
            if not exists (select 1 from auth.users where id = v_owner) then
                raise exception 'there is no user %', v_owner using errcode = 'P0431';
            end if;
            select id into v_default from public.profiles where user_id = v_owner order by created_at, id limit 1;
            if v_default is null then
                v_default := gen_random_uuid();
                insert into public.profiles (id, user_id, name) values (v_default, v_owner, 'Default');
            end if;
            commit;
        end if;
        select exists (
            select 1 from pg_catalog.pg_attribute where attrelid = format('public.%I', v_table)::regclass
                and attname = 'project_id' and not attisdropped) and v_table <> 'projects'
        into v_any;
        loop
            if v_any then
                execute format(
                    'with piece as (select ctid from public.%1$I where profile_id is null limit %2$s)
                     update public.%1$I r set profile_id = coalesce(
                         (select p.profile_id from public.projects p where p.id = r.project_id limit 1), %3$L)
                     from piece where r.ctid = piece.ctid', v_table, p_piece, v_default);
            else
                execute format(
                    'with piece as (select ctid from public.%1$I where profile_id is null limit %2$s)
                     update public.%1$I r set profile_id = %3$L from piece where r.ctid = piece.ctid',
                    v_table, p_piece, v_default);
            end if;
            get diagnostics v_count = row_count;
            commit;
            exit when v_count = 0;
        end loop;
    end loop;
    -- A project that is not there any more.
    for v_parent in
        select c.relname from pg_catalog.pg_class c join pg_catalog.pg_attribute a on a.attrelid = c.oid
        where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attname = 'project_id'
            and not a.attisdropped and c.relname in ('clips', 'scripts')
    loop
        execute format(
            'with lost as (
                 select r.profile_id, r.id, r.project_id from public.%1$I r where r.project_id is not null and not exists (
                     select 1 from public.projects p where p.profile_id = r.profile_id and p.id = r.project_id)),
             noted as (
                 insert into private.set_aside (table_name, row_id, column_name, value)
                 select %1$L, id::text, ''project_id'', project_id::text from lost on conflict do nothing)
             update public.%1$I r set project_id = null from lost where r.id = lost.id and r.profile_id = lost.profile_id',
            v_parent.relname);
        commit;
    end loop;
end $$;
revoke all on procedure private.give_owners(int) from public, anon, authenticated;

call private.give_owners();
