/** Takes the picture of an opened test picture with its path and a look inside: both are computed on the page. */
import { withChromium } from '../with-chromium.ts';

/** Relative to docs/. */
const OPENED_PICTURE_FILE = 'figures/opened-picture.png';

/** Of the built page, from the saved study with which it opens. */
export async function takeOpenedPicture(): Promise<void> {
  await withChromium('dist', async (browser, url) => {
    const page = await browser.newPage({ viewport: { width: 1040, height: 2000 }, colorScheme: 'light' });
    await page.goto(url);
    const figure = page.getByRole('figure', { name: 'See it decide', exact: true });
    await figure.scrollIntoViewIfNeeded();
    await figure.getByRole('button', { name: /Pictures shown$/ }).click();
    await page.getByRole('option', { name: 'Lost half-way between seeds' }).click();
    await figure
      .getByRole('group', { name: /^Test pictures/ })
      .getByRole('button')
      .first()
      .click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: /^Its path between two seeds/ }).click();
    await dialog.getByText('half-way;').last().waitFor();
    await dialog.getByRole('button', { name: /^A look inside/ }).click();
    await dialog.getByRole('group', { name: /^Maps of attention/ }).waitFor();
    await page.evaluate(() => (document.activeElement instanceof HTMLElement ? document.activeElement.blur() : null));
    await dialog.screenshot({ path: `docs/${OPENED_PICTURE_FILE}` });
  });
}
