/** A new version of the page never interrupts a study, is whole when it is loaded, and every tab loads it. */
import { createHash } from 'node:crypto';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from '@playwright/test';
import { serve } from '../../scripts/serve.mjs';
import { expect } from '../support/expect.ts';
import { KEPT_FILES } from '../support/kept-files.ts';
import { MEASURED } from '../support/measured-device.ts';
import { driveChromium, type DrivenChromium } from '../support/other-browsers/chromium.ts';
import { elementOf, showsText } from '../support/other-browsers/driven.ts';

type Tab = Awaited<ReturnType<DrivenChromium['newTab']>>;

/** The settings are unfolded, and the device was measured before. */
const SET_UP = `try {
  localStorage.setItem('copra-study', 'open');
  localStorage.setItem('copra-pace', ${JSON.stringify(JSON.stringify(MEASURED))});
} catch {} // a page without an address has no storage
`;

const LOAD = 'Load the new version';

/** The host gets another version of the page, with a mark in it. */
async function publish(folder: string): Promise<void> {
  const [index, script] = ['index.html', 'service-worker.js'].map((name) => path.join(folder, name));
  const html = (await readFile(index, 'utf8')).replace('<head>', '<head><meta name="another-version" />');
  const hash = createHash('sha256').update(html).digest('hex');
  await writeFile(index, html);
  const listed = await readFile(script, 'utf8');
  await writeFile(script, listed.replace(/("index\.html":\{"hash":")\w+/, `$1${hash}`));
}

const LOOK_FOR_VERSION = `navigator.serviceWorker.ready.then((registration) => registration.update()).then(() => undefined)`;

const IS_WAITING = `navigator.serviceWorker.ready.then(({ waiting }) => Boolean(waiting))`;

/** Waits until an expression in the page is true. While the page is loaded again, it is not. */
const until = (tab: Tab, expression: string): Promise<void> =>
  expect.poll(() => tab.evaluate<boolean>(expression).catch(() => false)).toBe(true);

const offers = (name: string): string => `Boolean(${elementOf('button', name)})`;

const IS_NEW = `Boolean(document.querySelector('meta[name="another-version"]'))`;

/** The worker of the page has taken along another file of those that are kept by use, and has done what follows. */
async function takeAlong(tab: Tab, file: string): Promise<void> {
  const keeps = `(async () => (await ${KEPT_FILES}).some((url) => url.includes('${file}')))()`;
  expect(await tab.evaluate<boolean>(keeps)).toBe(false);
  await tab.evaluate(
    `navigator.serviceWorker.ready.then(({ active }) =>
      active.postMessage({ type: 'fill', files: ['${file}'], script: document.querySelector('script[type=module]').src }))`,
  );
  await until(tab, keeps);
}

/** The tab shows the new version, which is whole without a network, and offers nothing any more. */
async function expectNew(tab: Tab): Promise<void> {
  await until(tab, `${IS_NEW} && ${showsText('Saved result')}`);
  expect(await tab.evaluate<boolean>(offers(LOAD))).toBe(false);
}

test('a new version waits for the end of a study and for a press, is whole then, and every tab loads it', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'copra-update-'));
  await cp('dist', folder, { recursive: true });
  const host = await serve({ folder });
  const browser = await driveChromium(SET_UP);
  try {
    const page = await browser.newTab();
    await page.goTo(host.url);
    await until(page, `(async () => (await ${KEPT_FILES}).some((url) => url.includes('/index.html?')))()`);
    await until(page, offers('Run it here'));
    await page.press('button', 'Run it here');
    await until(page, `/step [1-9]\\d* of 2,000/.test(document.body.innerText)`);
    // It is under way while it pauses, too.
    await page.press('button', 'Pause');
    await until(page, offers('Resume'));

    await publish(folder);
    await page.evaluate(LOOK_FOR_VERSION);
    await until(page, IS_WAITING);
    expect(await page.evaluate<boolean>(offers(LOAD))).toBe(false);
    await page.press('button', 'Stop and keep what is done');
    await until(page, offers(LOAD));

    // A visit of the version before takes files along, and leaves those of the new one alone.
    await page.reload();
    await until(page, offers(LOAD));
    await takeAlong(page, 'showcase/geometry.json');
    await takeAlong(page, 'showcase/merge.json'); // what followed the first is done, too

    const other = await browser.newTab();
    await other.goTo(host.url);
    await until(other, offers(LOAD));
    await host.close();
    await page.press('button', LOAD);
    await expectNew(page);
    expect(await page.evaluate<boolean>(IS_WAITING)).toBe(false);
    expect(await other.evaluate<boolean>(IS_NEW)).toBe(false);
    await other.press('button', LOAD);
    await expectNew(other);
  } finally {
    await browser.close();
    await host.close().catch(() => undefined);
    await rm(folder, { recursive: true, force: true });
  }
});
