/** The project's folder in a browser, from the server of the tests; stands in for tests/support/disk.ts. */

/** Every file that tests may ask for, by its path; none is loaded before that. */
const PATHS = Object.keys(
  import.meta.glob(['/tests/golden/**/*', '/public/{atlas,backbones,showcase}/**/*', '/docs/*.md'], { query: '?url' }),
).concat(Object.keys(import.meta.glob('/src/engine/devices/wasm/generated/*.wasm', { query: '?url' })));

/**
 * Waits for the answer, as readFileSync does, so that tests read alike in both places.
 * @param path below the project's root. @throws Error when there is no such file.
 */
export function readBytes(path: string): Uint8Array<ArrayBuffer> {
  if (!PATHS.includes(`/${path}`)) throw new Error(`There is no ${path} among the files of the tests.`);
  const request = new XMLHttpRequest();
  request.open('GET', `/${path.replace(/^public\//, '')}`, false);
  request.overrideMimeType('text/plain; charset=x-user-defined'); // a waiting request cannot ask for an ArrayBuffer
  request.send();
  if (request.status !== 200) throw new Error(`${path}: the server answers ${request.status}.`);
  const text = request.responseText;
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < bytes.length; at++) bytes[at] = text.charCodeAt(at);
  return bytes;
}

/** Names of what lies in a folder below the project's root; none when there is no such folder. */
export function filesIn(folder: string): string[] {
  const start = `/${folder.replace(/\/$/, '')}/`;
  const names = PATHS.filter((path) => path.startsWith(start)).map((path) => path.slice(start.length).split('/')[0]);
  return [...new Set(names)];
}
