/** Takes pictures of the page's figures and reads their sentences. */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'vite';
import { configToQuery } from '../../src/share/config/config-query.ts';
import { BASE_NAME } from '../../src/state/page/url.ts';
import { LANDSCAPE_WORDS } from '../../src/ui/analyses/landscape/messages.ts';
import { findBrowser } from '../browser.mjs';
import { withChromium } from '../with-chromium.ts';
import { pictureFile, type PaperFigure } from './paper-figures.ts';

export interface Picture {
  readonly figure: PaperFigure;
  /** Path relative to docs/. */
  readonly file: string;
  readonly title: string;
  readonly reading: string;
}

/** Figures are drawn one per idle moment; the picture is taken after this long without changes. */
const SETTLED_MS = 1500;

/**
 * Opens every figure in the embedded view of the built page, with the saved result of its preset, and takes its picture.
 * @throws Error without a Chromium, and for a figure that the saved result lacks.
 */
export async function takePictures(figures: readonly PaperFigure[]): Promise<Picture[]> {
  if (!(await findBrowser()))
    throw new Error('Pictures need a Chromium: set CHROME_PATH to one, or run "npm run setup -- --browser".');
  await build({ logLevel: 'warn' });
  return withChromium('dist', async (browser, url) => {
    const pictures: Picture[] = [];
    for (const figure of figures) {
      const { preset, view, alignment, height } = figure;
      const page = await browser.newPage({ viewport: { width: 860, height }, colorScheme: 'light' });
      const query = configToQuery(preset.config) || BASE_NAME;
      await page.goto(`${url}?embed=${view}&${query}`);
      await page
        .waitForFunction(() =>
          [...document.querySelectorAll('svg[data-picture], canvas, table')].some(
            (element) => element.getBoundingClientRect().width > 200,
          ),
        )
        .catch((cause: unknown) => {
          const command = `npm run figures -- ${preset.id}`;
          throw new Error(
            `The page draws no "${view}" of the saved result of “${preset.name}”. If the preset changed, run "${command}".`,
            { cause },
          );
        });
      if (alignment) await page.getByText(LANDSCAPE_WORDS.alignments[alignment], { exact: true }).click();
      await page.waitForTimeout(SETTLED_MS);
      const file = pictureFile(figure);
      await mkdir(path.dirname(path.join('docs', file)), { recursive: true });
      await page.screenshot({ path: path.join('docs', file) });
      const text = async (selector: string) =>
        (
          (await page
            .locator(selector)
            .first()
            .textContent({ timeout: 1000 })
            .catch(() => '')) ?? ''
        ).trim();
      // A document has the message and all that is said, which the page folds below the numbers.
      const [message, whole] = [await text('figcaption strong'), await text('figcaption [data-kept]')];
      const reading = whole ? `${message} ${whole}` : await text('figcaption');
      pictures.push({ figure, file, title: await text('h3'), reading });
      await page.close();
    }
    return pictures;
  });
}
