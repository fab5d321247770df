/** Reading from and changing the profile: one typed key per call, refreshed by what the profile announces. */
import { type QueryClient, useMutation, useQuery } from '@tanstack/react-query';
import type { Arguments, CallName, Failure, Heard, Reply } from '../backend/backend';
import { useScope } from './scope';

/** The key of a call's reply. */
export function keyOf<K extends CallName>(name: K, args: Arguments<K>): readonly [K, Arguments<K>] {
  return [name, args];
}

/** The reply of a call, kept until something it depends on changes. */
export function useCall<K extends CallName>(
  name: K,
  args: Arguments<K>,
  options: {
    enabled?: boolean;
    /** Asked again this often, ms: for what nothing announces. */ every?: number;
  } = {},
) {
  const scope = useScope();
  return useQuery<Reply<K>, Failure>({
    queryKey: keyOf(name, args),
    queryFn: () => scope.call(name, args),
    enabled: options.enabled ?? true,
    refetchInterval: options.every ?? false,
  });
}

/** A change. What it changes is refreshed by the event that follows; `onSuccess` is for what comes next on the screen. */
export function useChange<K extends CallName>(name: K) {
  const scope = useScope();
  return useMutation<Reply<K>, Failure, Arguments<K>>({ mutationFn: (args) => scope.call(name, args) });
}

type Kind = Heard['event'];

/** Which calls show what an event is about. */
const SHOWN_BY: Record<Kind, readonly CallName[] | 'everything'> = {
  job: ['job_list', 'job_show', 'job_counts', 'job_batch', 'job_commands', 'project_variants'],
  source: ['source_page', 'source_list', 'source_show', 'source_tags', 'source_trash', 'shot_candidates'],
  clip: [
    'publish_propose',
    'publish_originality',
    'clip_page',
    'clip_list',
    'clip_show',
    'clip_counts',
    'clip_trash',
    'project_variants',
    'source_page',
    'source_show',
  ],
  project: [
    'project_list',
    'project_show',
    'project_variants',
    'caption_edits_show',
    'variant_captions',
    'speech_plan',
  ],
  settings: [
    'publish_show',
    'publish_propose',
    'brand_show',
    'storage_show',
    'sync_show',
    'backup_keep_show',
    'credential_list',
    'price_list',
    'voice_chain_show',
    'voice_list',
    'pronunciation_show',
    'speech_plan',
  ],
  costs: ['quota_show', 'cost_list', 'cost_summary', 'speech_plan'],
  sync: ['sync_show', 'sync_missing'],
  publishing: [
    'publish_show',
    'publish_propose',
    'publication_list',
    'publication_show',
    'publish_originality',
    'clip_page',
  ],
  voices: ['voice_catalog_show', 'voice_list', 'speech_plan', 'doctor'],
  inbox_refused: [],
  lagged: 'everything',
};

/** What shows the list of profiles and the settings of the program, which no profile's events tell of. */
export const OF_THE_HOME: readonly CallName[] = ['profile_list', 'app_settings_show'];

/** How long events are gathered before what they touch is read again: many come at once while frames are made. */
const GATHER_MS = 120;

/** Gives a listener that refreshes what events touch, a few times a second at most. */
export function refresher(client: QueryClient, alive: () => boolean): (heard: Heard) => void {
  let waiting = new Set<CallName>();
  let everything = false;
  let timer: ReturnType<typeof setTimeout> | null = null;
  const refresh = () => {
    timer = null;
    const names = waiting;
    const all = everything;
    waiting = new Set();
    everything = false;
    if (!alive()) return;
    void client.invalidateQueries({
      predicate: (query) => all || names.has(query.queryKey[0] as CallName),
    });
  };
  return (heard) => {
    const shown = SHOWN_BY[heard.event];
    if (shown === 'everything') everything = true;
    else for (const name of shown) waiting.add(name);
    timer ??= setTimeout(refresh, GATHER_MS);
  };
}
