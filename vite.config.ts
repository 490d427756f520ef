import { createHash } from 'node:crypto';
import path from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig, normalizePath, type Plugin } from 'vite';
import { ISOLATION_HEADERS } from './scripts/serve.mjs';
import { PAGE_CHUNKS, WORKER_CHUNKS } from './scripts/vite-chunks.ts';
import { offline } from './scripts/vite-offline.ts';
import { spokenLocales } from './scripts/vite-locales.ts';
import { tfjsResolve } from './scripts/vite-shared.mjs';

/**
 * The page loads no script, style or picture from elsewhere and runs no inline or evaluated script; WebAssembly may be compiled. Data may be
 * fetched over https, because model hubs redirect to hosts of their choice, and from servers on this machine. Blob workers carry the
 * threads of the WASM backend. Styles may be inline because the chart library writes style attributes.
 */
const POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self' blob:",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self' data: blob: https: http://localhost:* http://127.0.0.1:*",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** Only in the build: the development server of Vite injects inline scripts. */
const contentSecurityPolicy: Plugin = {
  name: 'copra:content-security-policy',
  apply: 'build',
  transformIndexHtml: () => [
    { tag: 'meta', attrs: { 'http-equiv': 'Content-Security-Policy', content: POLICY }, injectTo: 'head-prepend' },
  ],
};

/** The page that is built is for people, also on a machine whose NODE_ENV says that it is one of development. */
const production: Plugin = {
  name: 'copra:production',
  apply: 'build',
  config() {
    process.env.NODE_ENV = 'production';
  },
};

/**
 * Where the build will stand, e.g. PUBLIC_URL=https://example.org/copra/ npm run build. Pages that preview a link need the whole address of its
 * picture; everything else in the build is relative and works anywhere.
 */
const publicUrl = process.env.PUBLIC_URL ? new URL(process.env.PUBLIC_URL.replace(/\/*$/, '/')).href : null;

const absolutePreview: Plugin = {
  name: 'copra:absolute-preview',
  apply: 'build',
  transformIndexHtml: (html) => {
    if (!publicUrl) return undefined;
    return {
      html: html.replace(
        'content="./social-preview.png"',
        `content="${new URL('social-preview.png', publicUrl).href}"`,
      ),
      tags: [
        { tag: 'meta', attrs: { property: 'og:url', content: publicUrl }, injectTo: 'head' as const },
        { tag: 'link', attrs: { rel: 'canonical', href: publicUrl }, injectTo: 'head' as const },
      ],
    };
  },
};

/** The class of a CSS module, told apart by its file. Vite's own names end with the line as well: every page would load 0.7 kB for it. */
function scopedName(name: string, id: string): string {
  const file = normalizePath(path.relative(import.meta.dirname, id.replace(/\?.*$/, '')));
  return `_${name}_${createHash('sha256').update(file).digest('hex').slice(0, 5)}`;
}

export default defineConfig({
  // Relative addresses: the build works from any folder of any static host.
  base: './',
  plugins: [production, react(), spokenLocales, contentSecurityPolicy, absolutePreview, offline()],
  resolve: tfjsResolve,
  css: { modules: { generateScopedName: scopedName } },
  worker: { format: 'es', rolldownOptions: { output: { codeSplitting: WORKER_CHUNKS } } },
  server: { headers: ISOLATION_HEADERS },
  preview: { headers: ISOLATION_HEADERS },
  build: {
    target: 'es2023',
    manifest: true,
    // Nothing is turned into a data: address, so every asset is an ordinary cacheable file.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1600,
    rolldownOptions: { checks: { pluginTimings: false }, output: { codeSplitting: PAGE_CHUNKS } },
  },
});
