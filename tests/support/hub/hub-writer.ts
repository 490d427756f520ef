/** The side of the local hub that is written to: repositories are made, large files uploaded to another host, and everything committed at once. */
import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import * as v from 'valibot';
import type { HubModel } from './models.ts';

export const WRITE_TOKEN = 'hf_writer';
const READ_TOKEN = 'hf_reader';
/** May write to repositories that are there, and make none. */
export const NARROW_TOKEN = 'hf_narrow';
/** The owner the tokens belong to. */
const OWNER = 'tester';

const CORS = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Allow-Methods': 'GET, POST, PUT',
  'Access-Control-Allow-Headers': 'authorization, content-type',
};

const Create = v.object({ name: v.string(), organization: v.string(), visibility: v.optional(v.string()) });
const Preupload = v.object({ files: v.array(v.object({ path: v.string(), size: v.number(), sample: v.string() })) });
const Batch = v.object({ objects: v.array(v.object({ oid: v.string(), size: v.number() })) });
const Line = v.variant('key', [
  v.object({ key: v.literal('header'), value: v.object({ summary: v.string() }) }),
  v.object({
    key: v.literal('file'),
    value: v.object({ path: v.string(), content: v.string(), encoding: v.literal('base64') }),
  }),
  v.object({ key: v.literal('lfsFile'), value: v.object({ path: v.string(), oid: v.string(), size: v.number() }) }),
]);

export interface HubWriter {
  /** Authorization headers by the host they came to. */
  readonly seenTokens: { readonly path: string; readonly authorization: string | null }[];
  readonly visibility: ReadonlyMap<string, string | undefined>;
  takes(request: IncomingMessage, path: string): boolean;
  answer(request: IncomingMessage, response: ServerResponse, path: string, otherHost: string): Promise<void>;
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

const commitOf = (text: string): string => createHash('sha1').update(text).digest('hex');

/** @param models of the hub, to which commits are added */
export function createHubWriter(models: Record<string, HubModel>): HubWriter {
  const uploads = new Map<string, Uint8Array>();
  const seenTokens: { path: string; authorization: string | null }[] = [];
  const visibility = new Map<string, string | undefined>();
  const send = (response: ServerResponse, status: number, answer: unknown): void => {
    response.writeHead(status, { ...CORS, 'Content-Type': 'application/json' }).end(JSON.stringify(answer));
  };

  function create(response: ServerResponse, body: Buffer): void {
    const { name, organization, visibility: shown } = v.parse(Create, JSON.parse(body.toString()));
    const repo = `${organization}/${name}`;
    if (organization !== OWNER) return send(response, 403, { error: `You may not write to ${organization}` });
    if (models[repo]) return send(response, 409, { error: 'You already created this model repo' });
    models[repo] = { commit: commitOf(repo), files: {} };
    visibility.set(repo, shown);
    send(response, 200, { url: `https://hub.example/${repo}`, id: repo });
  }

  function commit(response: ServerResponse, repo: string, body: Buffer): void {
    const files: Record<string, Uint8Array> = { ...models[repo].files };
    for (const text of body.toString().split('\n').filter(Boolean)) {
      const { key, value } = v.parse(Line, JSON.parse(text));
      if (key === 'file') files[value.path] = new Uint8Array(Buffer.from(value.content, 'base64'));
      if (key !== 'lfsFile') continue;
      const bytes = uploads.get(value.oid);
      if (bytes?.length !== value.size) return send(response, 400, { error: `${value.path} was not uploaded` });
      files[value.path] = bytes;
    }
    const oid = commitOf(
      JSON.stringify(Object.entries(files).map(([name, bytes]) => [name, Buffer.from(bytes).toString('base64')])),
    );
    models[repo] = { ...models[repo], commit: oid, files };
    send(response, 200, {
      success: true,
      commitOid: oid,
      commitUrl: `https://hub.example/${repo}/commit/${oid}`,
      hookOutput: '',
    });
  }

  return {
    seenTokens,
    visibility,
    takes: ({ method }, path) =>
      method === 'OPTIONS' || method === 'POST' || (method === 'PUT' && path.startsWith('/upload/')),
    async answer(request, response, path, otherHost) {
      if (request.method === 'OPTIONS') return void response.writeHead(204, CORS).end();
      const body = await bodyOf(request);
      const authorization = request.headers.authorization ?? null;
      seenTokens.push({ path, authorization });
      if (request.method === 'PUT') {
        uploads.set(createHash('sha256').update(body).digest('hex'), new Uint8Array(body));
        return void response.writeHead(200, CORS).end();
      }
      if (authorization === `Bearer ${READ_TOKEN}`) return send(response, 403, { error: 'This token may only read' });
      const mayMake = authorization === `Bearer ${WRITE_TOKEN}`;
      if (!mayMake && authorization !== `Bearer ${NARROW_TOKEN}`)
        return send(response, 401, { error: 'Invalid credentials' });
      if (path === '/api/repos/create')
        return mayMake ? create(response, body) : send(response, 403, { error: 'This token makes no repositories' });
      const [, repo, action] =
        /^\/api\/models\/([^/]+\/[^/]+)\/(preupload|commit)\/main$/.exec(path) ??
        /^\/([^/]+\/[^/]+)\.git\/info\/lfs\/objects\/(batch)$/.exec(path) ??
        [];
      if (!models[repo]) return send(response, 404, { error: 'Repository not found' });
      if (action === 'commit') return commit(response, repo, body);
      if (action === 'preupload') {
        const { files } = v.parse(Preupload, JSON.parse(body.toString()));
        const isLarge = (file: string): boolean => /\.(safetensors|zip)$/.test(file);
        return send(response, 200, {
          files: files.map((file) => ({ path: file.path, uploadMode: isLarge(file.path) ? 'lfs' : 'regular' })),
        });
      }
      const { objects } = v.parse(Batch, JSON.parse(body.toString()));
      send(response, 200, {
        transfer: 'basic',
        objects: objects.map(({ oid, size }) => ({
          oid,
          size,
          actions: uploads.has(oid) ? undefined : { upload: { href: `${otherHost}/upload/${oid}`, header: {} } },
        })),
      });
    },
  };
}
