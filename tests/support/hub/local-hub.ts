/**
 * A server that behaves like a model hub: an API that names commits and digests, files behind `resolve`, large ones redirected to another host, CORS,
 * ranges. Faults are switched on while it runs.
 */
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { HubModel } from './models.ts';
import { createHubWriter, type HubWriter } from './hub-writer.ts';

/** What goes wrong. All are off at the start and may be changed between requests. */
export interface HubFaults {
  /** Answers these files (or "api") with a status instead. */
  status: Record<string, number>;
  /** So many requests are answered 429 before one is served. */
  tooManyRequests: number;
  retryAfter: string | null;
  /** So many answers of the other host are cut after `cutAfter` bytes. */
  cuts: number;
  cutAfter: number;
  /** The other host ignores Range and sends everything. */
  noRange: boolean;
  /** Content-Range is not exposed to pages. */
  hideRange: boolean;
  /** No CORS headers. */
  noCors: boolean;
  /** So many answers of the other host stop in the middle without being closed. */
  stalls: number;
  /** Bytes per second of the other host; 0 = as fast as it can. */
  speed: number;
  /** One bit of a weight is not as the hub's digest says. */
  corrupt: boolean;
  /** The other host serves the files of another repository under these names: what lay there was replaced. */
  replaced: Record<string, string>;
  /** The ETag of the other host; null: it sends none. */
  version: string | null;
}

const NO_FAULTS: HubFaults = {
  status: {},
  tooManyRequests: 0,
  retryAfter: null,
  cuts: 0,
  cutAfter: 0,
  noRange: false,
  hideRange: false,
  noCors: false,
  stalls: 0,
  speed: 0,
  corrupt: false,
  replaced: {},
  version: null,
};

/** A server that has a fault as soon as a file is asked for from anywhere but its beginning. */
export const brokenAfterStart: typeof fetch = (input, init) => {
  const { Range = 'bytes=0-' } = (init?.headers ?? {}) as Record<string, string>;
  return Range.startsWith('bytes=0-') ? fetch(input, init) : Promise.resolve(new Response('', { status: 503 }));
};

/** A server that packs whatever it gives, as a browser shows it to the pages of another site: no parts, and the length of what was packed. */
export const packing: typeof fetch = async (input, init) => {
  if ('Range' in (init?.headers ?? {})) throw new TypeError('Failed to fetch');
  const { status, body } = await fetch(input, init);
  return new Response(body, { status, headers: { 'Content-Length': '100000000' } });
};

export interface LoggedRequest {
  readonly method: string;
  readonly path: string;
  readonly range: string | null;
}

export interface LocalHub {
  readonly url: string;
  readonly faults: HubFaults;
  readonly requests: LoggedRequest[];
  /** What was written to it, and by which tokens it lets itself be written to. */
  readonly writer: HubWriter;
  /** Body bytes of weights sent so far. */
  readonly weightBytes: () => number;
  reset(): void;
  close(): Promise<void>;
}

const CHUNK = 16_384;
const isLarge = (file: string): boolean => file.endsWith('.safetensors');
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** The third byte from the end is a low byte of the last mantissa: no number becomes infinite. */
function withFlippedBit(bytes: Uint8Array): Uint8Array {
  const copy = bytes.slice();
  copy[copy.length - 3] ^= 1;
  return copy;
}

function listen(server: Server, host: string): Promise<number> {
  return new Promise((resolve) => server.listen(0, host, () => resolve((server.address() as AddressInfo).port)));
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

/** Resolves when the answer takes more bytes, or nobody reads it any more. */
function writable(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const go = () => {
      response.off('drain', go).off('close', go);
      resolve();
    };
    response.on('drain', go).on('close', go);
  });
}

function rangeOf(header: string | undefined, size: number): { begin: number; end: number } | 'none' | 'outside' {
  const match = /^bytes=(\d+)-(\d+)$/.exec(header ?? '');
  if (!match) return 'none';
  const begin = Number(match[1]);
  return begin >= size ? 'outside' : { begin, end: Math.min(size, Number(match[2]) + 1) };
}

/** What goes out, with the faults that are switched on. */
class Sender {
  #sent = 0;

  constructor(private readonly faults: HubFaults) {}

  /** Body bytes of weights so far. */
  get sent(): number {
    return this.#sent;
  }
  reset(): void {
    this.#sent = 0;
  }

  headers(): Record<string, string> {
    if (this.faults.noCors) return {};
    return {
      'Access-Control-Allow-Origin': '*',
      'Access-Control-Expose-Headers': this.faults.hideRange
        ? 'ETag'
        : 'ETag, Content-Range, Accept-Ranges, X-Repo-Commit, Retry-After',
    };
  }

  fail(response: ServerResponse, status: number): void {
    response.writeHead(status, { ...this.headers(), 'Content-Type': 'text/plain' }).end(`fault ${status}\n`);
  }

  json(response: ServerResponse, value: unknown): void {
    response.writeHead(200, { ...this.headers(), 'Content-Type': 'application/json' }).end(JSON.stringify(value));
  }

  /** A small file, as a whole. */
  file(response: ServerResponse, body: Uint8Array): void {
    response.writeHead(200, { ...this.headers(), ...describing(body) }).end(body);
  }

