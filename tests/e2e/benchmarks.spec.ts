/** What `npm run bench` does in the page still finds its way through it: with a small study and a small backbone, as what it measures is not asked. */
import { test } from '@playwright/test';
import { benchBrowserLoading } from '../../bench/browser-loading.ts';
import { benchBrowser } from '../../bench/browser.ts';
import type { Row } from '../../bench/table.ts';
import { expect } from '../support/expect.ts';
import { folderModel } from '../support/hub/models.ts';

const SMALL = '?steps=4&batch=4&seeds=0,1&test-images=20&landscape-points=3&shapley-images=1&sparsities=0.5';

/** Keeps what a benchmark reports. */
function kept() {
  const rows: Row[] = [];
  return { rows, report: { add: (_name: string, _about: string, added: readonly Row[]) => void rows.push(...added) } };
}

test('the benchmark of a study in the page runs it to its end', async () => {
  const { rows, report } = kept();
  await benchBrowser(report, 'dist', SMALL);
  const seconds = rows.find(({ what }) => what === 'seconds');
  expect(Number(seconds?.value)).toBeGreaterThan(0);
});

test('the benchmark of loading takes a backbone from a hub to a study that is ready', async () => {
  const { rows, report } = kept();
  await benchBrowserLoading(report, 'dist', 1, folderModel('public/backbones/emoji-clip').files);
  expect(rows).toHaveLength(3);
  for (const { fastest } of rows) expect(fastest).toBeGreaterThan(0);
});
