/**
 * A small static server for the built page: `node scripts/serve.mjs --help`.
 *
 * It compresses text, lets browsers keep what has not changed, and sends the headers for cross-origin isolation, which WASM threads need. `--plain`
 * and `--base` together emulate an ordinary static host.
 */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';
import { compressed } from './compressed.mjs';
import { isProgram } from './is-program.mjs';
import { endWith, optionsOf, UsageError } from './options.mjs';

export const ISOLATION_HEADERS = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

/** Of files whose names change with what they hold. */
const FOREVER = 'public, max-age=31536000, immutable';

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
};

/** The file in the folder that a request path names, or null when the path is malformed or points outside. */
function fileFor(folder, base, requestPath) {
  let name;
  try {
    name = decodeURIComponent(requestPath);
  } catch {
    return null;
  }
  if (!name.startsWith(base) || name.includes('\0')) return null;
  const file = path.resolve(folder, `./${name.slice(base.length)}`);
  if (file !== folder && !file.startsWith(folder + path.sep)) return null;
  return name.endsWith('/') ? path.join(file, 'index.html') : file;
}

/** What "localhost" may mean: which of them comes first differs by machine and program. */
const LOOPBACK = ['127.0.0.1', '::1'];
/** The machine has no such address. */
const ABSENT = new Set(['EADDRNOTAVAIL', 'EAFNOSUPPORT']);
/** Another program has the port, or the system keeps it: Windows whole ranges, for virtual machines, others all below 1024. */
const TAKEN = new Set(['EADDRINUSE', 'EACCES']);

/** Listens at every host, on one port: that of the first, where any will do. */
async function listen(answer, port, hosts) {
  const servers = [];
  for (const host of hosts) {
    const server = createServer((request, response) => void answer(request, response));
    const used = servers[0]?.address().port ?? port;
    try {
      await new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(used, host, resolve);
      });
      servers.push(server);
    } catch (error) {
      if (servers.length > 0 && ABSENT.has(error.code)) continue;
      await closeAll(servers);
      throw error;
    }
  }
  return servers;
}

const closeAll = (servers) => Promise.all(servers.map((server) => new Promise((closed) => server.close(closed))));

/** Any free port, which may be free at one of the hosts alone: then another is tried. */
async function listenAnywhere(answer, hosts) {
  for (let left = 10; ; left--) {
    try {
      return await listen(answer, 0, hosts);
    } catch (error) {
      if (!TAKEN.has(error.code) || left === 0) throw error;
    }
  }
}

/**
 * Serves a folder; resolves to { url, close } once it listens.
 * @param {{ folder: string, port?: number, host?: string, anyPort?: boolean, isolate?: boolean, base?: string }} options port 0 takes any free
 *   port; anyPort falls back to any free port when the wished one is taken.
 * @returns {Promise<{ url: string, close: () => Promise<void> }>}
 * @throws Error for people, when the port is taken
 */
export async function serve({ folder, port = 0, host, anyPort = false, isolate = true, base = '/' }) {
  const directory = path.resolve(folder);
  async function answer(request, response) {
    const headers = { ...(isolate ? ISOLATION_HEADERS : {}), 'Cache-Control': 'no-cache' };
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, { ...headers, Allow: 'GET, HEAD' }).end();
      return;
    }
    const requestPath = (request.url ?? '/').replace(/[?#].*$/, '');
    const file = fileFor(directory, base, requestPath);
    const info = file && (await stat(file).catch(() => null));
    if (!info?.isFile()) {
      response.writeHead(404, { ...headers, 'Content-Type': 'text/plain; charset=utf-8' }).end('Not found\n');
      return;
    }
    const type = TYPES[path.extname(file).toLowerCase()] ?? 'application/octet-stream';
    const short = await compressed(file, info, type, request.headers['accept-encoding'] ?? '').catch(() => null);
    const tag = [info.size, info.mtimeMs, ...(short ? [short.encoding] : [])].join('-');
    const known = {
      ...headers,
      ...(requestPath.startsWith(`${base}assets/`) ? { 'Cache-Control': FOREVER } : {}),
      ETag: `"${tag}"`,
      Vary: 'Accept-Encoding',
    };
    if (request.headers['if-none-match'] === known.ETag) {
      response.writeHead(304, known).end();
      return;
    }
    response.writeHead(200, {
      ...known,
      'Content-Type': type,
      'Content-Length': short?.bytes.length ?? info.size,
      ...(short ? { 'Content-Encoding': short.encoding } : {}),
    });
    if (request.method === 'HEAD') response.end();
    else if (short) response.end(short.bytes);
    else
      createReadStream(file)
        .on('error', () => response.destroy())
        .pipe(response);
  }

  const hosts = host === undefined ? LOOPBACK : [host];
  const servers = await (port === 0
    ? listenAnywhere(answer, hosts)
    : listen(answer, port, hosts).catch((error) => {
        if (!TAKEN.has(error.code)) throw error;
        if (anyPort) return listenAnywhere(answer, hosts);
        throw new Error(`Port ${port} is in use, or kept by the system: name another with --port, or none.`, {
          cause: error,
        });
      }));
  return {
    url: `http://localhost:${servers[0].address().port}${base}`,
    close: async () => {
      await closeAll(servers);
    },
  };
}

/** @param least 0, which takes a free one, or 1 @throws UsageError when it is no port */
export function portOf(text, least = 0) {
  const port = text.trim() === '' ? NaN : Number(text);
  if (!Number.isInteger(port) || port < least || port > 65_535)
    throw new UsageError(`--port takes a number ${least > 0 ? `from ${least}` : 'up'} to 65535, not "${text}".`);
  return port;
}

const USAGE = 'Usage: node scripts/serve.mjs [FOLDER] [--port N] [--host ADDRESS] [--plain] [--base /PATH/]';

async function main() {
  const { values, positionals } = optionsOf(USAGE, {
    allowPositionals: true,
    options: {
      port: { type: 'string', default: '0', about: 'the port of the page; 0 takes a free one' },
      host: {
        type: 'string',
        about: 'the address to serve at, 0.0.0.0 for the network; this machine alone unless given',
      },
      plain: { type: 'boolean', about: 'leaves out the headers that threads need, as many hosts do' },
      base: { type: 'string', default: '/', about: 'the path below which the page is served' },
    },
  });
  const [folder = 'dist', ...more] = positionals;
  if (more.length > 0) throw new UsageError(`"${more[0]}" is one argument too many.\n${USAGE}`);
  if (!/^\/(.*\/)?$/.test(values.base))
    throw new UsageError(`--base begins and ends with a slash, unlike "${values.base}".`);
  if (!(await stat(folder).catch(() => null))?.isDirectory())
    throw new Error(`${folder}: there is no such folder. "npm run build" makes dist.`);
  const { host, plain, base } = values;
  const { url } = await serve({ folder, port: portOf(values.port), host, isolate: !plain, base });
  console.log(`Serving at ${url}  (Ctrl+C stops it)`);
}

if (isProgram(import.meta.url)) await main().catch(endWith);
