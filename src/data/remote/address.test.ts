import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { zipSync } from 'fflate';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { testTar } from '../archive/test-tar.ts';
import { openReader } from '../dataset/reader.ts';
import { sourceOnPage, type DatasetSource } from '../dataset/source.ts';
import { testParquet } from '../formats/test-parquet.ts';
import { bytesOf, contents, fakeTree, messagesOf, textOf } from '../test-files.ts';
import { openAddress } from './address.ts';
import { hubId } from './hub.ts';

interface Asked {
  readonly url: string;
  readonly range: string | undefined;
}

let server: Server | null = null;
afterEach(
  () => new Promise((resolve) => (server ? (server.close(resolve), server.closeAllConnections()) : resolve(undefined))),
);

/** A local server of files; with ranges, and Content-Range, like file servers, or without. */
async function serve(
  files: Readonly<Record<string, Uint8Array | string>>,
  {
    ranges = true,
    contentRange = true,
    status = 200,
    type,
  }: { ranges?: boolean; contentRange?: boolean; status?: number; type?: string } = {},
): Promise<{ base: string; asked: Asked[]; bytes: () => number }> {
  const asked: Asked[] = [];
  let sent = 0;
  const answer = (request: IncomingMessage, response: ServerResponse) => {
    const { range } = request.headers;
    asked.push({ url: request.url ?? '', range });
    const content = files[decodeURIComponent((request.url ?? '').slice(1))];
    if (content === undefined || status !== 200) return response.writeHead(content === undefined ? 404 : status).end();
    const all = bytesOf(content);
    const typed = type === undefined ? {} : { 'Content-Type': type };
    const match = /^bytes=(\d+)-(\d*)$/.exec(range ?? '');
    if (!ranges || !match) {
      sent += all.length;
      return response.writeHead(200, { 'Content-Length': all.length, ...typed }).end(all);
    }
    const [begin, end] = [Number(match[1]), Math.min(all.length, match[2] === '' ? all.length : Number(match[2]) + 1)];
    const part = all.subarray(begin, end);
    if (range !== 'bytes=0-') sent += part.length;
    const headers = {
      'Content-Length': part.length,
      ...typed,
      ...(contentRange ? { 'Content-Range': `bytes ${begin}-${end - 1}/${all.length}` } : {}),
    };
    return response.writeHead(206, headers).end(part);
  };
  server = createServer(answer);
  const listening = server;
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  const { port } = listening.address() as AddressInfo;
  return { base: `http://127.0.0.1:${port}`, asked, bytes: () => sent };
}

const noise = (count: number, seed: number) =>
  Uint8Array.from({ length: count }, (_, i) => (Math.imul(i + seed * 7919, 0x9e3779b1) >>> 16) & 255);
const big = Object.fromEntries(Object.keys(fakeTree(['cat', 'dog'], 40)).map((name, i) => [name, noise(60_000, i)]));

