-- Written by `cargo xtask bindings` from the list in src-tauri/core/src/sync/tables.rs: change that list.
--
-- How changes of a device are taken in: of each column the later one stays. Acts as the one who calls (security
-- invoker), so policies hold here too.
--
-- Back: drop the functions named here.

begin;

create or replace function private.apply_changes(p_profile uuid, p_changes jsonb) returns void
language plpgsql security invoker set search_path = '' as $$
begin
    insert into public.settings as x (profile_id, id, name, value, deleted, clock)
    select p_profile, (e ->> 'id')::uuid,
        e -> 'f' ->> 'name',
        nullif(e -> 'f' -> 'value', 'null'::jsonb),
        coalesce((e -> 'f' ->> 'deleted')::boolean, false),
        e -> 'c'
    from jsonb_array_elements(p_changes) e where e ->> 't' = 'settings'
    on conflict (profile_id, id) do update set
        name = case when coalesce(x.clock ->> 'name', '') collate "C" < coalesce(excluded.clock ->> 'name', '') collate "C" then excluded.name else x.name end,
        value = case when coalesce(x.clock ->> 'value', '') collate "C" < coalesce(excluded.clock ->> 'value', '') collate "C" then excluded.value else x.value end,
        deleted = case when coalesce(x.clock ->> 'deleted', '') collate "C" < coalesce(excluded.clock ->> 'deleted', '') collate "C" then excluded.deleted else x.deleted end,
        clock = jsonb_strip_nulls(jsonb_build_object(
            'name', greatest(x.clock ->> 'name' collate "C", excluded.clock ->> 'name' collate "C"),
            'value', greatest(x.clock ->> 'value' collate "C", excluded.clock ->> 'value' collate "C"),
            'deleted', greatest(x.clock ->> 'deleted' collate "C", excluded.clock ->> 'deleted' collate "C")))
    where false
        or coalesce(x.clock ->> 'name', '') collate "C" < coalesce(excluded.clock ->> 'name', '') collate "C"
        or coalesce(x.clock ->> 'value', '') collate "C" < coalesce(excluded.clock ->> 'value', '') collate "C"
        or coalesce(x.clock ->> 'deleted', '') collate "C" < coalesce(excluded.clock ->> 'deleted', '') collate "C";
    insert into public.sources as x (profile_id, id, name, hash, bytes, duration_ms, width, height, has_sound, probe, framing, analysed_at, tags, shots, created_at, deleted, clock)
    select p_profile, (e ->> 'id')::uuid,
        e -> 'f' ->> 'name',
        e -> 'f' ->> 'hash',
        (e -> 'f' ->> 'bytes')::bigint,
        (e -> 'f' ->> 'duration_ms')::bigint,
        (e -> 'f' ->> 'width')::bigint,
        (e -> 'f' ->> 'height')::bigint,
        (e -> 'f' ->> 'has_sound')::boolean,
        nullif(e -> 'f' -> 'probe', 'null'::jsonb),
        nullif(e -> 'f' -> 'framing', 'null'::jsonb),
        private.moment(e -> 'f' ->> 'analysed_at'),
        nullif(e -> 'f' -> 'tags', 'null'::jsonb),
        nullif(e -> 'f' -> 'shots', 'null'::jsonb),
        private.moment(e -> 'f' ->> 'created_at'),
        coalesce((e -> 'f' ->> 'deleted')::boolean, false),
        e -> 'c'
    from jsonb_array_elements(p_changes) e where e ->> 't' = 'sources'
    on conflict (profile_id, id) do update set
        name = case when coalesce(x.clock ->> 'name', '') collate "C" < coalesce(excluded.clock ->> 'name', '') collate "C" then excluded.name else x.name end,
        hash = case when coalesce(x.clock ->> 'hash', '') collate "C" < coalesce(excluded.clock ->> 'hash', '') collate "C" then excluded.hash else x.hash end,
        bytes = case when coalesce(x.clock ->> 'bytes', '') collate "C" < coalesce(excluded.clock ->> 'bytes', '') collate "C" then excluded.bytes else x.bytes end,
        duration_ms = case when coalesce(x.clock ->> 'duration_ms', '') collate "C" < coalesce(excluded.clock ->> 'duration_ms', '') collate "C" then excluded.duration_ms else x.duration_ms end,
        width = case when coalesce(x.clock ->> 'width', '') collate "C" < coalesce(excluded.clock ->> 'width', '') collate "C" then excluded.width else x.width end,
        height = case when coalesce(x.clock ->> 'height', '') collate "C" < coalesce(excluded.clock ->> 'height', '') collate "C" then excluded.height else x.height end,
        has_sound = case when coalesce(x.clock ->> 'has_sound', '') collate "C" < coalesce(excluded.clock ->> 'has_sound', '') collate "C" then excluded.has_sound else x.has_sound end,
        probe = case when coalesce(x.clock ->> 'probe', '') collate "C" < coalesce(excluded.clock ->> 'probe', '') collate "C" then excluded.probe else x.probe end,
        framing = case when coalesce(x.clock ->> 'framing', '') collate "C" < coalesce(excluded.clock ->> 'framing', '') collate "C" then excluded.framing else x.framing end,
        analysed_at = case when coalesce(x.clock ->> 'analysed_at', '') collate "C" < coalesce(excluded.clock ->> 'analysed_at', '') collate "C" then excluded.analysed_at else x.analysed_at end,
        tags = case when coalesce(x.clock ->> 'tags', '') collate "C" < coalesce(excluded.clock ->> 'tags', '') collate "C" then excluded.tags else x.tags end,
        shots = case when coalesce(x.clock ->> 'shots', '') collate "C" < coalesce(excluded.clock ->> 'shots', '') collate "C" then excluded.shots else x.shots end,
        created_at = case when coalesce(x.clock ->> 'created_at', '') collate "C" < coalesce(excluded.clock ->> 'created_at', '') collate "C" then excluded.created_at else x.created_at end,
        deleted = case when coalesce(x.clock ->> 'deleted', '') collate "C" < coalesce(excluded.clock ->> 'deleted', '') collate "C" then excluded.deleted else x.deleted end,
        clock = jsonb_strip_nulls(jsonb_build_object(
            'name', greatest(x.clock ->> 'name' collate "C", excluded.clock ->> 'name' collate "C"),
            'hash', greatest(x.clock ->> 'hash' collate "C", excluded.clock ->> 'hash' collate "C"),
            'bytes', greatest(x.clock ->> 'bytes' collate "C", excluded.clock ->> 'bytes' collate "C"),
            'duration_ms', greatest(x.clock ->> 'duration_ms' collate "C", excluded.clock ->> 'duration_ms' collate "C"),
            'width', greatest(x.clock ->> 'width' collate "C", excluded.clock ->> 'width' collate "C"),
            'height', greatest(x.clock ->> 'height' collate "C", excluded.clock ->> 'height' collate "C"),
            'has_sound', greatest(x.clock ->> 'has_sound' collate "C", excluded.clock ->> 'has_sound' collate "C"),
            'probe', greatest(x.clock ->> 'probe' collate "C", excluded.clock ->> 'probe' collate "C"),
            'framing', greatest(x.clock ->> 'framing' collate "C", excluded.clock ->> 'framing' collate "C"),
            'analysed_at', greatest(x.clock ->> 'analysed_at' collate "C", excluded.clock ->> 'analysed_at' collate "C"),
            'tags', greatest(x.clock ->> 'tags' collate "C", excluded.clock ->> 'tags' collate "C"),
            'shots', greatest(x.clock ->> 'shots' collate "C", excluded.clock ->> 'shots' collate "C"),
            'created_at', greatest(x.clock ->> 'created_at' collate "C", excluded.clock ->> 'created_at' collate "C"),
            'deleted', greatest(x.clock ->> 'deleted' collate "C", excluded.clock ->> 'deleted' collate "C")))
    where false
        or coalesce(x.clock ->> 'name', '') collate "C" < coalesce(excluded.clock ->> 'name', '') collate "C"
        or coalesce(x.clock ->> 'hash', '') collate "C" < coalesce(excluded.clock ->> 'hash', '') collate "C"
        or coalesce(x.clock ->> 'bytes', '') collate "C" < coalesce(excluded.clock ->> 'bytes', '') collate "C"
        or coalesce(x.clock ->> 'duration_ms', '') collate "C" < coalesce(excluded.clock ->> 'duration_ms', '') collate "C"
        or coalesce(x.clock ->> 'width', '') collate "C" < coalesce(excluded.clock ->> 'width', '') collate "C"
        or coalesce(x.clock ->> 'height', '') collate "C" < coalesce(excluded.clock ->> 'height', '') collate "C"
        or coalesce(x.clock ->> 'has_sound', '') collate "C" < coalesce(excluded.clock ->> 'has_sound', '') collate "C"
        or coalesce(x.clock ->> 'probe', '') collate "C" < coalesce(excluded.clock ->> 'probe', '') collate "C"
        or coalesce(x.clock ->> 'framing', '') collate "C" < coalesce(excluded.clock ->> 'framing', '') collate "C"
        or coalesce(x.clock ->> 'analysed_at', '') collate "C" < coalesce(excluded.clock ->> 'analysed_at', '') collate "C"
        or coalesce(x.clock ->> 'tags', '') collate "C" < coalesce(excluded.clock ->> 'tags', '') collate "C"
        or coalesce(x.clock ->> 'shots', '') collate "C" < coalesce(excluded.clock ->> 'shots', '') collate "C"
        or coalesce(x.clock ->> 'created_at', '') collate "C" < coalesce(excluded.clock ->> 'created_at', '') collate "C"
        or coalesce(x.clock ->> 'deleted', '') collate "C" < coalesce(excluded.clock ->> 'deleted', '') collate "C";
    insert into public.projects as x (profile_id, id, name, look, sources, created_at, deleted, clock)
    select p_profile, (e ->> 'id')::uuid,
        e -> 'f' ->> 'name',
        nullif(e -> 'f' -> 'look', 'null'::jsonb),
        nullif(e -> 'f' -> 'sources', 'null'::jsonb),
        private.moment(e -> 'f' ->> 'created_at'),
        coalesce((e -> 'f' ->> 'deleted')::boolean, false),
        e -> 'c'
    from jsonb_array_elements(p_changes) e where e ->> 't' = 'projects'
    on conflict (profile_id, id) do update set
        name = case when coalesce(x.clock ->> 'name', '') collate "C" < coalesce(excluded.clock ->> 'name', '') collate "C" then excluded.name else x.name end,
        look = case when coalesce(x.clock ->> 'look', '') collate "C" < coalesce(excluded.clock ->> 'look', '') collate "C" then excluded.look else x.look end,
        sources = case when coalesce(x.clock ->> 'sources', '') collate "C" < coalesce(excluded.clock ->> 'sources', '') collate "C" then excluded.sources else x.sources end,
        created_at = case when coalesce(x.clock ->> 'created_at', '') collate "C" < coalesce(excluded.clock ->> 'created_at', '') collate "C" then excluded.created_at else x.created_at end,
        deleted = case when coalesce(x.clock ->> 'deleted', '') collate "C" < coalesce(excluded.clock ->> 'deleted', '') collate "C" then excluded.deleted else x.deleted end,
        clock = jsonb_strip_nulls(jsonb_build_object(
            'name', greatest(x.clock ->> 'name' collate "C", excluded.clock ->> 'name' collate "C"),
            'look', greatest(x.clock ->> 'look' collate "C", excluded.clock ->> 'look' collate "C"),
            'sources', greatest(x.clock ->> 'sources' collate "C", excluded.clock ->> 'sources' collate "C"),
            'created_at', greatest(x.clock ->> 'created_at' collate "C", excluded.clock ->> 'created_at' collate "C"),
            'deleted', greatest(x.clock ->> 'deleted' collate "C", excluded.clock ->> 'deleted' collate "C")))
    where false
        or coalesce(x.clock ->> 'name', '') collate "C" < coalesce(excluded.clock ->> 'name', '') collate "C"
        or coalesce(x.clock ->> 'look', '') collate "C" < coalesce(excluded.clock ->> 'look', '') collate "C"
        or coalesce(x.clock ->> 'sources', '') collate "C" < coalesce(excluded.clock ->> 'sources', '') collate "C"
        or coalesce(x.clock ->> 'created_at', '') collate "C" < coalesce(excluded.clock ->> 'created_at', '') collate "C"
        or coalesce(x.clock ->> 'deleted', '') collate "C" < coalesce(excluded.clock ->> 'deleted', '') collate "C";
    insert into public.scripts as x (profile_id, id, project_id, name, text, language, tags, recording, position, pins, caption_edits, created_at, deleted, clock)
    select p_profile, (e ->> 'id')::uuid,
        (e -> 'f' ->> 'project_id')::uuid,
        e -> 'f' ->> 'name',
        e -> 'f' ->> 'text',
        e -> 'f' ->> 'language',
        nullif(e -> 'f' -> 'tags', 'null'::jsonb),
        nullif(e -> 'f' -> 'recording', 'null'::jsonb),
        (e -> 'f' ->> 'position')::bigint,
        nullif(e -> 'f' -> 'pins', 'null'::jsonb),
        nullif(e -> 'f' -> 'caption_edits', 'null'::jsonb),
        private.moment(e -> 'f' ->> 'created_at'),
        coalesce((e -> 'f' ->> 'deleted')::boolean, false),
        e -> 'c'
    from jsonb_array_elements(p_changes) e where e ->> 't' = 'scripts'
    on conflict (profile_id, id) do update set
        project_id = case when coalesce(x.clock ->> 'project_id', '') collate "C" < coalesce(excluded.clock ->> 'project_id', '') collate "C" then excluded.project_id else x.project_id end,
        name = case when coalesce(x.clock ->> 'name', '') collate "C" < coalesce(excluded.clock ->> 'name', '') collate "C" then excluded.name else x.name end,
        text = case when coalesce(x.clock ->> 'text', '') collate "C" < coalesce(excluded.clock ->> 'text', '') collate "C" then excluded.text else x.text end,
        language = case when coalesce(x.clock ->> 'language', '') collate "C" < coalesce(excluded.clock ->> 'language', '') collate "C" then excluded.language else x.language end,
        tags = case when coalesce(x.clock ->> 'tags', '') collate "C" < coalesce(excluded.clock ->> 'tags', '') collate "C" then excluded.tags else x.tags end,
        recording = case when coalesce(x.clock ->> 'recording', '') collate "C" < coalesce(excluded.clock ->> 'recording', '') collate "C" then excluded.recording else x.recording end,
        position = case when coalesce(x.clock ->> 'position', '') collate "C" < coalesce(excluded.clock ->> 'position', '') collate "C" then excluded.position else x.position end,
        pins = case when coalesce(x.clock ->> 'pins', '') collate "C" < coalesce(excluded.clock ->> 'pins', '') collate "C" then excluded.pins else x.pins end,
        caption_edits = case when coalesce(x.clock ->> 'caption_edits', '') collate "C" < coalesce(excluded.clock ->> 'caption_edits', '') collate "C" then excluded.caption_edits else x.caption_edits end,
        created_at = case when coalesce(x.clock ->> 'created_at', '') collate "C" < coalesce(excluded.clock ->> 'created_at', '') collate "C" then excluded.created_at else x.created_at end,
        deleted = case when coalesce(x.clock ->> 'deleted', '') collate "C" < coalesce(excluded.clock ->> 'deleted', '') collate "C" then excluded.deleted else x.deleted end,
        clock = jsonb_strip_nulls(jsonb_build_object(
            'project_id', greatest(x.clock ->> 'project_id' collate "C", excluded.clock ->> 'project_id' collate "C"),
            'name', greatest(x.clock ->> 'name' collate "C", excluded.clock ->> 'name' collate "C"),
            'text', greatest(x.clock ->> 'text' collate "C", excluded.clock ->> 'text' collate "C"),
            'language', greatest(x.clock ->> 'language' collate "C", excluded.clock ->> 'language' collate "C"),
            'tags', greatest(x.clock ->> 'tags' collate "C", excluded.clock ->> 'tags' collate "C"),
            'recording', greatest(x.clock ->> 'recording' collate "C", excluded.clock ->> 'recording' collate "C"),
            'position', greatest(x.clock ->> 'position' collate "C", excluded.clock ->> 'position' collate "C"),
            'pins', greatest(x.clock ->> 'pins' collate "C", excluded.clock ->> 'pins' collate "C"),
            'caption_edits', greatest(x.clock ->> 'caption_edits' collate "C", excluded.clock ->> 'caption_edits' collate "C"),
            'created_at', greatest(x.clock ->> 'created_at' collate "C", excluded.clock ->> 'created_at' collate "C"),
            'deleted', greatest(x.clock ->> 'deleted' collate "C", excluded.clock ->> 'deleted' collate "C")))
    where false
        or coalesce(x.clock ->> 'project_id', '') collate "C" < coalesce(excluded.clock ->> 'project_id', '') collate "C"
        or coalesce(x.clock ->> 'name', '') collate "C" < coalesce(excluded.clock ->> 'name', '') collate "C"
        or coalesce(x.clock ->> 'text', '') collate "C" < coalesce(excluded.clock ->> 'text', '') collate "C"
        or coalesce(x.clock ->> 'language', '') collate "C" < coalesce(excluded.clock ->> 'language', '') collate "C"
        or coalesce(x.clock ->> 'tags', '') collate "C" < coalesce(excluded.clock ->> 'tags', '') collate "C"
        or coalesce(x.clock ->> 'recording', '') collate "C" < coalesce(excluded.clock ->> 'recording', '') collate "C"
        or coalesce(x.clock ->> 'position', '') collate "C" < coalesce(excluded.clock ->> 'position', '') collate "C"
        or coalesce(x.clock ->> 'pins', '') collate "C" < coalesce(excluded.clock ->> 'pins', '') collate "C"
        or coalesce(x.clock ->> 'caption_edits', '') collate "C" < coalesce(excluded.clock ->> 'caption_edits', '') collate "C"
        or coalesce(x.clock ->> 'created_at', '') collate "C" < coalesce(excluded.clock ->> 'created_at', '') collate "C"
        or coalesce(x.clock ->> 'deleted', '') collate "C" < coalesce(excluded.clock ->> 'deleted', '') collate "C";
    insert into public.clips as x (profile_id, id, project_id, plan, name, hash, bytes, duration_ms, receipt, triage, created_at, deleted, clock)
    select p_profile, (e ->> 'id')::uuid,
        (e -> 'f' ->> 'project_id')::uuid,
        nullif(e -> 'f' -> 'plan', 'null'::jsonb),
        e -> 'f' ->> 'name',
        e -> 'f' ->> 'hash',
        (e -> 'f' ->> 'bytes')::bigint,
        (e -> 'f' ->> 'duration_ms')::bigint,
        nullif(e -> 'f' -> 'receipt', 'null'::jsonb),
        e -> 'f' ->> 'triage',
        private.moment(e -> 'f' ->> 'created_at'),
        coalesce((e -> 'f' ->> 'deleted')::boolean, false),
        e -> 'c'
    from jsonb_array_elements(p_changes) e where e ->> 't' = 'clips'
    on conflict (profile_id, id) do update set
        project_id = case when coalesce(x.clock ->> 'project_id', '') collate "C" < coalesce(excluded.clock ->> 'project_id', '') collate "C" then excluded.project_id else x.project_id end,
        plan = case when coalesce(x.clock ->> 'plan', '') collate "C" < coalesce(excluded.clock ->> 'plan', '') collate "C" then excluded.plan else x.plan end,
        name = case when coalesce(x.clock ->> 'name', '') collate "C" < coalesce(excluded.clock ->> 'name', '') collate "C" then excluded.name else x.name end,
        hash = case when coalesce(x.clock ->> 'hash', '') collate "C" < coalesce(excluded.clock ->> 'hash', '') collate "C" then excluded.hash else x.hash end,
        bytes = case when coalesce(x.clock ->> 'bytes', '') collate "C" < coalesce(excluded.clock ->> 'bytes', '') collate "C" then excluded.bytes else x.bytes end,
        duration_ms = case when coalesce(x.clock ->> 'duration_ms', '') collate "C" < coalesce(excluded.clock ->> 'duration_ms', '') collate "C" then excluded.duration_ms else x.duration_ms end,
        receipt = case when coalesce(x.clock ->> 'receipt', '') collate "C" < coalesce(excluded.clock ->> 'receipt', '') collate "C" then excluded.receipt else x.receipt end,
        triage = case when coalesce(x.clock ->> 'triage', '') collate "C" < coalesce(excluded.clock ->> 'triage', '') collate "C" then excluded.triage else x.triage end,
        created_at = case when coalesce(x.clock ->> 'created_at', '') collate "C" < coalesce(excluded.clock ->> 'created_at', '') collate "C" then excluded.created_at else x.created_at end,
        deleted = case when coalesce(x.clock ->> 'deleted', '') collate "C" < coalesce(excluded.clock ->> 'deleted', '') collate "C" then excluded.deleted else x.deleted end,
        clock = jsonb_strip_nulls(jsonb_build_object(
            'project_id', greatest(x.clock ->> 'project_id' collate "C", excluded.clock ->> 'project_id' collate "C"),
            'plan', greatest(x.clock ->> 'plan' collate "C", excluded.clock ->> 'plan' collate "C"),
            'name', greatest(x.clock ->> 'name' collate "C", excluded.clock ->> 'name' collate "C"),
            'hash', greatest(x.clock ->> 'hash' collate "C", excluded.clock ->> 'hash' collate "C"),
            'bytes', greatest(x.clock ->> 'bytes' collate "C", excluded.clock ->> 'bytes' collate "C"),
            'duration_ms', greatest(x.clock ->> 'duration_ms' collate "C", excluded.clock ->> 'duration_ms' collate "C"),
            'receipt', greatest(x.clock ->> 'receipt' collate "C", excluded.clock ->> 'receipt' collate "C"),
            'triage', greatest(x.clock ->> 'triage' collate "C", excluded.clock ->> 'triage' collate "C"),
            'created_at', greatest(x.clock ->> 'created_at' collate "C", excluded.clock ->> 'created_at' collate "C"),
            'deleted', greatest(x.clock ->> 'deleted' collate "C", excluded.clock ->> 'deleted' collate "C")))
    where false
        or coalesce(x.clock ->> 'project_id', '') collate "C" < coalesce(excluded.clock ->> 'project_id', '') collate "C"
        or coalesce(x.clock ->> 'plan', '') collate "C" < coalesce(excluded.clock ->> 'plan', '') collate "C"
        or coalesce(x.clock ->> 'name', '') collate "C" < coalesce(excluded.clock ->> 'name', '') collate "C"
        or coalesce(x.clock ->> 'hash', '') collate "C" < coalesce(excluded.clock ->> 'hash', '') collate "C"
        or coalesce(x.clock ->> 'bytes', '') collate "C" < coalesce(excluded.clock ->> 'bytes', '') collate "C"
        or coalesce(x.clock ->> 'duration_ms', '') collate "C" < coalesce(excluded.clock ->> 'duration_ms', '') collate "C"
        or coalesce(x.clock ->> 'receipt', '') collate "C" < coalesce(excluded.clock ->> 'receipt', '') collate "C"
        or coalesce(x.clock ->> 'triage', '') collate "C" < coalesce(excluded.clock ->> 'triage', '') collate "C"
        or coalesce(x.clock ->> 'created_at', '') collate "C" < coalesce(excluded.clock ->> 'created_at', '') collate "C"
        or coalesce(x.clock ->> 'deleted', '') collate "C" < coalesce(excluded.clock ->> 'deleted', '') collate "C";
    insert into public.jobs as x (profile_id, id, kind, status, created_at, started_at, finished_at, deleted, clock)
    select p_profile, (e ->> 'id')::uuid,
        e -> 'f' ->> 'kind',
        e -> 'f' ->> 'status',
        private.moment(e -> 'f' ->> 'created_at'),
        private.moment(e -> 'f' ->> 'started_at'),
        private.moment(e -> 'f' ->> 'finished_at'),
        coalesce((e -> 'f' ->> 'deleted')::boolean, false),
        e -> 'c'
    from jsonb_array_elements(p_changes) e where e ->> 't' = 'jobs'
    on conflict (profile_id, id) do update set
        kind = case when coalesce(x.clock ->> 'kind', '') collate "C" < coalesce(excluded.clock ->> 'kind', '') collate "C" then excluded.kind else x.kind end,
        status = case when coalesce(x.clock ->> 'status', '') collate "C" < coalesce(excluded.clock ->> 'status', '') collate "C" then excluded.status else x.status end,
        created_at = case when coalesce(x.clock ->> 'created_at', '') collate "C" < coalesce(excluded.clock ->> 'created_at', '') collate "C" then excluded.created_at else x.created_at end,
        started_at = case when coalesce(x.clock ->> 'started_at', '') collate "C" < coalesce(excluded.clock ->> 'started_at', '') collate "C" then excluded.started_at else x.started_at end,
        finished_at = case when coalesce(x.clock ->> 'finished_at', '') collate "C" < coalesce(excluded.clock ->> 'finished_at', '') collate "C" then excluded.finished_at else x.finished_at end,
        deleted = case when coalesce(x.clock ->> 'deleted', '') collate "C" < coalesce(excluded.clock ->> 'deleted', '') collate "C" then excluded.deleted else x.deleted end,
        clock = jsonb_strip_nulls(jsonb_build_object(
            'kind', greatest(x.clock ->> 'kind' collate "C", excluded.clock ->> 'kind' collate "C"),
            'status', greatest(x.clock ->> 'status' collate "C", excluded.clock ->> 'status' collate "C"),
            'created_at', greatest(x.clock ->> 'created_at' collate "C", excluded.clock ->> 'created_at' collate "C"),
            'started_at', greatest(x.clock ->> 'started_at' collate "C", excluded.clock ->> 'started_at' collate "C"),
            'finished_at', greatest(x.clock ->> 'finished_at' collate "C", excluded.clock ->> 'finished_at' collate "C"),
            'deleted', greatest(x.clock ->> 'deleted' collate "C", excluded.clock ->> 'deleted' collate "C")))
    where false
        or coalesce(x.clock ->> 'kind', '') collate "C" < coalesce(excluded.clock ->> 'kind', '') collate "C"
        or coalesce(x.clock ->> 'status', '') collate "C" < coalesce(excluded.clock ->> 'status', '') collate "C"
        or coalesce(x.clock ->> 'created_at', '') collate "C" < coalesce(excluded.clock ->> 'created_at', '') collate "C"
        or coalesce(x.clock ->> 'started_at', '') collate "C" < coalesce(excluded.clock ->> 'started_at', '') collate "C"
        or coalesce(x.clock ->> 'finished_at', '') collate "C" < coalesce(excluded.clock ->> 'finished_at', '') collate "C"
        or coalesce(x.clock ->> 'deleted', '') collate "C" < coalesce(excluded.clock ->> 'deleted', '') collate "C";
    insert into public.api_costs as x (profile_id, id, provider, model, month, status, characters_reserved, microusd_reserved, characters_charged, microusd_charged, project_id, device, created_at, sent_at, ended_at, deleted, clock)
    select p_profile, (e ->> 'id')::uuid,
        e -> 'f' ->> 'provider',
        e -> 'f' ->> 'model',
        e -> 'f' ->> 'month',
        e -> 'f' ->> 'status',
        (e -> 'f' ->> 'characters_reserved')::bigint,
        (e -> 'f' ->> 'microusd_reserved')::bigint,
        (e -> 'f' ->> 'characters_charged')::bigint,
        (e -> 'f' ->> 'microusd_charged')::bigint,
        (e -> 'f' ->> 'project_id')::uuid,
        e -> 'f' ->> 'device',
        private.moment(e -> 'f' ->> 'created_at'),
        private.moment(e -> 'f' ->> 'sent_at'),
        private.moment(e -> 'f' ->> 'ended_at'),
        coalesce((e -> 'f' ->> 'deleted')::boolean, false),
        e -> 'c'
    from jsonb_array_elements(p_changes) e where e ->> 't' = 'api_costs'
    on conflict (profile_id, id) do update set
        provider = case when coalesce(x.clock ->> 'provider', '') collate "C" < coalesce(excluded.clock ->> 'provider', '') collate "C" then excluded.provider else x.provider end,
        model = case when coalesce(x.clock ->> 'model', '') collate "C" < coalesce(excluded.clock ->> 'model', '') collate "C" then excluded.model else x.model end,
        month = case when coalesce(x.clock ->> 'month', '') collate "C" < coalesce(excluded.clock ->> 'month', '') collate "C" then excluded.month else x.month end,
        status = case when coalesce(x.clock ->> 'status', '') collate "C" < coalesce(excluded.clock ->> 'status', '') collate "C" then excluded.status else x.status end,
        characters_reserved = case when coalesce(x.clock ->> 'characters_reserved', '') collate "C" < coalesce(excluded.clock ->> 'characters_reserved', '') collate "C" then excluded.characters_reserved else x.characters_reserved end,
        microusd_reserved = case when coalesce(x.clock ->> 'microusd_reserved', '') collate "C" < coalesce(excluded.clock ->> 'microusd_reserved', '') collate "C" then excluded.microusd_reserved else x.microusd_reserved end,
        characters_charged = case when coalesce(x.clock ->> 'characters_charged', '') collate "C" < coalesce(excluded.clock ->> 'characters_charged', '') collate "C" then excluded.characters_charged else x.characters_charged end,
        microusd_charged = case when coalesce(x.clock ->> 'microusd_charged', '') collate "C" < coalesce(excluded.clock ->> 'microusd_charged', '') collate "C" then excluded.microusd_charged else x.microusd_charged end,
        project_id = case when coalesce(x.clock ->> 'project_id', '') collate "C" < coalesce(excluded.clock ->> 'project_id', '') collate "C" then excluded.project_id else x.project_id end,
        device = case when coalesce(x.clock ->> 'device', '') collate "C" < coalesce(excluded.clock ->> 'device', '') collate "C" then excluded.device else x.device end,
        created_at = case when coalesce(x.clock ->> 'created_at', '') collate "C" < coalesce(excluded.clock ->> 'created_at', '') collate "C" then excluded.created_at else x.created_at end,
        sent_at = case when coalesce(x.clock ->> 'sent_at', '') collate "C" < coalesce(excluded.clock ->> 'sent_at', '') collate "C" then excluded.sent_at else x.sent_at end,
        ended_at = case when coalesce(x.clock ->> 'ended_at', '') collate "C" < coalesce(excluded.clock ->> 'ended_at', '') collate "C" then excluded.ended_at else x.ended_at end,
        deleted = case when coalesce(x.clock ->> 'deleted', '') collate "C" < coalesce(excluded.clock ->> 'deleted', '') collate "C" then excluded.deleted else x.deleted end,
        clock = jsonb_strip_nulls(jsonb_build_object(
            'provider', greatest(x.clock ->> 'provider' collate "C", excluded.clock ->> 'provider' collate "C"),
            'model', greatest(x.clock ->> 'model' collate "C", excluded.clock ->> 'model' collate "C"),
            'month', greatest(x.clock ->> 'month' collate "C", excluded.clock ->> 'month' collate "C"),
            'status', greatest(x.clock ->> 'status' collate "C", excluded.clock ->> 'status' collate "C"),
            'characters_reserved', greatest(x.clock ->> 'characters_reserved' collate "C", excluded.clock ->> 'characters_reserved' collate "C"),
            'microusd_reserved', greatest(x.clock ->> 'microusd_reserved' collate "C", excluded.clock ->> 'microusd_reserved' collate "C"),
            'characters_charged', greatest(x.clock ->> 'characters_charged' collate "C", excluded.clock ->> 'characters_charged' collate "C"),
            'microusd_charged', greatest(x.clock ->> 'microusd_charged' collate "C", excluded.clock ->> 'microusd_charged' collate "C"),
            'project_id', greatest(x.clock ->> 'project_id' collate "C", excluded.clock ->> 'project_id' collate "C"),
            'device', greatest(x.clock ->> 'device' collate "C", excluded.clock ->> 'device' collate "C"),
            'created_at', greatest(x.clock ->> 'created_at' collate "C", excluded.clock ->> 'created_at' collate "C"),
            'sent_at', greatest(x.clock ->> 'sent_at' collate "C", excluded.clock ->> 'sent_at' collate "C"),
            'ended_at', greatest(x.clock ->> 'ended_at' collate "C", excluded.clock ->> 'ended_at' collate "C"),
            'deleted', greatest(x.clock ->> 'deleted' collate "C", excluded.clock ->> 'deleted' collate "C")))
    where false
        or coalesce(x.clock ->> 'provider', '') collate "C" < coalesce(excluded.clock ->> 'provider', '') collate "C"
        or coalesce(x.clock ->> 'model', '') collate "C" < coalesce(excluded.clock ->> 'model', '') collate "C"
        or coalesce(x.clock ->> 'month', '') collate "C" < coalesce(excluded.clock ->> 'month', '') collate "C"
        or coalesce(x.clock ->> 'status', '') collate "C" < coalesce(excluded.clock ->> 'status', '') collate "C"
        or coalesce(x.clock ->> 'characters_reserved', '') collate "C" < coalesce(excluded.clock ->> 'characters_reserved', '') collate "C"
        or coalesce(x.clock ->> 'microusd_reserved', '') collate "C" < coalesce(excluded.clock ->> 'microusd_reserved', '') collate "C"
        or coalesce(x.clock ->> 'characters_charged', '') collate "C" < coalesce(excluded.clock ->> 'characters_charged', '') collate "C"
        or coalesce(x.clock ->> 'microusd_charged', '') collate "C" < coalesce(excluded.clock ->> 'microusd_charged', '') collate "C"
        or coalesce(x.clock ->> 'project_id', '') collate "C" < coalesce(excluded.clock ->> 'project_id', '') collate "C"
        or coalesce(x.clock ->> 'device', '') collate "C" < coalesce(excluded.clock ->> 'device', '') collate "C"
        or coalesce(x.clock ->> 'created_at', '') collate "C" < coalesce(excluded.clock ->> 'created_at', '') collate "C"
        or coalesce(x.clock ->> 'sent_at', '') collate "C" < coalesce(excluded.clock ->> 'sent_at', '') collate "C"
        or coalesce(x.clock ->> 'ended_at', '') collate "C" < coalesce(excluded.clock ->> 'ended_at', '') collate "C"
        or coalesce(x.clock ->> 'deleted', '') collate "C" < coalesce(excluded.clock ->> 'deleted', '') collate "C";
    insert into public.publications as x (profile_id, id, clip_id, clip_hash, account, platform, status, caption, settings, device, publish_at, post_id, url, created_at, sent_at, ended_at, deleted, clock)
    select p_profile, (e ->> 'id')::uuid,
        (e -> 'f' ->> 'clip_id')::uuid,
        e -> 'f' ->> 'clip_hash',
        nullif(e -> 'f' -> 'account', 'null'::jsonb),
        e -> 'f' ->> 'platform',
        e -> 'f' ->> 'status',
        e -> 'f' ->> 'caption',
        nullif(e -> 'f' -> 'settings', 'null'::jsonb),
        e -> 'f' ->> 'device',
        private.moment(e -> 'f' ->> 'publish_at'),
        e -> 'f' ->> 'post_id',
        e -> 'f' ->> 'url',
        private.moment(e -> 'f' ->> 'created_at'),
        private.moment(e -> 'f' ->> 'sent_at'),
        private.moment(e -> 'f' ->> 'ended_at'),
        coalesce((e -> 'f' ->> 'deleted')::boolean, false),
        e -> 'c'
    from jsonb_array_elements(p_changes) e where e ->> 't' = 'publications'
    on conflict (profile_id, id) do update set
        clip_id = case when coalesce(x.clock ->> 'clip_id', '') collate "C" < coalesce(excluded.clock ->> 'clip_id', '') collate "C" then excluded.clip_id else x.clip_id end,
        clip_hash = case when coalesce(x.clock ->> 'clip_hash', '') collate "C" < coalesce(excluded.clock ->> 'clip_hash', '') collate "C" then excluded.clip_hash else x.clip_hash end,
        account = case when coalesce(x.clock ->> 'account', '') collate "C" < coalesce(excluded.clock ->> 'account', '') collate "C" then excluded.account else x.account end,
        platform = case when coalesce(x.clock ->> 'platform', '') collate "C" < coalesce(excluded.clock ->> 'platform', '') collate "C" then excluded.platform else x.platform end,
        status = case when coalesce(x.clock ->> 'status', '') collate "C" < coalesce(excluded.clock ->> 'status', '') collate "C" then excluded.status else x.status end,
        caption = case when coalesce(x.clock ->> 'caption', '') collate "C" < coalesce(excluded.clock ->> 'caption', '') collate "C" then excluded.caption else x.caption end,
        settings = case when coalesce(x.clock ->> 'settings', '') collate "C" < coalesce(excluded.clock ->> 'settings', '') collate "C" then excluded.settings else x.settings end,
        device = case when coalesce(x.clock ->> 'device', '') collate "C" < coalesce(excluded.clock ->> 'device', '') collate "C" then excluded.device else x.device end,
        publish_at = case when coalesce(x.clock ->> 'publish_at', '') collate "C" < coalesce(excluded.clock ->> 'publish_at', '') collate "C" then excluded.publish_at else x.publish_at end,
        post_id = case when coalesce(x.clock ->> 'post_id', '') collate "C" < coalesce(excluded.clock ->> 'post_id', '') collate "C" then excluded.post_id else x.post_id end,
        url = case when coalesce(x.clock ->> 'url', '') collate "C" < coalesce(excluded.clock ->> 'url', '') collate "C" then excluded.url else x.url end,
        created_at = case when coalesce(x.clock ->> 'created_at', '') collate "C" < coalesce(excluded.clock ->> 'created_at', '') collate "C" then excluded.created_at else x.created_at end,
        sent_at = case when coalesce(x.clock ->> 'sent_at', '') collate "C" < coalesce(excluded.clock ->> 'sent_at', '') collate "C" then excluded.sent_at else x.sent_at end,
        ended_at = case when coalesce(x.clock ->> 'ended_at', '') collate "C" < coalesce(excluded.clock ->> 'ended_at', '') collate "C" then excluded.ended_at else x.ended_at end,
        deleted = case when coalesce(x.clock ->> 'deleted', '') collate "C" < coalesce(excluded.clock ->> 'deleted', '') collate "C" then excluded.deleted else x.deleted end,
        clock = jsonb_strip_nulls(jsonb_build_object(
            'clip_id', greatest(x.clock ->> 'clip_id' collate "C", excluded.clock ->> 'clip_id' collate "C"),
            'clip_hash', greatest(x.clock ->> 'clip_hash' collate "C", excluded.clock ->> 'clip_hash' collate "C"),
            'account', greatest(x.clock ->> 'account' collate "C", excluded.clock ->> 'account' collate "C"),
            'platform', greatest(x.clock ->> 'platform' collate "C", excluded.clock ->> 'platform' collate "C"),
            'status', greatest(x.clock ->> 'status' collate "C", excluded.clock ->> 'status' collate "C"),
            'caption', greatest(x.clock ->> 'caption' collate "C", excluded.clock ->> 'caption' collate "C"),
            'settings', greatest(x.clock ->> 'settings' collate "C", excluded.clock ->> 'settings' collate "C"),
            'device', greatest(x.clock ->> 'device' collate "C", excluded.clock ->> 'device' collate "C"),
            'publish_at', greatest(x.clock ->> 'publish_at' collate "C", excluded.clock ->> 'publish_at' collate "C"),
            'post_id', greatest(x.clock ->> 'post_id' collate "C", excluded.clock ->> 'post_id' collate "C"),
            'url', greatest(x.clock ->> 'url' collate "C", excluded.clock ->> 'url' collate "C"),
            'created_at', greatest(x.clock ->> 'created_at' collate "C", excluded.clock ->> 'created_at' collate "C"),
            'sent_at', greatest(x.clock ->> 'sent_at' collate "C", excluded.clock ->> 'sent_at' collate "C"),
            'ended_at', greatest(x.clock ->> 'ended_at' collate "C", excluded.clock ->> 'ended_at' collate "C"),
            'deleted', greatest(x.clock ->> 'deleted' collate "C", excluded.clock ->> 'deleted' collate "C")))
    where false
        or coalesce(x.clock ->> 'clip_id', '') collate "C" < coalesce(excluded.clock ->> 'clip_id', '') collate "C"
        or coalesce(x.clock ->> 'clip_hash', '') collate "C" < coalesce(excluded.clock ->> 'clip_hash', '') collate "C"
        or coalesce(x.clock ->> 'account', '') collate "C" < coalesce(excluded.clock ->> 'account', '') collate "C"
        or coalesce(x.clock ->> 'platform', '') collate "C" < coalesce(excluded.clock ->> 'platform', '') collate "C"
        or coalesce(x.clock ->> 'status', '') collate "C" < coalesce(excluded.clock ->> 'status', '') collate "C"
        or coalesce(x.clock ->> 'caption', '') collate "C" < coalesce(excluded.clock ->> 'caption', '') collate "C"
        or coalesce(x.clock ->> 'settings', '') collate "C" < coalesce(excluded.clock ->> 'settings', '') collate "C"
        or coalesce(x.clock ->> 'device', '') collate "C" < coalesce(excluded.clock ->> 'device', '') collate "C"
        or coalesce(x.clock ->> 'publish_at', '') collate "C" < coalesce(excluded.clock ->> 'publish_at', '') collate "C"
        or coalesce(x.clock ->> 'post_id', '') collate "C" < coalesce(excluded.clock ->> 'post_id', '') collate "C"
        or coalesce(x.clock ->> 'url', '') collate "C" < coalesce(excluded.clock ->> 'url', '') collate "C"
        or coalesce(x.clock ->> 'created_at', '') collate "C" < coalesce(excluded.clock ->> 'created_at', '') collate "C"
        or coalesce(x.clock ->> 'sent_at', '') collate "C" < coalesce(excluded.clock ->> 'sent_at', '') collate "C"
        or coalesce(x.clock ->> 'ended_at', '') collate "C" < coalesce(excluded.clock ->> 'ended_at', '') collate "C"
        or coalesce(x.clock ->> 'deleted', '') collate "C" < coalesce(excluded.clock ->> 'deleted', '') collate "C";
