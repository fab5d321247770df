// Where the storage of the stand-in keeps the bytes of its objects: a file each, named by what it is of.
import { createHash } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';

export class Files {
  driver = null;

  constructor(folder) {
    this.folder = folder;
  }

  where(bucket, key) {
    const name = createHash('sha256')
      .update(JSON.stringify([bucket, key]))
      .digest('hex');
    return path.join(this.folder, name);
  }

  async describe(file, httpStatusCode) {
    const { size, mtime } = await fs.stat(file);
    return {
      cacheControl: 'no-cache',
      contentLength: size,
      size,
      mimetype: 'application/octet-stream',
      lastModified: mtime,
      eTag: `"${size}-${mtime.getTime()}"`,
      httpStatusCode,
    };
  }

  async getObject(bucket, key) {
    const file = this.where(bucket, key);
    const metadata = await this.describe(file, 200);
    return { metadata, httpStatusCode: 200, body: await fs.readFile(file) };
  }

  async uploadObject(bucket, key, _, body, mimetype) {
    const file = this.where(bucket, key);
    const bytes = body instanceof Uint8Array ? body : Buffer.from(await new Response(body).arrayBuffer());
    await fs.writeFile(file, bytes);
    return { ...(await this.describe(file, 200)), mimetype };
  }

  async deleteObject(bucket, key) {
    await fs.rm(this.where(bucket, key), { force: true });
  }

  async deleteObjects(bucket, keys) {
    for (const key of keys) await this.deleteObject(bucket, key);
  }

  async copyObject(from, source, _, to, destination) {
    await fs.copyFile(this.where(from, source), this.where(to, destination));
    return this.describe(this.where(to, destination), 200);
  }

  async headObject(bucket, key) {
    return this.describe(this.where(bucket, key), 200);
  }

  async privateAssetUrl(bucket, key) {
    return this.where(bucket, key);
  }
}
