/**
 * Media for looking at the window without the program behind it: stills and videos of the demo footage, the bundled
 * fonts. Part of the development server alone.
 */
import { execFile } from 'node:child_process';
import { createReadStream, existsSync, statSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { resolve } from 'node:path';
import type { Plugin } from 'vite';

const ASSETS = resolve(import.meta.dirname, '../../assets');
const FOOTAGE = [
  'meadow/rabbit.mp4',
  'earth/night-lights.mp4',
  'park/walk-on-grass.mp4',
  'square/people-crossing.mp4',
  'street/road-and-van.mp4',
].map((name) => resolve(ASSETS, 'demo/footage', name));

/** The same footage for the same name, always. */
function footageOf(name: string): string {
  const number = /source-(\d+)/.exec(name)?.[1];
  const at = number
    ? Number(number) - 1
    : [...name].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7);
  return FOOTAGE[Math.abs(at) % FOOTAGE.length] ?? '';
}

/** Whole or a part, as the real server sends it: a video that seeks asks for parts. */
function send(request: IncomingMessage, response: ServerResponse, path: string, type: string): void {
  const { size } = statSync(path);
  const [, from, to] = /bytes=(\d+)-(\d*)/.exec(request.headers.range ?? '') ?? [];
  const start = from ? Number(from) : 0;
  const end = to ? Number(to) : size - 1;
  response.writeHead(from ? 206 : 200, {
    'content-type': type,
    'content-length': end - start + 1,
    'accept-ranges': 'bytes',
    ...(from ? { 'content-range': `bytes ${start}-${end}/${size}` } : {}),
  });
  createReadStream(path, { start, end }).pipe(response);
}

const stills = new Map<string, Promise<Buffer>>();

/** A frame of the demo footage; which one hangs on the name. */
function still(name: string): Promise<Buffer> {
  const known = stills.get(name);
  if (known) return known;
  const second = [...name].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % 5;
  const size = name.includes('clips/') ? 'crop=ih*9/16:ih,scale=216:384' : 'scale=320:-2';
  const made = new Promise<Buffer>((done, failed) => {
    const options = ['-v', 'error', '-ss', `${second}`, '-i', footageOf(name), '-frames:v', '1', '-vf', size];
    execFile('ffmpeg', [...options, '-f', 'mjpeg', '-'], { encoding: 'buffer' }, (error, bytes) =>
      error ? failed(error) : done(bytes),
    );
  });
  stills.set(name, made);
  return made;
}

/** A logo as a brand could have one. */
const LOGO = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 160 60"><rect width="160" height="60" rx="30" fill="#fff"/>
<circle cx="32" cy="30" r="16" fill="#e5684f"/><text x="60" y="40" font-family="sans-serif" font-weight="700" font-size="28"
fill="#222">Crumb</text></svg>`;

function answer(request: IncomingMessage, response: ServerResponse): void {
  const path = decodeURIComponent((request.url ?? '').split('?')[0] ?? '');
  const [, , kind = '', ...rest] = path.split('/');
  const name = rest.join('/');
  const font = resolve(ASSETS, 'fonts', name);
  if (kind === 'font' && existsSync(font)) send(request, response, font, 'font/ttf');
  else if (kind === 'source' || kind === 'original' || kind === 'clip' || /\.mp4$/.test(name)) {
    send(request, response, footageOf(name), 'video/mp4');
  } else if (name.includes('brand/')) {
    response.writeHead(200, { 'content-type': 'image/svg+xml' }).end(LOGO);
  } else if (/\.(jpg|jpeg|png|webp)$/.test(name)) {
    still(name).then(
      (bytes) => response.writeHead(200, { 'content-type': 'image/jpeg' }).end(bytes),
      () => response.writeHead(404).end(),
    );
  } else response.writeHead(404).end();
}

/** Serves them under `/dev-media`. */
export function devMedia(): Plugin {
  return {
    name: 'dev-media',
    apply: 'serve',
    configureServer(server) {
      server.middlewares.use('/dev-media', answer);
    },
  };
}
