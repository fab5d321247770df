// A stand-in for a hosted project on loopback, on a Postgres that is there: `node backend.mjs SOCKET DATABASE FOLDER`.
// Says `ready PORT` once it answers. It makes what a hosted project has before anything of ours is in it; our migrations
// come after that. `LIFETIME` is how many seconds an access token holds.
import { App, setExperimental } from '@supabase/lite';
import { createPostgresConnection } from '@supabase/lite/postgres';
import { AsyncLocalStorage } from 'node:async_hooks';
import { createHmac, timingSafeEqual } from 'node:crypto';
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { Files } from './files.mjs';
import { PATH, uploads } from './uploads.mjs';

const [socket, database, folder] = process.argv.slice(2);
const SECRET = 'a secret of this test run alone, and long enough';
const LIFETIME = Number(process.env.LIFETIME ?? 3600);

for (const name of ['objects', 'uploads']) fs.mkdirSync(path.join(folder, name), { recursive: true });
setExperimental('storage', true);
const connection = createPostgresConnection({
  url: `postgres://postgres@localhost/${database}`,
  postgresOptions: { host: socket, path: `${socket}/.s.PGSQL.5432`, max: 4, onnotice() {} },
});
// Roles belong to the whole server: another database of it may have made them.
await connection.driver.unsafe(`
  do $$ begin
    if not exists (select 1 from pg_roles where rolname = 'anon') then
      create role anon nologin noinherit;
      create role authenticated nologin noinherit;
      create role service_role nologin noinherit bypassrls;
    end if;
  end $$`);
const app = new App({
  connection,
  auth: {
    enabled: true,
    jwt_secret: SECRET,
    jwt_expiry: LIFETIME,
    enable_refresh_token_rotation: true,
    refresh_token_reuse_interval: 0,
    publishable_key: 'sb_publishable_of_the_tests',
    secret_key: 'sb_secret_of_the_tests',
  },
  storage: { enabled: true },
});
app._storageAdapter = new Files(path.join(folder, 'objects'));
await app.init();
await app.ensureSystemSchema();
// As hosted projects have it: everybody may look into these schemas, and whoever makes something in public gives it to
// everybody, so that our files must take it away.
await connection.driver.unsafe(`
  grant usage on schema public, auth, storage to anon, authenticated, service_role;
  grant all on storage.objects, storage.buckets to anon, authenticated, service_role;
  alter default privileges in schema public grant all on tables to anon, authenticated, service_role;
  alter default privileges in schema public grant all on functions to anon, authenticated, service_role;`);

// PostgREST hands on every SQLSTATE; this server hides those it does not know. What it logs of them says what they were.
const meanwhile = new AsyncLocalStorage();
console.error = (...said) => {
  const refused = said.find((one) => one?.name === 'PostgresError');
  const request = meanwhile.getStore();
  if (refused && request) request.refused = refused;
  else console.warn(...said);
};

// Who asks, if what they show is signed by us and has not run out.
function claims(headers) {
  const [head, body, mark] = (headers.get('authorization') ?? '').replace(/^Bearer /, '').split('.');
  if (!mark) return null;
  const wanted = createHmac('sha256', SECRET).update(`${head}.${body}`).digest();
  const given = Buffer.from(mark, 'base64url');
  if (wanted.length !== given.length || !timingSafeEqual(wanted, given)) return null;
  const said = JSON.parse(Buffer.from(body, 'base64url').toString());
  return said.exp * 1000 > Date.now() ? said : null;
}

function known(headers) {
  if (claims(headers)) return null;
  return { status: 400, error: 'InvalidJWT', message: '"exp" claim timestamp check failed' };
}

const tus = uploads(path.join(folder, 'uploads'), {
  known,
  async may(headers, bucket, name) {
    const said = claims(headers);
    if (!said) return known(headers);
    // Tried as the one who asks, and undone: row level security decides.
    try {
      await connection.driver.begin(async (tx) => {
        await tx`select set_config('request.jwt.claims', ${JSON.stringify(said)}, true),
          set_config('request.jwt.claim.sub', ${said.sub}, true), set_config('role', ${said.role}, true)`;
        await tx`insert into storage.objects (bucket_id, name) values (${bucket}, ${name})`;
        throw Object.assign(new Error('undone'), { undone: true });
      });
    } catch (error) {
      if (error.undone) return null;
      if (!['23505', '42501'].includes(error.code)) throw error;
      if (error.code === '23505')
        return { status: 409, error: 'Duplicate', message: 'The resource already exists' };
      return { status: 403, error: 'Unauthorized', message: 'new row violates row-level security policy' };
    }
  },
  put: (headers, bucket, name, type, bytes) =>
    app.fetch(
      new Request(`http://127.0.0.1/storage/v1/object/${bucket}/${name}`, {
        method: 'POST',
        headers: {
          apikey: headers.get('apikey'),
          authorization: headers.get('authorization'),
          'content-type': type,
        },
        body: bytes,
      }),
      { peerAddress: null },
    ),
});

async function serve(request, response) {
  if (request.url.startsWith(PATH)) return tus.handle(request, response);
  const pieces = [];
  for await (const piece of request) pieces.push(piece);
  const body = pieces.length > 0 ? Buffer.concat(pieces) : undefined;
  const asked = new Request(`http://127.0.0.1${request.url}`, {
    method: request.method,
    headers: request.headers,
    body,
  });
  const answer = await app.fetch(asked, { peerAddress: null });
  const { refused } = meanwhile.getStore();
  const bytes = Buffer.from(await answer.arrayBuffer());
  if (refused && answer.status === 500) {
    const { code, message, detail: details = null, hint = null } = refused;
    // PostgREST takes the errors that a function raises for the caller's.
    response.writeHead(400, { 'content-type': 'application/json' });
    return response.end(JSON.stringify({ code, message, details, hint }));
  }
  response.writeHead(answer.status, Object.fromEntries(answer.headers));
  response.end(bytes);
}

const server = http.createServer((request, response) => {
  meanwhile.run({}, () =>
    serve(request, response).catch((error) => {
      console.warn(error);
      response.destroy();
    }),
  );
});
server.listen(0, '127.0.0.1', () => console.log(`ready ${server.address().port}`));
// Whoever started this is gone when nothing can be read any more.
process.stdin.resume().on('end', () => process.exit(0));
