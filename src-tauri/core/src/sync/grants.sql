revoke all on function public.sync_push(uuid, jsonb, int), public.sync_pull(uuid, jsonb, int),
    private.apply_changes(uuid, jsonb), private.is_column(text, text) from public, anon;
grant execute on function public.sync_push(uuid, jsonb, int), public.sync_pull(uuid, jsonb, int),
    private.apply_changes(uuid, jsonb), private.is_column(text, text) to authenticated;
