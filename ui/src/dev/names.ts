/** Names as people give them, short, and as they give them when nobody stops them. */

export const FOOTAGE = [
  'rabbit.mp4',
  'night-lights.mp4',
  'walk-on-grass.mp4',
  'people-crossing.mp4',
  'road-and-van.mp4',
  'oven-door-slow.mov',
  'IMG_4471.MOV',
  'dough hands close 4K.mp4',
  'counter morning.mp4',
  'DJI_0031_harbour.mp4',
] as const;

export const TAGS = ['oven', 'bread', 'street', 'people', 'night', 'hands', 'shop', 'b-roll'] as const;

export const CLIPS = [
  'Fresh bread, every morning',
  'Three reasons to come early',
  'What the oven sees',
  'Small world',
  'Baked before you wake',
] as const;

const LONG =
  ' with a name that goes on and on because somebody pasted the whole brief into the field and nobody stopped them';

/** The same name, or one that is far too long, or one that is written from right to left. */
export function named(name: string, number: number, long: boolean): string {
  if (!long) return name;
  return number % 3 === 1 ? `استوديو الخبز ${name}` : `${name}${LONG}`;
}
