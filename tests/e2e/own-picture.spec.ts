/** Try your own: a picture of the reader's, answered from the adapters of the saved result (path-pictures.spec.ts has a study that is run here); λ, layers, a merge, words, the camera. */
import { test, type Locator, type Page } from '@playwright/test';
import { violations } from '../support/accessibility.ts';
import { expect } from '../support/expect.ts';
import { layoutFaults } from '../support/layout.ts';
import { complaints, dropAt, expectFits, twoFrames } from '../support/page.ts';

test.use({ permissions: ['camera', 'clipboard-read', 'clipboard-write'] });

/** A photograph would do as well: what matters is that it is no test picture. */
const PICTURE = 'public/icon-512.png';

const panel = (page: Page) => page.getByRole('region', { name: 'Try your own', exact: true });
const card = (page: Page, name: string) => panel(page).getByRole('group', { name: `${name} says`, exact: true });
/** "objects 52 %" */
const winner = (page: Page, name: string) => card(page, name).getByRole('paragraph').first();
const choosePicture = (page: Page) => panel(page).locator('input[type=file]').setInputFiles(PICTURE);

test('a picture is answered from the saved adapters, and λ, layers, merges and words act on it', async ({ page }) => {
  const heard = complaints(page);
  const fetched: string[] = [];
  page.on('request', (request) => fetched.push(request.url()));
  await page.goto('');
  await expect(panel(page)).toContainText('Show it a picture');
  expect(fetched.filter((address) => address.includes('adapters.zip'))).toEqual([]);
  await choosePicture(page);
  await expect(winner(page, 'Backbone')).toHaveText(/\w+ \d+.%$/);
  await expect(winner(page, 'LoRA')).toHaveText(/\w+ \d+.%$/);
  await expect(card(page, 'CopRA')).toContainText('seed 0');
  await expect(panel(page)).toContainText('icon-512.png');
  expect(fetched.filter((address) => address.includes('adapters.zip'))).toHaveLength(1);
  await expect(panel(page).locator('[aria-live=polite]').last()).toHaveText(/Backbone: .+\. LoRA: .+\. CopRA: .+\./);

  const before = await card(page, 'LoRA').innerText();
  await panel(page).getByRole('slider').focus();
  for (let i = 0; i < 10; i++) await page.keyboard.press('ArrowRight');
  await expect(card(page, 'LoRA')).toContainText('λ = 0.5 between seeds 0 and 1');
  expect(await card(page, 'LoRA').innerText()).not.toBe(before);

  await panel(page).getByRole('button', { name: 'Layer 1 of the vision tower' }).press('Space');
  await expect(card(page, 'LoRA')).toContainText(/With every layer on: .+, \d+.%/);
  await panel(page).getByRole('button', { name: 'All on' }).click();
  await expect(card(page, 'LoRA')).not.toContainText('With every layer on');

  await panel(page)
    .getByRole('button', { name: /^Merge adapters/ })
    .click();
  for (const name of ['LoRA, seed 0', 'CopRA, seed 1']) await panel(page).getByText(name, { exact: true }).click();
  await expect(winner(page, 'Merge of 2')).toHaveText(/\w+ \d+.%$/);

  await panel(page).getByLabel('What else could it be?').fill('robot face');
  await page.keyboard.press('Enter');
  await expect(panel(page).getByRole('button', { name: 'Remove robot face' })).toBeVisible();
  await expect(panel(page)).toContainText('robot face');
  expect(await violations(panel(page))).toEqual([]);
  for (const width of [768, 390, 320]) {
    await page.setViewportSize({ width, height: 844 });
    await expectFits(page);
    expect(await layoutFaults(page, 'section[aria-label="Try your own"]')).toEqual([]);
  }
  expect(heard).toEqual([]);
});

/** Pictures that the worker is asked to read when the test says so. */
type LateWindow = Window & { readonly late?: (() => Promise<void>)[] };