end $$;

create or replace function private.is_column(p_table text, p_column text) returns boolean
language sql immutable security invoker set search_path = '' as $$
    select case p_table
        when 'settings' then p_column in ('name', 'value', 'deleted')
        when 'sources' then p_column in ('name', 'hash', 'bytes', 'duration_ms', 'width', 'height', 'has_sound', 'probe', 'framing', 'analysed_at', 'tags', 'shots', 'created_at', 'deleted')
        when 'projects' then p_column in ('name', 'look', 'sources', 'created_at', 'deleted')
        when 'scripts' then p_column in ('project_id', 'name', 'text', 'language', 'tags', 'recording', 'position', 'pins', 'caption_edits', 'created_at', 'deleted')
        when 'clips' then p_column in ('project_id', 'plan', 'name', 'hash', 'bytes', 'duration_ms', 'receipt', 'triage', 'created_at', 'deleted')
        when 'jobs' then p_column in ('kind', 'status', 'created_at', 'started_at', 'finished_at', 'deleted')
        when 'api_costs' then p_column in ('provider', 'model', 'month', 'status', 'characters_reserved', 'microusd_reserved', 'characters_charged', 'microusd_charged', 'project_id', 'device', 'created_at', 'sent_at', 'ended_at', 'deleted')
        when 'publications' then p_column in ('clip_id', 'clip_hash', 'account', 'platform', 'status', 'caption', 'settings', 'device', 'publish_at', 'post_id', 'url', 'created_at', 'sent_at', 'ended_at', 'deleted')
        else false
    end $$;

revoke all on function private.apply_changes(uuid, jsonb), private.is_column(text, text) from public, anon;
grant execute on function private.apply_changes(uuid, jsonb), private.is_column(text, text) to authenticated;

commit;