describe('an address', () => {
  it.each([true, false])(
    'is read in parts where the server allows it; Content-Range visible: %s',
    async (contentRange) => {
      const zip = zipSync(big, { level: 0, mtime: '2020-01-01' });
      const { base, asked, bytes } = await serve({ 'pets v2.zip': zip }, { contentRange });
      const reader = await openReader({ kind: 'address', url: `${base}/pets%20v2.zip` });
      expect(messagesOf(reader)).toBe('');
      expect(reader.plan).toMatchObject({ name: 'pets v2', classes: ['cat', 'dog'], counts: [40, 40] });
      expect(bytes()).toBeLessThan(0.2 * zip.length);
      const read = await contents(reader, [3]);
      expect(read.get(3)).toEqual(big['cat/3.png']);
      expect(bytes()).toBeLessThan(0.35 * zip.length);
      expect(asked.every(({ range }) => range?.startsWith('bytes=') ?? false)).toBe(true);
    },
  );

  it('is loaded once as a whole where not', async () => {
    const { base, asked } = await serve({ 'pets.zip': zipSync(big, { level: 0 }) }, { ranges: false });
    const progress: (number | null)[][] = [];
    const reader = await openReader(
      { kind: 'address', url: `${base}/pets.zip` },
      { onProgress: (...args) => progress.push(args) },
    );
    await contents(reader);
    expect(asked).toHaveLength(1);
    expect(progress.at(-1)?.[0]).toBe(progress.at(-1)?.[1]);
  });

  const HTML = '<!doctype html><html><body>Please sign in</body></html>';
  it.each([
    ['pets.zip', HTML, 'text/html; charset=utf-8', /something else for pets\.zip: a text \(text\/html\), .*in a tab/],
    ['pets.zip', '{"error":"quota"}', 'application/json', /a text \(application\/json\)/],
    ['pets.zip', HTML, 'application/zip', /a text \(application\/zip\)/],
    ['pets.tar.gz', HTML, undefined, /something else for pets\.tar\.gz: a text, such as/],
    ['0.parquet', HTML, 'text/html', /something else for 0\.parquet/],
    ['download', `\n${HTML}`, 'text/html', /something else for download/],
    ['pets.csv', HTML, 'text/html', /something else for pets\.csv/],
    ['pets.zip', '', 'application/zip', /gives an empty file for pets\.zip\. Open the address in a tab/],
  ])('that answers with another thing says so: %s, %j, %s', async (name, content, type, message) => {
    for (const ranges of [true, false]) {
      const { base } = await serve({ [name]: content }, { ranges, type });
      await expect(openAddress(`${base}/${name}`)).rejects.toThrow(message);
      server?.close();
    }
  });

  it.each([
    ['pets.zip', zipSync(big, { level: 0 }), 'text/html'],
    ['pets.csv', 'label,x\ncat,1\n', 'text/html'],
    ['labels', 'label,x\ncat,1\n', 'text/plain'],
    // Packed on the server, and unpacked by the browser.
    ['labels.csv.gz', Buffer.from('file,label\na.png,cat\n'), 'text/csv'],
    // Bright pixels only.
    ['data_batch_1.bin', Buffer.alloc(600, 0xe0), 'application/octet-stream'],
  ])('may name a wrong type: %s', async (name, content, type) => {
    const { base } = await serve({ [name]: content }, { type });
    expect((await openAddress(`${base}/${name}`)).size).toBe(content.length);
  });

  it('ends in one clear sentence when it cannot be read', async () => {
    const { base } = await serve({ 'a.zip': 'x' }, { status: 503 });
    const http = { pause: 0.001 };
    await expect(openAddress(`${base}/a.zip`, { http })).rejects.toThrow(/has a fault \(503\).*drop it here/);
    await expect(openAddress(`${base}/none.zip`)).rejects.toThrow(/no such file .*\(404\).*Check the address/);
    await expect(openAddress('http://127.0.0.1:1/a.zip', { http })).rejects.toThrow(/cannot be reached.*drop it here/);
    for (const bad of ['', 'pets.zip', 'file:///etc/passwd', 'javascript:alert(1)', 'data:text/plain,x'])
      await expect(openAddress(bad)).rejects.toThrow(/no web address/);
    await expect(openAddress(`${base}/a.zip`, { signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow(
      'enough',
    );
  });
});

describe('the page', () => {
  it.each<DatasetSource>([
    { kind: 'address', url: 'http://192.168.0.5:8000/pets.zip' },
    { kind: 'hub', id: 'me/pets', base: 'http://10.0.0.3' },
  ])('refuses an address by name that it may not load from: %j', (source) =>
    expect(() => sourceOnPage(source)).toThrow(/is asked for over http\. .* or drop the files here/),
  );

  it.each<DatasetSource>([
    { kind: 'address', url: 'https://example.org/pets.zip' },
    { kind: 'address', url: 'http://localhost:8000/pets.zip' },
    { kind: 'address', url: 'pets.zip' },
    { kind: 'hub', id: 'me/pets' },
    { kind: 'files', files: [] },
  ])('takes %j', (source) => expect(sourceOnPage(source)).toBe(source));
});

describe('a server of data sets', () => {
  const zip = zipSync(big, { level: 0, mtime: '2020-01-01' });

  /** Answers as `answer` says, told how many requests came before. */
  async function unreliable(
    answer: (request: IncomingMessage, response: ServerResponse, before: number) => unknown,
  ): Promise<{ url: string; times: number[] }> {
    const times: number[] = [];
    server = createServer((request, response) => {
      times.push(performance.now());
      answer(request, response, times.length - 1);
    });
    const listening = server;
    await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
    return { url: `http://127.0.0.1:${(listening.address() as AddressInfo).port}/pets.zip`, times };
  }

  const inParts = (request: IncomingMessage, response: ServerResponse, most = Infinity) => {
    const match = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '') ?? ['', '0', ''];
    const [begin, end] = [Number(match[1]), match[2] === '' ? zip.length : Number(match[2]) + 1];
    response.writeHead(206, {
      'Content-Length': end - begin,
      'Content-Range': `bytes ${begin}-${end - 1}/${zip.length}`,
    });
    response.write(zip.subarray(begin, Math.min(end, begin + most)));
    return { complete: end - begin <= most };
  };

  it('that says nothing is given up after a while, and the reader is told meanwhile', async () => {
    const { url, times } = await unreliable(() => {}); // takes the connection, and that is all
    const waits: string[] = [];
    const http = { silence: 0.1, pause: 0.01, attempts: 3 };
    const opening = openReader({ kind: 'address', url }, { http, onWait: (reason) => waits.push(reason) });
    await expect(opening).rejects.toThrow(/does not answer.*drop it here/);
    expect(times).toHaveLength(3);
    expect(waits[0]).toMatch(/does not answer; trying again in 1 s/);
  });

  it('that falls silent in the middle of a part is asked again from there', async () => {
    const asked: (string | undefined)[] = [];
    const { url } = await unreliable((request, response, before) => {
      asked.push(request.headers.range);
      if (before === 0 || before > 3) return void (inParts(request, response), response.end());
      if (inParts(request, response, 100).complete) response.end();
    });
    const loaded: number[] = [];
    const http = { silence: 0.1, pause: 0.01 };
    const reader = await openReader({ kind: 'address', url }, { http, onProgress: (bytes) => loaded.push(bytes) });
    expect(reader.plan.counts).toEqual([40, 40]);
    expect((await contents(reader, [3])).get(3)).toEqual(big['cat/3.png']);
    expect(new Set(asked).size).toBeGreaterThan(3);
    expect(loaded.every((bytes, i) => i === 0 || bytes >= loaded[i - 1])).toBe(true);
    expect(loaded.at(-1)).toBeGreaterThan(0);
  });

  it('that cuts a file it gives as a whole goes on where it was', async () => {
    const { url } = await unreliable((_, response, before) => {
      response.writeHead(200, { 'Content-Length': zip.length });
      if (before < 2) response.write(zip.subarray(0, 1_000_000), () => response.destroy());
      else response.end(zip);
    });
    const reader = await openReader({ kind: 'address', url }, { http: { pause: 0.01 } });
    expect((await contents(reader, [3])).get(3)).toEqual(big['cat/3.png']);
  });

  it('that says "Retry-After: 0" is asked more and more rarely', async () => {
    const { url, times } = await unreliable((_, response) => response.writeHead(429, { 'Retry-After': '0' }).end());
    const opening = openReader({ kind: 'address', url }, { http: { pause: 0.04, attempts: 4 } });
    await expect(opening).rejects.toThrow(/allows no more requests/);
    const gaps = times.slice(1).map((time, i) => time - times[i]);
    gaps.forEach((gap, i) => expect(gap).toBeGreaterThan(40 * 2 ** i - 2));
  });

  it('whose file changes while it is read is found out', async () => {
    const { url } = await unreliable((request, response, before) => {
      if (before === 0) return void (inParts(request, response), response.end());
      response.writeHead(206, { 'Content-Length': 1, 'Content-Range': 'bytes 0-0/99' }).end('x');
    });
    await expect(openReader({ kind: 'address', url })).resolves.toMatchObject({
      plan: {
        problems: [{ severity: 'error', message: expect.stringMatching(/changed while it was read/) as string }],
      },
    });
  });

  it('whose file changes while it is read, and keeps its size, is found out', async () => {
    const { url } = await unreliable((request, response, before) => {
      response.setHeader(
        'Last-Modified',
        before < 2 ? 'Mon, 02 Mar 2026 10:00:00 GMT' : 'Tue, 03 Mar 2026 10:00:00 GMT',
      );
      inParts(request, response);
      response.end();
    });
    expect(messagesOf(await openReader({ kind: 'address', url }))).toMatch(/changed while it was read/);
  });

  it('whose file, given as a whole, changes when the connection is cut, is found out', async () => {
    const { url } = await unreliable((_, response, before) => {
      response.writeHead(200, { 'Content-Length': zip.length, ETag: before === 0 ? '"one"' : '"two"' });
      if (before === 0) response.write(zip.subarray(0, 1_000_000), () => response.destroy());
      else response.end(zip);
    });
    const opening = openReader({ kind: 'address', url }, { http: { pause: 0.01 } });
    await expect(opening).rejects.toThrow(/changed while it was read/);
  });

  it('that gives the file from its start, whatever part it is asked for, is believed what it says of that', async () => {
    const { url } = await unreliable((_, response) =>
      response
        .writeHead(206, { 'Content-Length': zip.length, 'Content-Range': `bytes 0-${zip.length - 1}/${zip.length}` })
        .end(zip),
    );
    const reader = await openReader({ kind: 'address', url });
    expect((await contents(reader, [3])).get(3)).toEqual(big['cat/3.png']);
  });

  it('that gives less of a part than it is asked for is asked for the rest at once', async () => {
    const tar = gzipSync(testTar(big), { level: 0 });
    const { url, times } = await unreliable((request, response) => {
      const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '')!;
      const begin = Number(from);
      const end = Math.min(begin + 500_000, to === '' ? tar.length : Number(to) + 1);
      response
        .writeHead(206, {
          'Content-Length': end - begin,
          'Content-Range': `bytes ${begin}-${end - 1}/${tar.length}`,
        })
        .end(tar.subarray(begin, end));
    });
    const onWait = vi.fn();
    const reader = await openReader({ kind: 'address', url: url.replace('.zip', '.tar.gz') }, { onWait });
    expect(reader.plan.counts).toEqual([40, 40]);
    expect(times.length).toBeGreaterThan(tar.length / 500_000);
    expect(onWait).not.toHaveBeenCalled();
  });

  it('that packs whatever it gives, which a browser refuses of parts, is asked for the whole file', async () => {
    const { url, times } = await unreliable((request, response) => {
      if (request.headers.range !== undefined) return request.socket.destroy();
      response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(gzipSync(zip));
    });
    const reader = await openReader({ kind: 'address', url }, { http: { pause: 0.01 } });
    expect((await contents(reader, [3])).get(3)).toEqual(big['cat/3.png']);
    expect(times).toHaveLength(2);
  });

  it('that gives a later part than it is asked for is told as one that gives none', async () => {
    const { url } = await unreliable((request, response, before) => {
      if (before === 0) return void (inParts(request, response), response.end());
      const last = zip.length - 1;
      response.writeHead(206, { 'Content-Length': 1, 'Content-Range': `bytes ${last}-${last}/${zip.length}` }).end('x');
    });
    await expect(openReader({ kind: 'address', url })).resolves.toMatchObject({
      plan: { problems: [{ message: expect.stringMatching(/stopped giving the file in parts/) as string }] },
    });
  });

  it('can be left at once', async () => {
    const { url } = await unreliable(() => {});
    const stop = new AbortController();
    const opening = openReader({ kind: 'address', url }, { signal: stop.signal });
    setTimeout(() => stop.abort(new Error('enough')), 50);
    const begun = performance.now();
    await expect(opening).rejects.toThrow('enough');
    expect(performance.now() - begun).toBeLessThan(5000);
  });
});

describe('a data set of the hub', () => {
  it('is found by its id, and only what is needed is loaded', async () => {
    const parquet = testParquet({ rows: 300, names: ['ant', 'bee'], rowGroupSize: 20, imageBytes: 20_000 });
    const listing: Record<string, string> = {};
    const { base, bytes } = await serve(
      new Proxy(
        {},
        {
          get: (_, name: string) =>
            name === 'api/datasets/me/ants/parquet'
              ? listing.text
              : /^x\/\d\.parquet$/.test(name)
                ? parquet
                : undefined,
        },
      ),
    );
    listing.text = JSON.stringify({
      default: { train: [`${base}/x/0.parquet`, `${base}/x/1.parquet`], test: [`${base}/x/2.parquet`] },
      other: {},
    });
    const reader = await openReader({ kind: 'hub', id: 'me/ants', base });
    expect(messagesOf(reader)).toBe('');
    expect(reader.plan).toMatchObject({ name: 'ants', layout: 'parquet', classes: ['ant', 'bee'], counts: [450, 450] });
    expect(reader.plan.images.filter(({ side }) => side === 'test')).toHaveLength(300);
    expect(bytes()).toBeLessThan(0.2 * 3 * parquet.length);
    const chosen = reader.plan.images.filter(({ block }) => block === 3).map(({ record }) => record);
    const read = await contents(reader, chosen);
    expect(read.size).toBe(20);
    expect(textOf(read.get(chosen[0]))).toMatch(/^image \d+/);
    expect(bytes()).toBeLessThan(0.3 * 3 * parquet.length);
    await expect(openReader({ kind: 'hub', id: 'me/ants', base, config: 'third' })).rejects.toThrow(
      /no version “third”; it has default, other/,
    );
  });

  it('says how many files of a large one are read, from every split', async () => {
    const parquet = testParquet({ rows: 20, names: ['ant', 'bee'], rowGroupSize: 20, imageBytes: 100 });
    const listing: Record<string, string> = {};
    const files = new Proxy(
      {},
      {
        get: (_, name: string) =>
          name.endsWith('/parquet') ? listing.text : name === 'x.parquet' ? parquet : undefined,
      },
    );
    const { base } = await serve(files);
    const urls = (count: number) => Array.from({ length: count }, () => `${base}/x.parquet`);
    listing.text = JSON.stringify({ default: { train: urls(600), test: urls(40) } });
    const reader = await openReader({ kind: 'hub', id: 'me/ants', base });
    expect(messagesOf(reader)).toMatch(/has 640 files, of which 32 are read/);
    expect(reader.plan.images).toHaveLength(32 * 20);
    expect(reader.plan.images.filter(({ side }) => side === 'test')).toHaveLength(16 * 20);
    listing.text = JSON.stringify({ default: { train: urls(30), test: urls(2) } });
    expect(messagesOf(await openReader({ kind: 'hub', id: 'me/ants', base }))).toBe('');
  });

  it('says so when there is none', async () => {
    const { base } = await serve({
      'api/datasets/me/odd/parquet': '{"error": 1}',
      'api/datasets/me/empty/parquet': '{}',
      'api/datasets/me/page/parquet': '<!doctype html>',
    });
    await expect(openReader({ kind: 'hub', id: 'me/page', base })).rejects.toThrow(
      /something else for \/api\/datasets\/me\/page\/parquet: a text/,
    );
    for (const id of ['me/odd', 'me/empty'])
      await expect(openReader({ kind: 'hub', id, base })).rejects.toThrow(/lists no parquet files/);
    await expect(openReader({ kind: 'hub', id: 'me/none', base })).rejects.toThrow(
      /There is no data set “me\/none” .*\(404\)/,
    );
    await expect(openReader({ kind: 'hub', id: '../../x', base })).rejects.toThrow(/no data set of the Hub/);
  });

  it('takes ids out of addresses', () => {
    expect(hubId(' frgfm/imagenette ')).toBe('frgfm/imagenette');
    expect(hubId('https://huggingface.co/datasets/frgfm/imagenette/tree/main')).toBe('frgfm/imagenette');
    expect(hubId('mnist')).toBe('mnist');
    for (const bad of ['', 'a/b/c', 'a b', '../x', 'a/']) expect([null, 'a']).toContain(hubId(bad));
  });
});
