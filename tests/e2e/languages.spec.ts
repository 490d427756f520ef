/** The page in its languages: no text outside a catalogue, no layout that fits English only, and switching keeps everything. */
import { readFileSync } from 'node:fs';
import { test, type Page } from '@playwright/test';
import { BUNDLED_TASKS, className } from '../../src/data/bundled/tasks.ts';
import { OTHER_DOMAINS, otherDomainName } from '../../src/data/bundled/other-domains.ts';
import { BACKBONES } from '../../src/state/models/backbones.ts';
import { CURATED } from '../../src/state/models/curated-backbones.ts';
import { violations } from '../support/accessibility.ts';
import { expect } from '../support/expect.ts';
import { atSizes, unfoldAll } from '../support/layout.ts';
import { englishOf, literalsOf } from '../support/literals.ts';
import { complaints, engineOpened, expectFits } from '../support/page.ts';

const SIZES = [360, 390, 1440].map((width) => ({ width, height: 900 }));

/** What is the same in every language, and texts that are not the page's own. */
const NAMES: readonly RegExp[] = [
  /^(CopRA Playground|LoRA|CopRA|DoRA|CLIP)( [\d.]+(\s?%)?)?( ·)?$/, // names of methods and of the page, with a number
  /^(CopRA|CoTo) \(arXiv [\d.]+\)$/, // names of papers
  /^(EN|DE|English|Deutsch)$/, // languages by their own names
  /^(PNG|SVG|CSV|SHA-256|GFLOP\/s)$/, // formats and units
  /^(MIT|Apache-2\.0)$/, // licences by their names
  /^[qkvo]$|^fc[12]$|^r \d/, // projections and ranks
  /^[VT]\d+$|^λ$/, // layers and symbols
  /^WebAssembly SIMD/, // the device, as the engine calls it
  /^This browser offers no WebGPU adapter/, // said by the engine's worker, which knows no language
  /^\d+ \w+ \d{4}$/, // dates, which the browser writes
  /^a picture of /, // prompts, which the backbone reads
  /^(Dismiss$|(Decrease|Increase) )/, // said by the library of controls, in a language that it knows
];

/** What a search tried, by the names in its file. */
const CANDIDATES = (
  JSON.parse(readFileSync('public/showcase/schedule-plenty.json', 'utf8')) as {
    readonly candidates: readonly { readonly name: string }[];
  }
).candidates.map(({ name }) => name);

/** Names of classes, tasks and backbones are data. */
const DATA = new Set([
  ...OTHER_DOMAINS.map(otherDomainName),
  ...BUNDLED_TASKS.flatMap(({ name, classes }) => [name, ...classes.map(className)]),
  ...[...BACKBONES, ...CURATED].map(({ name }) => name),
]);

async function leftovers(page: Page): Promise<string[]> {
  const found = await literalsOf(page);
  return found.filter((text) => !DATA.has(text) && !NAMES.some((name) => name.test(text)));
}

/** The page with its charts and all of its settings. */
async function unfolded(page: Page): Promise<void> {
  await expect(page.getByRole('banner').getByText(/^WebAssembly/)).toBeVisible();
  await expect(page.locator('[data-lesson-target="landscape"]')).toBeVisible();
  await unfoldAll(page, '[aria-labelledby="study-title"]');
}

/** Looks at the device, the presets, sharing and the glossary, which open in turns, and at the lessons. */
async function openEach(page: Page, look: () => Promise<void>): Promise<void> {
  const header = page.getByRole('banner').getByRole('button');
  const popup = page.getByRole('dialog').or(page.getByRole('menu'));
  for (const button of [
    header.nth(0),
    header.nth(1),
    header.nth(3),
    page.getByRole('contentinfo').getByRole('button'),
  ]) {
    await button.click();
    await expect(popup.first()).toBeVisible();
    await look();
    await page.keyboard.press('Escape');
    await expect(popup).toHaveCount(0);
  }
  await header.nth(2).click();
  await expect(page.getByRole('complementary')).toBeVisible();
  await look();
}

test('every text is in a catalogue, and longer ones have room', async ({ page }) => {
  await page.goto('?lang=qps');
  await unfolded(page);
  const look = async (): Promise<void> => expect(await leftovers(page)).toEqual([]);
  await look();
  await atSizes(page, SIZES, () => expectFits(page));
  await openEach(page, look);
});

test('nothing on a German page is English', async ({ page }) => {
  await page.goto('?lang=de&map=regime-map&search=plenty');
  await expect(page.getByRole('figure', { name: 'Karte der Bedingungen' })).toBeVisible();
  await unfolded(page);
  const look = async (): Promise<void> => {
    const english = await englishOf(page, CANDIDATES);
    expect(english.filter((text) => !DATA.has(text) && !NAMES.some((name) => name.test(text)))).toEqual([]);
  };
  await look();
  await openEach(page, look);
});

