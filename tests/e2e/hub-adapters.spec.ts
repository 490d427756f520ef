/** Adapters from a hub: eight opened by one name, evaluated, merged, kept without the hub; one for another backbone; and what goes wrong on the way. */
import { test, type Page } from '@playwright/test';
import { violations } from '../support/accessibility.ts';
import { expect } from '../support/expect.ts';
import { WITHOUT_FIGURES } from '../support/page.ts';
import { adapterFolders, adapterRepository } from '../support/hub/adapters.ts';
import { WRITE_TOKEN } from '../support/hub/hub-writer.ts';
import { startLocalHub, type LocalHub } from '../support/hub/local-hub.ts';
import { folderModel } from '../support/hub/models.ts';

const TASKS = Array.from({ length: 8 }, (_, i) => `task-${i + 1}`);
let hub: LocalHub;

test.beforeEach(async ({ page }) => {
  hub = await startLocalHub({
    'tester/eight': adapterFolders(TASKS, 'emoji-clip-2'),
    'tester/foreign': adapterRepository(1, 'tester/clip', 16),
    'tester/clip': folderModel('public/backbones/emoji-clip-2', 'mit'),
  });
  await page.addInitScript((address) => localStorage.setItem('copra:hub', address), hub.url);
});
test.afterEach(() => hub.close());

const panelOf = (page: Page) => page.getByRole('region', { name: 'Adapters', exact: true });
const names = (page: Page) => panelOf(page).getByRole('textbox', { name: /^Adapters on the hub/ });
const openFold = (page: Page) =>
  panelOf(page)
    .getByRole('button', { name: /^Published adapters/ })
    .click();
async function open(page: Page, text: string): Promise<void> {
  await names(page).fill(text);
  await panelOf(page).getByRole('button', { name: 'Open', exact: true }).first().click();
}

test('eight adapters of a hub are opened by one name, evaluated, merged, and stay without it', async ({ page }) => {
  await page.goto(`?${WITHOUT_FIGURES}&seeds=0&landscape=off&shapley=off&pruning=off&test-images=40`);
  const panel = panelOf(page);
  await openFold(page);

  await open(page, 'tester/none');
  await expect(panel.getByRole('alert')).toContainText('There is no model “tester/none”');
  hub.faults.status.api = 401;
  await open(page, 'tester/eight');
  await expect(panel.getByRole('alert')).toContainText('the adapter is private or gated');
  hub.reset();

  await open(page, 'tester/eight');
  for (const task of TASKS)
    await expect(panel.getByRole('row', { name: new RegExp(`^${task} ?opened`) })).toBeVisible();
  await expect(panel.getByRole('alert')).toHaveCount(0);
  for (const task of TASKS)
    await panel
      .getByRole('row', { name: new RegExp(`^${task} ?opened`) })
      .getByText(task)
      .click();
  await panel.getByRole('button', { name: 'Evaluate these 8' }).click();
  await expect(page.getByText(/^8 adapters evaluated, nothing trained/)).toBeVisible();
  await panel.getByRole('button', { name: 'Merge', exact: true }).click();
  await expect(panel.getByRole('row', { name: /^Average A and B: task-1 \+ task-2/ })).toBeVisible();
  expect(await violations(panel)).toEqual([]);

  // What is on the device needs no hub.
  await hub.close();
  await page.reload();
  await openFold(page);
  const stored = panel.getByRole('list', { name: 'Adapters on this device' });
  await expect(stored.getByRole('listitem')).toHaveCount(8);
  await panel.getByRole('button', { name: 'Open tester/eight/task-3' }).click();
  await expect(panel.getByRole('row', { name: /^task-3 ?opened/ })).toBeVisible();
  await panel.getByRole('button', { name: 'Delete tester/eight/task-3' }).click();
  await expect(stored.getByRole('listitem')).toHaveCount(7);
});

test('an adapter for another backbone brings it along, and goes to a repository of one’s own', async ({ page }) => {
  await page.goto(`?${WITHOUT_FIGURES}`);
  const panel = panelOf(page);
  await openFold(page);
  await expect(panel.getByRole('listitem').filter({ hasText: 'KnOTS, ViT-B/32: 8 adapters' })).toBeVisible();
  await open(page, 'tester/foreign');
  await expect(
    panel.getByText('This adapter was trained for tester/clip, and the study uses Emoji-CLIP 2.'),
  ).toBeVisible();
  await panel.getByRole('button', { name: 'Get tester/clip and open' }).click();
  await expect(panel.getByRole('row', { name: /^foreign ?opened/ })).toBeVisible();
  const stored = panel.getByRole('list', { name: 'Adapters on this device' });
  await expect(stored.getByRole('listitem').filter({ hasText: 'tester/foreign' })).toContainText('licence MIT');
  await expect(page.getByRole('region', { name: 'Backbone' }).getByText('tester/clip, frozen.')).toBeVisible();

  await panel.getByRole('button', { name: 'Publish an adapter' }).click();
  const token = panel.getByLabel('Your token, with the right to write');
  await panel.getByRole('textbox', { name: 'Repository: owner/name' }).fill('tester/mine');
  const publish = panel.getByRole('button', { name: /^Publish on localhost/ });
  await token.fill('hf_reader');
  await publish.click();
  await expect(panel.getByRole('alert')).toContainText('does not let this token write to tester/mine (403)');
  await token.fill(WRITE_TOKEN);
  expect(await violations(panel)).toEqual([]);
  await publish.click();
  await expect(panel.getByRole('link', { name: /^Published as tester\/mine@[0-9a-f]{12}/ })).toBeVisible();
  expect(hub.writer.visibility.get('tester/mine')).toBe('private');
  expect(
    await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, location.href])),
  ).not.toContain(WRITE_TOKEN);

  // What was published opens like any other, with the study beside it.
  await open(page, 'tester/mine');
  await expect(stored).toContainText('tester/mine');
  await expect(panel.getByRole('row', { name: /^mine ?opened/ })).toBeVisible();
});
