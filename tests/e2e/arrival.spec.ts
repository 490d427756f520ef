/** What became of files that were brought, where what shows them is out of view: as a reader meets it who has not unfolded the study. */
import { writeFile } from 'node:fs/promises';
import { test, type Locator } from '@playwright/test';
import { zipSync } from 'fflate';
import { violations } from '../support/accessibility.ts';
import { expect } from '../support/expect.ts';
import { drop, dropAt, engineOpened, studyWorker } from '../support/page.ts';
import { adapterFiles } from '../support/hub/adapters.ts';
import { makeFolder } from '../support/pictures.ts';

test.use({ storageState: { cookies: [], origins: [] } });

test('what became of dropped files is said where the reader is, and a press leads there', async ({ page }, info) => {
  await page.goto('');
  const pictures = page.getByRole('figure', { name: 'See it decide', exact: true });
  await expect(pictures).toBeAttached();
  const notice = page.locator('[aria-live="polite"]').filter({ has: page.getByRole('button', { name: 'Show' }) });

  await test.step('an adapter, on the first screen', async () => {
    const zip = info.outputPath('nightly.zip');
    await writeFile(zip, zipSync(adapterFiles(1, 'emoji-clip-2')));
    await drop(page, zip);
    await expect(notice).toContainText('Adapter added: nightly.');
    expect(await violations(notice)).toEqual([]);
    await notice.getByRole('button', { name: 'Show' }).click();
    await expect(page.getByRole('region', { name: 'Adapters at hand' })).toBeInViewport();
    await expect(notice).toHaveCount(0);
  });

  const study = page.getByRole('heading', { name: 'Study', exact: true });
  await test.step('a refusal, among the results: nothing unfolds before the press', async () => {
    await pictures.scrollIntoViewIfNeeded();
    const wrong = info.outputPath('wrong.txt');
    await writeFile(wrong, 'milk, eggs');
    await drop(page, wrong);
    await expect(notice).toContainText('“wrong.txt” could not be taken; Task says why.');
    await expect(study).toHaveCount(0);
    await notice.getByRole('button', { name: 'Show' }).click();
    await expect(page.getByRole('group', { name: 'What could not be taken' })).toBeInViewport();
    await expect(notice).toHaveCount(0);
  });

  await test.step('images, whose card lies above', async () => {
    await page.getByRole('region', { name: 'Adapters', exact: true }).scrollIntoViewIfNeeded();
    await drop(page, await makeFolder(info.outputPath('fruit'), { limes: '#2a2', plums: '#52c' }));
    await expect(notice).toContainText('“fruit” is taken: 16 images of 2 classes.');
    await notice.getByRole('button', { name: 'Dismiss this note' }).click();
    await expect(notice).toHaveCount(0);
  });
});

