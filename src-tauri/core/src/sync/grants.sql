revoke all on function public.sync_push(uuid, jsonb, int), public.sync_pull(uuid, jsonb, int) from public, anon;
grant execute on function public.sync_push(uuid, jsonb, int), public.sync_pull(uuid, jsonb, int) to authenticated;