test('what was asked for last stays, though an earlier picture is read after it', async ({ page }) => {
  await page.addInitScript((slow) => {
    const late: (() => Promise<void>)[] = [];
    Object.assign(window, { late });
    window.Worker = class extends Worker {
      override postMessage(
        message: { type?: string; id?: number; file?: File },
        rest?: Transferable[] | StructuredSerializeOptions,
      ): void {
        const options = Array.isArray(rest) ? { transfer: rest } : rest;
        if (message.type !== 'read-picture' || message.file?.name !== slow) {
          super.postMessage(message, options);
          return;
        }
        const answered = new Promise<void>((resolve) => {
          this.addEventListener('message', ({ data }: MessageEvent<{ id?: number }>) => {
            if (data.id === message.id) resolve();
          });
        });
        late.push(() => {
          super.postMessage(message, options);
          return answered;
        });
      }
    };
    navigator.mediaDevices.getUserMedia = () => {
      const canvas = document.createElement('canvas');
      canvas.getContext('2d')?.fillRect(10, 10, 20, 20);
      return Promise.resolve(canvas.captureStream(10));
    };
  }, PICTURE.split('/').at(-1));
  await page.goto('');
  await panel(page).scrollIntoViewIfNeeded();
  const testPicture = panel(page).getByRole('button', { name: /test picture/ });
  await expect(testPicture).toBeEnabled();
  const caption = panel(page).locator('figcaption');
  const chooseLatePicture = async (): Promise<void> => {
    // The same file once more would be no change.
    await panel(page).locator('input[type=file]').setInputFiles([]);
    await choosePicture(page);
    await page.waitForFunction(() => (window as LateWindow).late?.length === 1);
  };
  const lateOneIsLeft = async (shown: Locator): Promise<void> => {
    await expect(shown).toBeVisible();
    await page.evaluate(() => (window as LateWindow).late?.shift()?.());
    await twoFrames(page);
    await expect(shown).toBeVisible();
  };
  await chooseLatePicture();
  await testPicture.click();
  await lateOneIsLeft(caption.filter({ hasText: /picture \d+/ }));
  await chooseLatePicture();
  await panel(page).locator('input[type=file]').setInputFiles('public/icon-192.png');
  await lateOneIsLeft(caption.filter({ hasText: 'icon-192.png' }));
  await chooseLatePicture();
  await panel(page).getByRole('button', { name: 'Camera', exact: true }).click();
  await lateOneIsLeft(panel(page).locator('video'));
});

test('a picture is dropped and pasted; what is no picture, and a camera that is refused, are explained', async ({
  page,
}) => {
  await page.goto('');
  await panel(page).scrollIntoViewIfNeeded();
  const box = (await panel(page).boundingBox())!;
  await dropAt(page, { x: box.x + 40, y: box.y + 40 }, `${process.cwd()}/${PICTURE}`);
  await expect(panel(page)).toContainText('icon-512.png');
  await expect(page.getByText('Drop your images')).toBeHidden();
  await expect(winner(page, 'CopRA')).toHaveText(/\d+.%$/);
  await expect(page.getByText('Saved result', { exact: true })).toBeVisible();

  await panel(page).locator('input[type=file]').setInputFiles('package.json');
  await expect(panel(page).getByRole('alert')).toContainText('This file is no picture');
  const photo = Buffer.from(`\0\0\0\x18ftypheic\0\0\0\0mif1heic${'\0'.repeat(64)}`);
  const heic = { name: 'IMG_1.HEIC', mimeType: '', buffer: photo };
  await panel(page).locator('input[type=file]').setInputFiles(heic);
  await expect(panel(page).getByRole('alert')).toContainText('HEIC, which Safari alone reads; save it as JPEG');

  await page.evaluate(() => navigator.clipboard.writeText('no picture'));
  await panel(page).getByRole('button', { name: 'Paste' }).click();
  await expect(panel(page).getByRole('alert')).toContainText('There is no picture in the clipboard');
  await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(40, 40);
    canvas.getContext('2d')?.fillRect(10, 10, 20, 20);
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': await canvas.convertToBlob() })]);
  });
  await panel(page).getByRole('button', { name: 'Paste' }).click();
  await expect(panel(page)).toContainText('The pasted picture');
  await expect(panel(page).getByRole('alert')).toHaveCount(0);

  // The page is rendered anew in another language, and the picture stays.
  await page.getByRole('button', { name: 'Deutsch' }).click();
  const german = page.getByRole('region', { name: 'Probier ein eigenes Bild', exact: true });
  await expect(german).toContainText('Das eingefügte Bild');
  await expect(
    german
      .getByRole('group', { name: /^CopRA/ })
      .getByRole('paragraph')
      .first(),
  ).toHaveText(/\d+.%$/);
  await page.getByRole('button', { name: 'English' }).click();

  await page.evaluate(() => {
    navigator.mediaDevices.getUserMedia = () =>
      Promise.reject(new DOMException('Permission denied', 'NotAllowedError'));
  });
  await panel(page).getByRole('button', { name: 'Camera', exact: true }).click();
  await expect(panel(page).getByRole('alert')).toContainText('not allowed for this page');
});
