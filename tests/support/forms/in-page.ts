/** Proves forms of kernels in a page: the code that does it is not part of what is built for readers, so it is built here. */
import path from 'node:path';
import type { Page } from '@playwright/test';
import { build } from 'vite';
import type { ProvenForms } from './prove-forms.ts';

const NAME = 'provenForms';

async function bundle(): Promise<string> {
  const built = await build({
    configFile: false,
    publicDir: false,
    logLevel: 'error',
    build: {
      write: false,
      minify: false,
      target: 'es2023',
      lib: { entry: path.resolve('tests/support/forms/prove-forms.ts'), formats: ['iife'], name: NAME },
    },
  });
  const [{ output }] = Array.isArray(built) ? built : [];
  return output[0].code;
}

/** In an empty page of this origin. Null where the browser offers no adapter. */
export async function proveInPage(page: Page): Promise<ProvenForms | null> {
  await page.route('**/forms', (route) => route.fulfill({ contentType: 'text/html', body: '<title>forms</title>' }));
  await page.goto('forms');
  return page.evaluate<ProvenForms | null>(`(() => { ${await bundle()}; return ${NAME}.proveForms(); })()`);
}
