/** Piper's voices as core tells of them: two that can be had, one of which has no hash that anybody knows. */
import type { Reply } from '../backend/backend';

type Catalog = Reply<'voice_catalog_show'>;

export function anOffer(over: Partial<Catalog['voices'][number]> = {}): Catalog['voices'][number] {
  return {
    id: 'en_US-joe-medium',
    language: 'en-us',
    name: 'Joe, English, medium',
    licence: 'CC0',
    bytes: 63_206_088,
    page: 'https://example.org/joe',
    offered: true,
    hash_known: true,
    state: 'absent',
    lacks: null,
    ...over,
  };
}

export function aVoiceCatalog(over: Partial<Catalog> = {}): Catalog {
  const mihai = {
    id: 'ro_RO-mihai-medium',
    language: 'ro',
    name: 'Mihai, Romanian, medium',
    hash_known: false,
  };
  return {
    date: '2026-11-26',
    runtime: {
      installed: null,
      installed_bytes: null,
      offered: '1.22.0',
      bytes: 7_798_730,
      licence: 'MIT',
      page: null,
    },
    voices: [anOffer(), anOffer(mihai)],
    arriving: null,
    folder: '/home/a/voices',
    ...over,
  };
}
