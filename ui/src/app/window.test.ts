import { describe, expect, it } from 'vitest';
import { Place } from './window';

describe('what the window remembers of a page', () => {
  const left = (path: string, search?: Record<string, unknown>) => {
    const place = new Place('/library');
    place.remember(path, search);
    return place.at;
  };

  it('is its kind and its tab or section', () => {
    expect(left('/library', { tab: 'clips' })).toBe('/library?tab=clips');
    expect(left('/settings', { section: 'keys' })).toBe('/settings?section=keys');
    expect(left('/queue')).toBe('/queue');
  });

  it('is nothing that names a thing of a profile', () => {
    expect(left('/projects/17', { tab: 7 })).toBe('/projects');
    expect(left('/library', { tab: 'clips', clip: '17' })).toBe('/library?tab=clips');
  });

  it('is one value, whatever it holds', () => {
    expect(left('/library', { tab: 'clips&clip=17' })).toBe('/library?tab=clips%26clip%3D17');
  });
});
