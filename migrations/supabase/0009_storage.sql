-- Where files lie: objects `<profile>/<hash>.<ending>` in one private bucket, seen and changed by the profile's owner alone.
--
-- Does nothing on a server without storage. Back: drop the policy; the bucket may stay.

begin;

do $$
begin
    if to_regclass('storage.objects') is null then
        return;
    end if;
    insert into storage.buckets (id, name, public) values ('media', 'media', false)
    on conflict (id) do update set public = false;
    drop policy if exists own_media on storage.objects;
    create policy own_media on storage.objects for all to authenticated
        using (bucket_id = 'media' and (storage.foldername(name))[1] = any ((select private.my_profiles())::text[]))
        with check (bucket_id = 'media' and (storage.foldername(name))[1] = any ((select private.my_profiles())::text[]));
end $$;

commit;
