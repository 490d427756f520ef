/** Module resolution shared by the page, the tests and the Node runner. */
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/** Ensures a single copy of TensorFlow.js; otherwise kernels and gradients are registered in a copy that is never used. */
export const tfjsResolve = { dedupe: ['@tensorflow/tfjs-core', '@tensorflow/tfjs-backend-cpu'] };

/** Uses the ES modules in Node too: the packages' CommonJS `main` would be a second copy. */
export const tfjsResolveInNode = { ...tfjsResolve, mainFields: ['module', 'jsnext:main', 'jsnext', 'main'] };

const PREFIX = '\0file-url:';

/** Hook of a plugin: `x?url` becomes a module of the plugin's own, named after the file of x. */
async function resolveFileUrl(id, importer) {
  if (!id.endsWith('?url')) return null;
  const resolved = await this.resolve(id.slice(0, -'?url'.length), importer, { skipSelf: true });
  // The .js suffix keeps the plugins for .json, .wasm, .css and so on from processing a plain JavaScript module.
  return resolved ? `${PREFIX}${resolved.id.replace(/\?.*$/, '')}.js` : null;
}

/**
 * For bundles that are installed elsewhere: `x?url` becomes the URL of a copy beside the bundle.
 * @param {Map<string, string>} files receives what to copy there: name → file
 */
export function packagedLocations(files) {
  return {
    name: 'copra:packaged-locations',
    enforce: 'pre',
    resolveId: resolveFileUrl,
    load(id) {
      if (!id.startsWith(PREFIX)) return null;
      const file = id.slice(PREFIX.length, -'.js'.length);
      files.set(path.basename(file), file);
      return `export default new URL(${JSON.stringify(`./${path.basename(file)}`)}, import.meta.url).href;`;
    },
    transform(code, id) {
      // CommonJS inside an ES bundle: Emscripten's Node branch of the WASM backend.
      if (!/\b__(dirname|filename)\b/.test(code) || id.startsWith('\0')) return null;
      const replaced = code
        .replaceAll(/\b__dirname\b/g, 'import.meta.dirname')
        .replaceAll(/\b__filename\b/g, 'import.meta.filename');
      return { code: replaced, map: null };
    },
  };
}

/**
 * For bundles that run in Node: `x?url` becomes the file URL of x, and `import.meta.url` stays the URL of the source file. Code that locates a
 * file beside itself thus finds the original, and nothing has to be copied next to the bundle.
 */
export function sourceLocations() {
  return {
    name: 'copra:source-locations',
    enforce: 'pre',
    resolveId: resolveFileUrl,
    load(id) {
      if (!id.startsWith(PREFIX)) return null;
      return `export default ${JSON.stringify(pathToFileURL(id.slice(PREFIX.length, -'.js'.length)).href)};`;
    },
    transform(code, id) {
      const file = id.replace(/\?.*$/, '');
      if (file.startsWith('\0') || !path.isAbsolute(file)) return null;
      const replaced = code
        .replaceAll('import.meta.url', () => JSON.stringify(pathToFileURL(file).href))
        .replaceAll('import.meta.dirname', () => JSON.stringify(path.dirname(file)))
        .replaceAll('import.meta.filename', () => JSON.stringify(file))
        // CommonJS inside an ES bundle: Emscripten's Node branch of the WASM backend.
        .replaceAll(/\b__dirname\b/g, () => JSON.stringify(path.dirname(file)))
        .replaceAll(/\b__filename\b/g, () => JSON.stringify(file));
      return replaced === code ? null : { code: replaced, map: null };
    },
  };
}
