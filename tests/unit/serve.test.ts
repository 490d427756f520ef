/** `npm start` is at localhost, whichever address of the machine that is. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { Server } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { portOf, serve } from '../../scripts/serve.mjs';
import { sayUnchecked } from '../support/python.ts';

const NO_IPV6 = 'This machine has no address of itself in IPv6.';
/** What is thrown where a named port is taken. */
const TAKEN = /^Port \d+ is in use, or kept by the system: name another with --port/;

const open: (() => Promise<unknown>)[] = [];
afterEach(() => {
  vi.restoreAllMocks();
  return Promise.all(open.splice(0).map((close) => close()));
});

async function served(options: { readonly port?: number; readonly anyPort?: boolean; readonly folder?: string }) {
  const { url, close } = await serve({ folder: 'docs', ...options });
  open.push(close);
  return Number(new URL(url).port);
}

/** Another program at the address of the machine in IPv6; null where there is none. */
function taken(): Promise<number | null> {
  const other = createServer();
  return new Promise((resolve) => {
    other.once('error', () => resolve(null));
    other.listen(0, '::1', () => {
      open.push(() => new Promise((closed) => other.close(closed)));
      const address = other.address();
      resolve(typeof address === 'object' && address ? address.port : null);
    });
  });
}

it('answers at both addresses of the machine, and at localhost', async () => {
  const hasIpv6 = (await taken()) !== null;
  if (!hasIpv6) sayUnchecked('that it answers at ::1');
  const port = await served({});
  for (const host of ['localhost', '127.0.0.1', ...(hasIpv6 ? ['[::1]'] : [])]) {
    const answer = await fetch(`http://${host}:${port}/page.md`);
    expect(answer.status).toBe(200);
    await answer.text();
  }
});

it('takes no port at which another program answers for localhost', async ({ skip }) => {
  const port = await taken();
  if (port === null) return skip(NO_IPV6);
  await expect(serve({ folder: 'docs', port })).rejects.toThrow(TAKEN);
  expect(await served({ port, anyPort: true })).not.toBe(port);
});

it('takes a port that the system keeps for one that is taken', async () => {
  const port = 4173;
  const listen = vi.spyOn(Server.prototype, 'listen');
  const refuse = () =>
    listen.mockImplementationOnce(function (this: Server) {
      queueMicrotask(() => this.emit('error', Object.assign(new Error('listen EACCES'), { code: 'EACCES' })));
      return this;
    });
  refuse();
  await expect(serve({ folder: 'docs', port })).rejects.toThrow(TAKEN);
  refuse();
  expect(await served({ port, anyPort: true })).not.toBe(port);
});

it('sends a file again where it has changed, and asks to keep those whose names change with them', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'copra-serve-'));
  open.push(() => Promise.resolve(rmSync(folder, { recursive: true })));
  mkdirSync(path.join(folder, 'assets'));
  const [page, asset] = [path.join(folder, 'page.txt'), path.join(folder, 'assets', 'a-1234.js')];
  for (const file of [page, asset]) writeFileSync(file, 'text '.repeat(1000));
  const port = await served({ folder });
  const get = async (file: string, known = '') => {
    const answer = await fetch(`http://localhost:${port}/${file}`, { headers: { 'If-None-Match': known } });
    return { status: answer.status, text: await answer.text(), headers: answer.headers };
  };
  const first = await get('page.txt');
  expect([first.status, first.text.length, first.headers.get('cache-control')]).toEqual([200, 5000, 'no-cache']);
  const tag = first.headers.get('etag')!;
  expect(await get('page.txt', tag)).toMatchObject({ status: 304, text: '' });
  writeFileSync(page, 'other '.repeat(1000));
  expect((await get('page.txt', tag)).text).toBe('other '.repeat(1000));
  expect((await get('assets/a-1234.js')).headers.get('cache-control')).toContain('immutable');
});

it('says what its options do, and what is wrong with one', () => {
  const called = (...args: string[]) =>
    spawnSync(process.execPath, ['scripts/serve.mjs', ...args], { encoding: 'utf8' });
  const { status, stdout } = called('--help');
  expect([status, stdout.split('\n')[0]]).toEqual([0, expect.stringMatching(/^Usage: node scripts\/serve.mjs /)]);
  for (const option of ['port', 'host', 'plain', 'base'])
    expect(stdout).toMatch(new RegExp(`^  --${option} +\\w`, 'm'));
  const wrong = [['docs', '--port', 'x'], ['docs', '--base', 'copra'], ['no-such-folder'], ['docs', 'src']].map(
    (args) => called(...args),
  );
  expect(wrong.map((each) => [each.status, each.stderr.split('\n')[0]])).toEqual([
    [2, '--port takes a number up to 65535, not "x".'],
    [2, '--base begins and ends with a slash, unlike "copra".'],
    [1, 'no-such-folder: there is no such folder. "npm run build" makes dist.'],
    [2, '"src" is one argument too many.'],
  ]);
});

it('takes port 0 only where a free one will do, which npm start does not ask for by name', () => {
  expect(portOf('0')).toBe(0);
  expect(() => portOf('0', 1)).toThrow('--port takes a number from 1 to 65535, not "0".');
});