  /** A large file, or the range of it that is asked for. */
  weights(request: IncomingMessage, response: ServerResponse, body: Uint8Array): void {
    const { noRange, version } = this.faults;
    const range = noRange ? 'none' : rangeOf(request.headers.range, body.length);
    if (range === 'outside') return this.fail(response, 416);
    const part = range === 'none' ? body : body.subarray(range.begin, range.end);
    response.writeHead(range === 'none' ? 200 : 206, {
      ...this.headers(),
      ...describing(part),
      ...(version !== null && { ETag: version }),
      ...(range !== 'none' && { 'Content-Range': `bytes ${range.begin}-${range.end - 1}/${body.length}` }),
    });
    void this.#slowly(response, part);
  }

  async #slowly(response: ServerResponse, body: Uint8Array): Promise<void> {
    const { faults } = this;
    const cutAt = faults.cuts > 0 ? faults.cutAfter : Infinity;
    const stallAt = faults.stalls > 0 ? faults.cutAfter : Infinity;
    if (cutAt < body.length) faults.cuts--;
    if (stallAt < body.length) faults.stalls--;
    for (let at = 0; at < body.length; at += CHUNK) {
      if (response.destroyed) return;
      if (at >= stallAt) return;
      if (at >= cutAt) {
        response.destroy();
        return;
      }
      const chunk = body.subarray(at, at + CHUNK);
      this.#sent += chunk.length;
      if (!response.write(chunk)) await writable(response);
      if (faults.speed > 0) await new Promise((resolve) => setTimeout(resolve, (1000 * chunk.length) / faults.speed));
    }
    response.end();
  }
}

const describing = ({ length }: Uint8Array) => ({
  'Content-Type': 'application/octet-stream',
  'Content-Length': length,
});

/** What the API says of a repository. */
function describe({ files, commit, licence }: HubModel) {
  const siblings = Object.entries(files).map(([rfilename, bytes]) => ({
    rfilename,
    ...(isLarge(rfilename) && { lfs: { sha256: sha256(bytes), size: bytes.length } }),
  }));
  return { sha: commit, cardData: { license: licence ?? null }, tags: [], siblings };
}

/** The file that an address names: `/owner/name/resolve/revision/path`. A revision may contain slashes (refs/pr/3), and so may the path. */
function resolved(models: Readonly<Record<string, HubModel>>, address: string) {
  const [, repo, rest] = /^\/([^/]+\/[^/]+)\/resolve\/(.+)$/.exec(address) ?? [];
  const model = models[repo];
  const revision = [model?.commit, 'main'].find((name) => name !== undefined && rest?.startsWith(`${name}/`));
  const file = revision === undefined ? '' : rest.slice(revision.length + 1);
  return { repo, file, body: model?.files[file] };
}

/** @param given by owner/name; every branch and every commit but the right one leads to the same files. */
export async function startLocalHub(given: Readonly<Record<string, HubModel>>): Promise<LocalHub> {
  const models: Record<string, HubModel> = { ...given };
  const writer = createHubWriter(models);
  const faults: HubFaults = { ...NO_FAULTS, status: {}, replaced: {} };
  const requests: LoggedRequest[] = [];
  const sender = new Sender(faults);
  let otherHost = '';

  /** Notes every request, answers those that write, and hands on those that read. */
  const serve = (read: (address: string, response: ServerResponse, request: IncomingMessage) => void): Server =>
    createServer((request, response) => {
      const address = decodeURIComponent((request.url ?? '/').replace(/\?.*$/, ''));
      requests.push({ method: request.method ?? '', path: request.url ?? '', range: request.headers.range ?? null });
      if (writer.takes(request, address)) return void writer.answer(request, response, address, otherHost);
      if (request.method !== 'GET') return sender.fail(response, 405);
      read(address, response, request);
    });

  const hub = serve((address, response) => {
    if (faults.tooManyRequests > 0) {
      faults.tooManyRequests--;
      const { retryAfter } = faults;
      response.writeHead(429, { ...sender.headers(), ...(retryAfter !== null && { 'Retry-After': retryAfter }) }).end();
      return;
    }
    const api = /^\/api\/models\/([^/]+\/[^/]+)\/revision\/(.+)$/.exec(address);
    if (api) {
      const model = models[api[1]];
      if (faults.status.api) return sender.fail(response, faults.status.api);
      return model ? sender.json(response, describe(model)) : sender.fail(response, 404);
    }
    const { repo, file, body } = resolved(models, address);
    const status = faults.status[file];
    if (status) return sender.fail(response, status);
    if (!body) return sender.fail(response, 404);
    if (!isLarge(file)) return sender.file(response, body);
    response.writeHead(302, { ...sender.headers(), Location: `${otherHost}/${repo}/${file}` }).end();
  });

  const cdn = serve((address, response, request) => {
    const [, repo, file] = /^\/([^/]+\/[^/]+)\/(.+)$/.exec(address) ?? [];
    const body = models[faults.replaced[repo] ?? repo]?.files[file];
    if (!body) return sender.fail(response, 404);
    sender.weights(request, response, faults.corrupt ? withFlippedBit(body) : body);
  });

  otherHost = `http://127.0.0.1:${await listen(cdn, '127.0.0.1')}`;
  const url = `http://localhost:${await listen(hub, 'localhost')}`;
  return {
    url,
    faults,
    requests,
    writer,
    weightBytes: () => sender.sent,
    reset() {
      Object.assign(faults, NO_FAULTS, { status: {}, replaced: {} });
      requests.length = 0;
      sender.reset();
    },
    close: async () => {
      await Promise.all([close(hub), close(cdn)]);
    },
  };
}
