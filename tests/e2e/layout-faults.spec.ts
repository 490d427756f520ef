/** The look for faults of a layout, at pages that have one of each: a look that finds nothing anywhere would find nothing wrong. */
import { test, type Page } from '@playwright/test';
import { expect } from '../support/expect.ts';
import { layoutFaults } from '../support/layout.ts';

const CARD = 'border: 1px solid black; width: 200px';

/** What lies in a page of its own, in letters of one width. @returns its faults */
async function faultsOf(page: Page, markup: string): Promise<string[]> {
  await page.setContent(
    `<!doctype html><style>* { margin: 0; font: 20px/1.2 monospace } main { padding: 20px }</style><main aria-label="Part">${markup}</main>`,
  );
  return layoutFaults(page);
}

for (const [what, markup, faults] of [
  [
    'text that is clipped',
    '<p style="width: 60px; overflow: hidden; white-space: nowrap">Much too long</p>',
    [/^“Much too long” is cut off by \d+ px in “Part”$/],
  ],
  [
    'a line that is there whole or not at all, and is there in part',
    '<header><p class="tagline" style="width: 60px; overflow: hidden; white-space: nowrap">Much too long</p></header>',
    [/^“Much too long” is cut off by \d+ px in “Part”$/],
  ],
  [
    'text in a low box',
    '<p style="height: 30px; overflow: hidden">One<br>Two</p>',
    [/^“Two” is cut off by \d+ px in “Part”$/],
  ],
  [
    'text that leaves its card',
    `<p style="${CARD}; white-space: nowrap">Longer than its own card</p>`,
    [/^“Longer than its own card” leaves its card by \d+ px in “Part”$/],
  ],
  [
    'text that leaves its card upright',
    `<p style="${CARD}; padding: 9px; height: 10px">Tall</p>`,
    [/^“Tall” leaves its card by \d+ px upright in “Part”$/],
  ],
  ['text at the edge of its card', `<p style="${CARD}">Near</p>`, ['“Near” touches the edge of its card in “Part”']],
  [
    'text that leaves the window',
    '<p style="margin-left: -40px">Beyond</p>',
    [/^“Beyond” leaves the window by \d+ px in “Part”$/],
  ],
  [
    'a page that is too wide',
    '<div style="width: 3000px; height: 9px"></div>',
    [/^the page is \d+ px wider than the window$/],
  ],
  [
    'a column of words',
    '<p style="width: 50px">this is a very thin slip</p>',
    ['“this is a very thin slip” is squeezed into 5 lines in “Part”'],
  ],
  [
    'a broken word',
    '<p style="width: 80px; word-break: break-all">breaking</p>',
    ['“breaking” is broken within in “Part”'],
  ],
  [
    'a number without its sign',
    '<p style="width: 100px">about 95 % of it</p>',
    ['“about 95 % of it” is broken at “5 %” in “Part”'],
  ],
  [
    'texts of a chart that overlap',
    '<svg role="img" aria-label="Chart" width="300" height="100"><text x="20" y="50">one</text><text x="30" y="52">two</text></svg>',
    [/^“one” and “two” overlap by \d+ px in the chart in “Chart”$/],
  ],
  [
    'a text that a chart cuts',
    '<svg role="img" aria-label="Chart" width="300" height="100"><text x="280" y="50">label</text></svg>',
    [/^“label” is cut off by \d+ px in the chart in “Chart”$/],
  ],
  [
    'controls that overlap',
    '<button>First</button><button style="margin-left: -20px">Second</button>',
    [/^the controls “First” and “Second” overlap by \d+ px in “Part”$/],
  ],
] as const)
  test(what, async ({ page }) => {
    const found = await faultsOf(page, markup);
    expect(found).toHaveLength(faults.length);
    for (const [i, fault] of faults.entries()) expect(found[i]).toMatch(fault);
  });

test('what is in order', async ({ page }) => {
  const found = await faultsOf(
    page,
    `<p style="${CARD}; padding: 9px">Within</p>
    <p style="width: 60px; overflow: hidden; white-space: nowrap; text-overflow: ellipsis">Shortened with a sign</p>
    <p style="width: 60px; overflow: auto; white-space: nowrap">Scrolled to its end</p>
    <p style="position: absolute; clip-path: inset(50%); width: 1px; overflow: hidden">For screen readers only</p>
    <p style="width: 200px; word-break: break-all">afilewithalongername.safetensors</p>
    <p style="width: 70px">over&shy;land&shy;ing</p>
    <svg role="img" aria-label="Chart" width="300" height="120">
      <text x="20" y="80">one</text><text x="90" y="80">two</text>
      <text x="140" y="90" transform="rotate(-45 140 90)">slanted</text><text x="165" y="90" transform="rotate(-45 165 90)">slanted</text>
    </svg>
    <button>First</button><button style="position: absolute; margin-left: -20px">Over it</button>`,
  );
  expect(found).toEqual([]);
});
