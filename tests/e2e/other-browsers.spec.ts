/** One journey in Firefox and in WebKit: open, run a small study, drop a zip, print, make a link, open it, load again; and the WGSL kernels where the browser has WebGPU. */
import { test } from '@playwright/test';
import { zipSync } from 'fflate';
import sharp from 'sharp';
import { findFirefox, findWebKit } from '../../scripts/browser.mjs';
import { expect } from '../support/expect.ts';
import { showsText, type Driven } from '../support/other-browsers/driven.ts';
import { driveFirefox, WITH_WEBGPU } from '../support/other-browsers/firefox.ts';
import { lettersIn } from '../support/other-browsers/letters-in-pdf.ts';
import { driveWebKit } from '../support/other-browsers/webkit.ts';

/** A study with every usual analysis, as small as they go. */
const SMALL =
  '?task=food&steps=2&batch=4&seeds=0-1&landscape-points=3&shapley-images=1&shapley-estimator=permutation&shapley-permutations=2&sparsities=0.5&random-masks=1&test-images=20';

const [firefox, webkit] = [findFirefox(), findWebKit()];
const BROWSERS: readonly [string, string, (() => Promise<Driven>) | null][] = [
  ['Firefox', 'no Firefox found (FIREFOX_PATH names one)', firefox ? () => driveFirefox(firefox, WITH_WEBGPU) : null],
  ['WebKit', 'no WebKitWebDriver with MiniBrowser and Xvfb found', webkit ? () => driveWebKit(webkit) : null],
];

/** Pictures of two colours, eight each. */
async function zipOfPictures(): Promise<string> {
  const files: Record<string, Uint8Array> = {};
  for (const background of ['red', 'navy'])
    for (let i = 0; i < 8; i++) {
      const size = { width: 40 + i, height: 40, channels: 3 as const };
      files[`${background}/${i}.png`] = await sharp({ create: { ...size, background } })
        .png()
        .toBuffer();
    }
  return Buffer.from(zipSync(files)).toString('base64');
}

/** Chooses the WGSL kernels in the open dialog of the device. */
const CHOOSE_WEBGPU = `Array.from(document.querySelectorAll('[role="dialog"] label')).find((label) => label.innerText.includes('own kernels')).click()`;

/** The input for files of the study's task. */
const FILES = '[aria-labelledby="task-title"] input[type="file"][multiple]:not([webkitdirectory])';

/** By the file input: WebKit hands no files over with an event that a script makes. */
const chosen = (zip: string): string => `(() => {
  const bytes = Uint8Array.from(atob('${zip}'), (character) => character.charCodeAt(0));
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File([bytes], 'colours.zip', { type: 'application/zip' }));
  const input = document.querySelector(${JSON.stringify(FILES)});
  input.files = dataTransfer.files;
  input.dispatchEvent(new Event('change', { bubbles: true }));
})()`;

/** Leaves of the page, also on paper, nothing but the texts of its charts, each in its place. @returns how many there are near the window */
const SHOW_TEXTS_OF_CHARTS = `(() => {
  const [sheet] = document.styleSheets;
  for (const rule of ['* { visibility: hidden !important }', '[data-picture] :is(text, tspan) { visibility: visible !important }'])
    sheet.insertRule(rule, sheet.cssRules.length);
  return document.querySelectorAll('[data-picture] text').length;
})()`;

/** The results still show what was there before. */
const BEHIND = `document.querySelector('[aria-labelledby="results"]').hasAttribute('aria-busy')`;

const ACCURACIES = `Array.from(document.querySelectorAll('tr')).map((row) => row.innerText).find((text) => text.includes('Test accuracy'))?.replace(/\\s+/g, ' ').trim() ?? ''`;

for (const [name, lack, drive] of BROWSERS)
  test(`the journey in ${name}`, async ({ baseURL }) => {
    test.skip(!drive, lack);
    const driven = await drive!();
    const evaluate = <T>(expression: string) => driven.evaluate<T>(expression);
    const shows = (text: string, timeout = 60_000) =>
      expect.poll(() => evaluate<boolean>(showsText(text)), { message: text, timeout }).toBe(true);
    const press = (role: string, begin: string) => expect(() => driven.press(role, begin)).toPass({ timeout: 60_000 });
    try {
      await driven.goTo(baseURL! + SMALL);
      await shows('Changed since the result shown');
      expect(await evaluate('crossOriginIsolated')).toBe(true);
      const device = `document.querySelector('[aria-label^="Compute device: "]')?.ariaLabel ?? ''`;
      await expect.poll(() => evaluate<string>(device)).toMatch(/: (?!Checking)/);
      console.log(`${name}: ${await evaluate<string>('navigator.userAgent')}; ${await evaluate<string>(device)}`);
      await press('button', 'Run');
      await shows('Computed here', 200_000);
      // The table may come a moment after the line above it.
      await expect.poll(() => evaluate<boolean>(BEHIND)).toBe(false);
      const accuracies = await evaluate<string>(ACCURACIES);
      expect(accuracies).toMatch(/\d/);

      await press('button', 'Share the result as a link');
      const field = `document.querySelector('input[aria-label="Link to this result"]')?.value ?? ''`;
      await expect.poll(() => evaluate<string>(field)).toContain('#r2.');
      const link = await evaluate<string>(field);

      await driven.goTo('about:blank');
      await driven.goTo(baseURL!);
      await shows('Saved study');
      await press('button', 'Open the study');
      await expect
        .poll(() => evaluate<boolean>(`document.querySelector(${JSON.stringify(FILES)}) !== null`))
        .toBe(true);
      await evaluate(chosen(await zipOfPictures()));
      await shows('16 images, 2 classes');
      // On the second page of a session, Firefox has lost what it had on the first.
      if (driven.print) {
        const texts = await evaluate<number>(SHOW_TEXTS_OF_CHARTS);
        expect(texts).toBeGreaterThan(0);
        expect(lettersIn(await driven.print())).toBeGreaterThanOrEqual(texts);
      }

      await driven.goTo('about:blank');
      await driven.goTo(link);
      await shows('From the link');
      await driven.reload();
      await shows('From the link');
      await expect.poll(() => evaluate<string>(ACCURACIES)).toBe(accuracies);

      // Opening a device trains two steps on it and compares with float64.
      await press('button', 'Compute device');
      await expect(() => evaluate(CHOOSE_WEBGPU)).toPass({ timeout: 60_000 });
      await expect.poll(() => evaluate<string>(device), { timeout: 200_000 }).toMatch(/: (?!Checking|WebAssembly)/);
      const webgpu = await evaluate<string>(device);
      const said = await evaluate<string>(`document.querySelector('[role="dialog"] p').innerText`);
      expect(said).not.toContain('differ from the reference');
      if (webgpu.includes('No backend')) console.log(`${name}: WGSL KERNELS NOT CHECKED: ${said}`);
      else console.log(`${name}: the WGSL kernels agree with float64; ${webgpu}`);
      expect(driven.complaints).toEqual([]);
    } finally {
      await driven.close();
    }
  });
