/** Proves forms of kernels in a page. */
import type { Page } from '@playwright/test';
import { bundled } from '../in-page.ts';
import type { ProvenForms } from './prove-forms.ts';

const NAME = 'provenForms';

/** In an empty page of this origin. Null where the browser offers no adapter. */
export async function proveInPage(page: Page): Promise<ProvenForms | null> {
  await page.route('**/forms', (route) => route.fulfill({ contentType: 'text/html', body: '<title>forms</title>' }));
  await page.goto('forms');
  const script = await bundled('tests/support/forms/prove-forms.ts', NAME);
  return page.evaluate<ProvenForms | null>(`(() => { ${script}; return ${NAME}.proveForms(); })()`);
}
