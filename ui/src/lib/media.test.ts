import { describe, expect, it } from 'vitest';
import { mediaOf, originalName } from './media';

describe('addresses of media', () => {
  const media = mediaOf('http://127.0.0.1:4000/token');

  it('keep_the_folders_of_a_path_and_encode_its_parts', () => {
    expect(media.file('media/pâine & unt #1.mp4')).toBe(
      'http://127.0.0.1:4000/token/file/media/p%C3%A2ine%20%26%20unt%20%231.mp4',
    );
  });

  it('name_sources_clips_and_fonts', () => {
    expect(media.source('s1')).toBe('http://127.0.0.1:4000/token/source/s1');
    expect(media.clip('c1')).toBe('http://127.0.0.1:4000/token/clip/c1');
    expect(media.font('Inter-Bold.ttf')).toBe('http://127.0.0.1:4000/token/font/Inter-Bold.ttf');
  });
});

it('a_music_file_keeps_the_name_it_had', () => {
  const hash = '0f'.repeat(32);
  expect(originalName(`media/music/${hash}-Încet și lin.mp3`)).toBe('Încet și lin.mp3');
  expect(originalName(`media/music/${hash}.mp3`)).toBeNull();
});