test('the place to drop goes with the files, also when what lay below them is gone or nobody tells that they left', async ({
  page,
}, info) => {
  await page.goto('');
  await expect(page.getByRole('figure', { name: 'See it decide', exact: true })).toBeAttached();
  const place = page.getByText('Drop your images', { exact: true });
  const file = info.outputPath('note.txt');
  await writeFile(file, 'milk, eggs');
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: [file], dragOperationsMask: 1 };
  const drag = async (type: 'dragEnter' | 'dragOver', x: number): Promise<unknown> =>
    session.send('Input.dispatchDragEvent', { type, x, y: 300, data });
  await drag('dragEnter', 700);
  await drag('dragOver', 700);
  await expect(place).toBeVisible();
  // A chart that is drawn anew has other elements.
  await page.evaluate(() => {
    const lent = document.body.appendChild(document.createElement('div'));
    lent.style.cssText = 'position: fixed; inset: 0; z-index: 40';
    addEventListener('dragenter', ({ target }) => Object.assign(window, { entered: target }));
  });
  await drag('dragOver', 710);
  await page.evaluate(() => document.body.lastElementChild!.remove());
  await drag('dragOver', 720);
  await expect(place).toBeVisible();
  // What a browser does when files leave its window, which its protocol cannot.
  await page.evaluate(() => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([], 'note.txt'));
    const { entered } = window as unknown as { entered: Element };
    entered.dispatchEvent(new DragEvent('dragleave', { bubbles: true, dataTransfer }));
  });
  await expect(place).toBeHidden();

  await drag('dragOver', 400);
  await drag('dragOver', 40);
  await expect(place).toBeVisible();
  await page.mouse.move(300, 300);
  await page.mouse.move(310, 300);
  await expect(place).toBeHidden();
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test('why a study failed is said where Run was pressed', async ({ page }) => {
    const noRoom = `const { grow } = WebAssembly.Memory.prototype;
      WebAssembly.Memory.prototype.grow = function (pages) {
        if (self.isFull) throw new RangeError('no room');
        return grow.call(this, pages);
      };\n`;
    await page.route(/\/assets\/worker-[^/]*\.js$/, async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: noRoom + (await response.text()) });
    });
    await page.goto('?task=food&arms=lora&steps=2&batch=4&seeds=0&test-images=9');
    await engineOpened(page);
    await studyWorker(page).evaluate('self.isFull = true');
    await page.locator('#run').scrollIntoViewIfNeeded();
    await page.locator('#run').getByRole('button', { name: /^Run/ }).click();
    const notice = page.locator('[aria-live="polite"]').filter({ has: page.getByRole('button', { name: 'Show' }) });
    await expect(notice).toContainText('Out of device memory');
    await expect(notice.locator('p')).toBeInViewport();
    await notice.getByRole('button', { name: 'Show' }).click();
    await expect(page.getByRole('alert').filter({ hasText: 'Out of device memory' })).toBeInViewport();
    await expect(notice).toHaveCount(0);
  });

  test('a note at the lower edge has room, and covers neither what has the focus nor the end of the page', async ({
    page,
  }, info) => {
    await page.setViewportSize({ width: 360, height: 740 });
    await page.goto('?backbone=openai/clip-nonesuch');
    await expect(page.getByRole('figure', { name: 'See it decide', exact: true })).toBeAttached();
    await page.locator('#results').evaluate((heading) => heading.scrollIntoView());
    const wrong = info.outputPath('what-is-on-the-list-of-today.txt');
    await writeFile(wrong, 'milk, eggs');
    await dropAt(page, { x: 180, y: 300 }, wrong);
    const notice = page.locator('[aria-live="polite"]').filter({ has: page.getByRole('button', { name: 'Show' }) });
    await expect(notice).toContainText('could not be taken');
    const box = async (of: Locator) => (await of.boundingBox())!;
    const told = await box(notice.locator('p'));
    expect(told.width).toBeGreaterThan(280);
    const bar = await box(page.locator('[data-phone-bar]'));
    const shown = await box(notice.getByRole('button', { name: 'Show' }));
    expect(shown.y + shown.height).toBeLessThan(bar.y);
    await test.step('the focus', async () => {
      const folds = page.getByRole('button', { name: /^Data table/ });
      await folds.last().focus();
      const focused = await box(folds.last());
      expect(focused.y + focused.height).toBeLessThan(told.y);
    });
    await test.step('the end of the page', async () => {
      await expect
        .poll(async () => {
          await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
          const last = await box(page.locator('footer p').last());
          return last.y + last.height - (await box(notice.locator('p'))).y;
        })
        .toBeLessThan(0);
      // The bar stands in the page there, and leaves its place to the note.
      const { y, height } = await box(notice.locator('p'));
      expect(740 - y - height).toBeLessThan(100);
      await expect(notice.locator('p')).toBeVisible();
    });
  });

  test('why a study cannot run is said beside Run, which is at hand above its settings', async ({ page }) => {
    const run = page.locator('[data-phone-bar]').getByRole('button', { name: /^Run/ });
    await page.goto('?backbone=openai/clip-nonesuch');
    await expect(page.locator('[data-phone-bar]')).toContainText(
      'The backbone openai/clip-nonesuch is not on this device.',
    );
    await expect(run).toBeInViewport();
    await expect(run).toBeDisabled();
    await page.goto('?task=food');
    await expect(run).toBeEnabled();
    await page.locator('#run').scrollIntoViewIfNeeded();
    await expect(run).toBeHidden();
  });
});
