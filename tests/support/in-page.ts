/** Code of the tests that runs in a page: it is no part of what is built for readers, so it is built here. */
import { build } from 'vite';

/** A module and what it imports, as a script after which `name` holds what it exports. @param entry its path from the root of the repository */
export async function bundled(entry: string, name: string): Promise<string> {
  const built = await build({
    configFile: false,
    publicDir: false,
    logLevel: 'error',
    build: {
      write: false,
      minify: false,
      target: 'es2023',
      lib: { entry, formats: ['iife'], name },
    },
  });
  const [{ output }] = Array.isArray(built) ? built : [];
  return output[0].code;
}
