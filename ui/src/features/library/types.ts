/** What the library shows, by the names of the calls that give it. */
import type { Reply } from '../../backend/backend';

export type SourceRow = Reply<'source_page'>['sources'][number];
export type SourceDetail = Reply<'source_show'>;
export type Source = SourceDetail['source'];
export type ShotLine = SourceDetail['shots'][number];
export type Framing = NonNullable<Source['framing']>;
export type ClipRow = Reply<'clip_page'>['clips'][number];
export type ClipDetail = Reply<'clip_show'>;
export type Receipt = ClipDetail['receipt'];
export type Triage = 'new' | 'accepted' | 'rejected';
