// Resumable uploads as the hosted storage offers them: an address made of what is uploaded, and an object only once all of
// it is there and the one who uploads may put it there.
import { FileStore } from '@tus/file-store';
import { Server } from '@tus/server';
import { randomUUID } from 'node:crypto';
import fs from 'node:fs/promises';

export const PATH = '/storage/v1/upload/resumable';
// The hosted storage takes no larger file on its free plan.
const MOST_BYTES = 50 * 1024 * 1024;

const refusal = (status_code, code, message) => ({
  status_code,
  body: JSON.stringify({ statusCode: String(status_code), error: code, message }),
});

// `put` makes an object as the one whose request this is; `may` says whether they could, `known` whether they are anybody.
export function uploads(folder, { known, may, put }) {
  const store = new FileStore({ directory: folder });
  const parts = (id) => {
    const [bucket, ...rest] = id.split('/');
    return { bucket, name: rest.slice(0, -1).join('/') };
  };
  return new Server({
    path: PATH,
    datastore: store,
    maxSize: MOST_BYTES,
    respectForwardedHeaders: true,
    namingFunction: (_, metadata) => `${metadata.bucketName}/${metadata.objectName}/${randomUUID()}`,
    generateUrl: (_, { proto, host, path, id }) =>
      `${proto}://${host}${path}/${Buffer.from(id).toString('base64url')}`,
    getFileIdFromRequest: (request) => {
      const last = new URL(request.url, 'http://here').pathname.split('/').pop();
      return !last || last === 'resumable' ? undefined : Buffer.from(last, 'base64url').toString();
    },
    async onIncomingRequest(request, id) {
      if (request.method === 'OPTIONS') return;
      const { bucket, name } = parts(id);
      const no =
        request.method === 'HEAD' ? known(request.headers) : await may(request.headers, bucket, name);
      if (no) throw refusal(no.status, no.error, no.message);
    },
    async onUploadFinish(request, upload) {
      const { bucket, name } = parts(upload.id);
      const type = upload.metadata?.contentType ?? 'application/octet-stream';
      const answer = await put(request.headers, bucket, name, type, await fs.readFile(upload.storage.path));
      if (!answer.ok) throw { status_code: answer.status, body: await answer.text() };
      return { headers: { 'Tus-Complete': '1' } };
    },
  });
}