/** Never done by itself. */
const LONG =
  'backbone=emoji-clip-2&task=food&seeds=0&steps=90000&batch=8&landscape=off&shapley=off&pruning=off&domains=off&test-images=20';

test('another language leaves the study, its settings and the address as they are', async ({ page }) => {
  await page.goto(`?lang=en&${LONG}`);
  await engineOpened(page);
  const pause = page.getByRole('button', { name: 'Pause', exact: true });
  await page.getByRole('button', { name: /^Run/ }).click();
  await expect(pause).toBeEnabled();
  await expect(page.getByText(/^step [\d,]+ of 90,000$/)).toBeVisible();
  // It is under way while it pauses, too.
  await pause.click();
  await expect(page.getByRole('button', { name: 'Resume', exact: true })).toBeVisible();
  await page.getByRole('textbox', { name: 'Seeds per arm' }).fill('3');
  await page.keyboard.press('Enter');

  await page.getByRole('button', { name: 'Deutsch' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'de');
  await expect(page).toHaveURL(/[?&]lang=de&/);
  const run = page.getByRole('region', { name: 'Rechnen', exact: true });
  await expect(run.getByText(/^Schritt [\d.]+ von 90\.000$/)).toBeVisible();
  await expect(run.getByText(/Geändert für den nächsten Lauf/)).toBeVisible();
  await run.getByRole('button', { name: 'Weiter', exact: true }).click();
  await expect(run.getByRole('button', { name: 'Pause', exact: true })).toBeEnabled();
  await expect(page.getByRole('textbox', { name: 'Seeds je Arm' })).toHaveValue('3');
  await run.getByRole('button', { name: 'Beenden und Fertiges behalten' }).click();
  await expect(run.getByRole('button', { name: /rechnen/ })).toBeEnabled();
  await atSizes(page, SIZES, () => expectFits(page));
  expect(await violations(page)).toEqual([]);

  // What was chosen is remembered where the address names no language.
  await page.goto('');
  await expect(page.locator('html')).toHaveAttribute('lang', 'de');
  await expect(page.getByRole('button', { name: /^Hier rechnen/ })).toBeVisible();
});

test('a worker that is told a language still computes what it was asked for', async ({ page }) => {
  const heard = complaints(page);
  await page.goto('?preset=geometry&lang=de');
  const points = page.getByRole('figure', { name: 'Adapter als Punkte' });
  await points.scrollIntoViewIfNeeded();
  // One mark per adapter; without them, a frame.
  await expect.poll(() => points.locator('svg[data-picture] path').count()).toBeGreaterThan(20);
  expect(heard).toEqual([]);
});

/** What translators of browsers do: texts move into elements of theirs, again and again, but for those that are not to be translated. */
function translate(): void {
  const all = (): void => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const texts: Text[] = [];
    while (walker.nextNode()) texts.push(walker.currentNode as Text);
    for (const text of texts) {
      const parent = text.parentElement;
      if (!parent?.translate || !text.data.trim() || parent.closest('font, script, style, svg')) continue;
      const moved = document.createElement('font');
      parent.replaceChild(moved, text);
      moved.append(text.data);
    }
  };
  all();
  new MutationObserver(all).observe(document.body, { childList: true, subtree: true });
}

test('a translator of the browser takes nothing away from a page that lives', async ({ page }) => {
  const heard = complaints(page);
  const settings = 'task=food&arms=lora&steps=2&batch=4&seeds=0&rank=1&test-images=9';
  await page.goto(`?${settings}&landscape=off&shapley=off&pruning=off`);
  await engineOpened(page);
  await page.evaluate(translate);
  await page.getByRole('button', { name: /Run/ }).first().click();
  await expect(page.getByText('Computed here')).toBeVisible();
  expect(heard).toEqual([]);
});

test('the line beside the name is read whole, or not there where the language leaves it no room', async ({ page }) => {
  await page.goto('?lang=de');
  const line = page.getByRole('banner').getByText('Trainiere LoRA und CopRA nebeneinander');
  await expect(page.getByRole('banner').getByText(/^WebAssembly/)).toBeVisible();
  /** How much of it is in view, and whether that is all of its width. */
  const seen = () =>
    line.evaluate((paragraph) => {
      const words = document.createRange();
      words.selectNodeContents(paragraph);
      const [text, box] = [words.getBoundingClientRect(), paragraph.getBoundingClientRect()];
      return text.top >= box.bottom ? 'nothing' : text.right <= box.right + 0.5 ? 'all' : 'a part';
    });
  for (const [width, expected] of [
    [1366, 'nothing'],
    [1600, 'all'],
  ] as const) {
    await page.setViewportSize({ width, height: 768 });
    await expect.poll(seen, `${width} pixels`).toBe(expected);
  }
});
