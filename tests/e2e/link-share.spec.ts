/** From a result to a link and its QR code, from there to a fresh profile; settings edited in the address; damaged links; frames. */
import { readFileSync } from 'node:fs';
import { test, type Page } from '@playwright/test';
import decodeQr from 'qr/decode.js';
import sharp from 'sharp';
import { violations } from '../support/accessibility.ts';
import { expect } from '../support/expect.ts';
import { allParts, settled } from '../support/layout.ts';
import { accuracyRow, accuracyShown, complaints, expectFits } from '../support/page.ts';

const fragment = readFileSync('tests/golden/links/r1-default.txt', 'utf8').trim();

test('a linked study is for reading until it is started from; a press copies its link, and its QR code opens in a fresh profile', async ({
  page,
  browser,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.setViewportSize({ width: 1440, height: 1000 });
  const heard = complaints(page);
  await page.goto(`#${fragment}`);
  await page.getByRole('button', { name: 'Share the result as a link' }).click();
  const dialog = page.getByRole('dialog', { name: 'Share' });
  await expect(dialog.getByText(/Link copied · [\d,]+ characters/)).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link).toContain('#r2.');
  expect(link.length).toBeLessThanOrEqual(2000);

  const code = await dialog.getByRole('img', { name: /QR code/ }).screenshot({ scale: 'css' });
  const { data, info } = await sharp(code)
    .resize(1200, 1200, { kernel: 'nearest' })
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const scanned = decodeQr({ width: info.width, height: info.height, data: new Uint8Array(data) });
  expect(scanned.length).toBeLessThanOrEqual(1300);

  const accuracy = await accuracyShown(page);
  for (const address of [link, scanned]) {
    const fresh = await (await browser.newContext()).newPage();
    await fresh.goto(address);
    await expect(fresh.getByText('From the link', { exact: true })).toBeVisible();
    await expect(accuracyRow(fresh)).toHaveText(accuracy, { useInnerText: true });
    await fresh.context().close();
  }
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();

  await expect(page.getByRole('button', { name: 'Run it again here' }).first()).toBeVisible();
  await expect(page.getByRole('textbox', { name: /^Seeds per arm/ })).toHaveCount(0);
  await page.getByRole('button', { name: 'All settings' }).click();
  await expect(page.getByRole('row', { name: 'Steps 600', exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Start from this' }).click();
  await expect(page.getByRole('textbox', { name: /^Seeds per arm/ })).toBeVisible();
  await expect(accuracyRow(page)).toContainText('70.8');
  expect(heard).toEqual([]);
});

test('settings can be edited in the address, and what is misspelt is named', async ({ page }) => {
  await page.goto('?task=foood');
  await expect(
    page.getByText(/“task=foood” is skipped: .* or dropped\. Settings that are skipped are as usual\./),
  ).toBeVisible();
  await expect(page.getByRole('region', { name: 'Task', exact: true })).toContainText('Emoji groups, negative');
  const asSaved = 'shots=64&towers=vision,text&lr=0.001&landscape-points=11&domains=on';
  await page.goto(`?${asSaved}&steps=150&copra.rank=8&seeds=0-2&stpes=1`);
  await expect(page.getByText('“stpes” is no setting; “steps” may be meant.')).toBeVisible();
  await expect(page.getByText(/Changed since the result shown:.*CopRA rank 4 → 8/)).toBeVisible();
  await page.getByRole('button', { name: /^Training .*steps/ }).click();
  const steps = page.getByRole('textbox', { name: /^Steps/ });
  await expect(steps).toHaveValue('150');
  await steps.fill('20');
  await steps.press('Enter');
  await expect.poll(() => page.url()).toContain('steps=20&');
  await page.reload();
  await expect(page.getByText(/Changed since the result shown:/)).toBeVisible();
  await page.getByRole('button', { name: /^Training .*steps/ }).click();
  await expect(page.getByRole('textbox', { name: /^Steps/ })).toHaveValue('20');
  // What a reader wrote may be one long word.
  const long = 'W'.repeat(60);
  await page.goto(`?steps=${long}`);
  await expect(page.getByText(`“steps=${long.slice(0, 40)}`)).toBeVisible();
  await page.setViewportSize({ width: 320, height: 800 });
  await expectFits(page);
});

test('a link that was cut off shows the parts that arrived', async ({ page }) => {
  await page.goto('');
  await expect(page.getByText('Saved result', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Share the result as a link' }).click();
  await expect(page.getByText(/(Link copied|Copy this link) · [\d,]+ characters/)).toBeVisible();
  const link = await page.getByRole('textbox', { name: 'Link to this result' }).inputValue();
  const fresh = await page.context().newPage();
  await fresh.goto(link.slice(0, Math.floor(link.length * 0.7)));
  await expect(
    fresh.getByRole('alert').getByText(/cut off.*parts that arrived whole are shown; missing: .*loss curves/),
  ).toBeVisible();
  const landscape = fresh.getByRole('figure', { name: 'Landscape between two seeds' });
  await expect(landscape).toContainText('At the midpoint of the factor path LoRA keeps');
  // Of an early one nothing arrived, and the saved result does not stand in for it.
  await fresh.goto('about:blank');
  await fresh.goto(`#${fragment.slice(0, 60)}`);
  await expect(fresh.getByRole('alert').getByText('60 of 1,955 characters.')).toBeVisible();
  await expect(fresh.getByText('From the link', { exact: true })).toHaveCount(0);
  await expect(fresh.getByText('No result yet', { exact: true })).toBeVisible();
});

test('a frame shows one chart, follows its size and says where the whole is', async ({ page }) => {
  const heard = complaints(page);
  await page.setViewportSize({ width: 520, height: 440 });
  await page.goto(`?embed=shapley#${fragment}`);
  await expect(page.getByRole('figure', { name: 'Shapley value of every layer' })).toBeVisible();
  await expect(page.locator('svg[data-picture]').first()).toBeVisible();
  await expect(page.getByRole('figure')).toHaveCount(1);
  await expect(page.getByRole('button', { name: /download/ })).toHaveCount(0);
  const overflow = () =>
    page.evaluate(() => ({
      x: document.documentElement.scrollWidth - innerWidth,
      y: document.documentElement.scrollHeight - innerHeight,
    }));
  expect(await overflow()).toEqual({ x: 0, y: 0 });
  expect(await violations(page)).toEqual([]);
  const whole = await page.getByRole('link', { name: 'Open in CopRA Playground' }).getAttribute('href');
  expect(whole).not.toContain('embed');
  expect(whole).toContain('#r1.');
  // In a frame too low for it the tape scrolls, and the foot stays below.
  await page.goto('about:blank');
  await page.setViewportSize({ width: 420, height: 240 });
  await page.goto(`?embed=tape#${fragment}`);
  const [tape, link] = [page.getByRole('figure'), page.getByRole('link', { name: 'Open in CopRA Playground' })];
  await expect(tape).toBeVisible();
  const [above, below] = [await tape.boundingBox(), await link.boundingBox()];
  expect(above!.y + above!.height).toBeLessThanOrEqual(below!.y);
  await page.goto('about:blank');
  await page.setViewportSize({ width: 900, height: 600 });
  await page.goto(`?embed=landscape,summary&theme=dark#${fragment}`);
  await expect(page.getByRole('figure')).toHaveCount(1);
  await expect(accuracyRow(page)).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe('dark');
  expect(heard).toEqual([]);
});

/** Figures of what links have no room for: gates, and answers to single pictures. */
const NOT_IN_LINKS = [
  'Activation tape',
  'See it decide',
  'Pictures between two seeds',
  'Accuracy of every class',
  'Which class is taken for which',
];

/** Its caption has more to say where a result is not of a link. */
const ERROR = 'Error of aggregation per layer';

/** Titles and captions of all figures that links hold. @param last the figure that comes last */
async function captionsOf(page: Page, last: string): Promise<Record<string, string>> {
  await expect(page.getByRole('figure', { name: last, exact: true }).locator('figcaption')).toHaveText(/\d/);
  await allParts(page);
  // In one piece, and twice the same: figures come one after the other.
  const read = () =>
    page.evaluate(() =>
      [...document.querySelectorAll('figure')].map((figure) => [
        figure.getAttribute('aria-label'),
        figure.querySelector('figcaption')?.textContent, // also what is folded
      ]),
    );
  let said = await read();
  await expect(async () => {
    const before = said;
    said = await read();
    expect(said).toEqual(before);
  }).toPass({ intervals: [1000], timeout: 120_000 });
  return Object.fromEntries(said.filter(([label]) => !NOT_IN_LINKS.includes(label ?? ''))) as Record<string, string>;
}

test('the figures of analyses say the same behind a link, and in frames', async ({ page, browser, context }) => {
  test.slow(); // four studies
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  // The places of the points of Geometry are computed when its result is opened.
  let compute = (): void => undefined;
  const computed = new Promise<void>((resolve) => (compute = resolve));
  await page.route(/tsne\.worker/, async (route) => {
    await computed;
    await route.continue();
  });
  await page.goto('');
  await expect(page.getByText('Saved result', { exact: true })).toBeVisible();
  for (const { name, last, views } of [
    { name: 'Geometry', last: 'Adapters as points', views: ['plane', 'points'] },
    { name: 'Merge', last: 'Merging all seeds', views: ['merging'] },
    { name: 'Many tasks', last: 'Many tasks', views: ['many-tasks'] },
    { name: 'Federated', last: 'Images of the clients', views: ['federated', 'federated-error', 'federated-clients'] },
  ]) {
    await page.getByRole('button', { name: /^Preset: / }).click();
    await page.getByRole('menuitem', { name, exact: true }).click();
    await expect(page.getByRole('button', { name: `Preset: ${name}`, exact: true })).toBeVisible();
    await expect(page.getByText('Changed since the result shown:')).toHaveCount(0);
    // Until then the figure does not say that the result lacks them.
    if (name === 'Geometry')
      await expect(page.getByRole('figure', { name: last, exact: true }).getByText('t-SNE').first()).toBeVisible();
    compute();
    const captions = await captionsOf(page, last);
    await page.getByRole('button', { name: 'Share the result as a link' }).click();
    await expect(page.getByText(/Link copied · [\d,]+ characters/)).toBeVisible();
    // Where the short link rounds, the whole one says the same.
    await expect(page.getByRole('img', { name: /QR code/ })).toBeVisible();
    const dialog = page.getByRole('dialog', { name: 'Share' });
    const whole = dialog.getByText(/^Full detail/);
    if (await whole.isVisible()) await whole.click();
    await expect(page.getByText(/Link copied · [\d,]+ characters/)).toBeVisible();
    const link = await page.evaluate(() => navigator.clipboard.readText());
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();

    const fresh = await (await browser.newContext()).newPage();
    const heard = complaints(fresh);
    await fresh.goto(link);
    await expect(fresh.getByText('From the link', { exact: true })).toBeVisible();
    const behind = await captionsOf(fresh, last);
    if (name === 'Federated') {
      // The arms are compared in the length of the error, for which links have no room: they hold the shares.
      expect(captions[ERROR]).toContain('arms are compared in the error itself');
      expect(behind[ERROR]).toContain('arms are not compared in them');
      for (const told of [captions, behind]) told[ERROR] = /Mean over layers.*err little\./.exec(told[ERROR])![0];
    }
    // Links hold no answers, but what the intervals need of them.
    if (name === 'Many tasks' || name === 'Federated')
      expect(behind[{ 'Many tasks': 'Many tasks', Federated: 'Federated training' }[name]]).toMatch(
        /^[^(]*\(95.% interval [^)]* seeds and [\d,]+ test images\)/,
      );
    expect(behind, name).toEqual(captions);
    for (const view of views) {
      const embedded = link.replace(/[?#]/, (mark) => `?embed=${view}${mark === '?' ? '&' : '#'}`);
      await fresh.setViewportSize({ width: 420, height: 520 });
      await fresh.goto(embedded);
      const stage = fresh.locator('figure svg[data-picture]').first();
      for (const width of [420, 860]) {
        await fresh.setViewportSize({ width, height: 520 });
        await expect(stage).toBeVisible();
        await settled(fresh);
        expect((await stage.boundingBox())!.height).toBeGreaterThan(150);
        await expectFits(fresh);
      }
    }
    expect(heard).toEqual([]);
    await fresh.context().close();
  }
});
