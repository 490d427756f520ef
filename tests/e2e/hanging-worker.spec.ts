/** A study worker that stops answering, for real: it spins, or waits for what never comes, until it is ended. Nothing of the study is lost, and every state can be left. */
import { test, type Page } from '@playwright/test';
import { expect } from '../support/expect.ts';
import { accuracyShown, engineOpened, savedBytes, saveNow, studyWorker, WITHOUT_FIGURES } from '../support/page.ts';

const SETTINGS = `${WITHOUT_FIGURES}&task=food&arms=copra&validate-every=100&seeds=0&test-images=60&shapley=off&pruning=off&landscape=off`;
const STUDY = `?steps=48&batch=8&${SETTINGS}`;
/** Never done by itself. */
const LONG = `?steps=90000&batch=4&${SETTINGS}`;

const runButton = (page: Page) => page.getByRole('button', { name: /^Run/ }).first();

const SPINS = 'the worker spins';

/**
 * The study worker spins for ever as soon as a checkpoint of its training is written. The seconds until one is due pass on its clock when it tells of its
 * first step.
 */
const spinWhenSaved = (page: Page): Promise<unknown> =>
  studyWorker(page).evaluate(`{
    const [now, send] = [performance.now.bind(performance), self.postMessage.bind(self)];
    const { close } = FileSystemWritableFileStream.prototype;
    let passed = 0;
    performance.now = () => now() + passed;
    self.postMessage = (message, transfers) => {
      send(message, transfers);
      const { event } = message;
      if (event?.type === 'progress' && event.phase === 'train' && event.done > 0) passed = 10_000;
    };
    FileSystemWritableFileStream.prototype.close = async function () {
      const hasTrained = passed > 0;
      await close.call(this);
      if (!hasTrained) return;
      console.log('${SPINS}');
      setTimeout(() => { for (;;); }, 0);
    };
  }`);

/** From now on the study worker waits for what never comes. */
async function waitForEver(page: Page): Promise<void> {
  const worker = studyWorker(page);
  await worker.evaluate('setTimeout(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0), 0)');
  const never = new Promise<boolean>(() => undefined); // an evaluation ends with its worker
  const isSilent = (): Promise<boolean> =>
    Promise.race([
      worker.evaluate('false').catch(() => never) as Promise<boolean>,
      new Promise<boolean>((resolve) => setTimeout(() => resolve(true), 3000)),
    ]);
  await expect.poll(isSilent).toBe(true);
}

/**
 * Lets seconds pass in a moment. The watchdog looks every 5 seconds and takes no look for more than 10: in steps of that length its timers fire, but
 * not the pictures of all these seconds, which would be drawn one by one.
 */
async function silence(page: Page, seconds: number): Promise<void> {
  for (let passed = 0; passed < seconds; passed += 10) await page.clock.fastForward(10_000);
}

async function runToEnd(page: Page): Promise<string> {
  await expect(page.getByText('Computed here')).toBeVisible({ timeout: 200_000 });
  await expect(runButton(page)).toBeVisible({ timeout: 200_000 });
  return accuracyShown(page);
}

test('a worker that falls silent is replaced, and the study ends as it would have', async ({ page }) => {
  await page.goto(STUDY);
  await runButton(page).click();
  const expected = await runToEnd(page);

  await page.clock.install(); // to wait for minutes in a moment; the worker has a clock of its own
  await page.goto(STUDY);
  await engineOpened(page);
  await spinWhenSaved(page);
  const spins = page.waitForEvent('console', (message) => message.text() === SPINS);
  await runButton(page).click();
  await spins;
  await silence(page, 200);
  const notice = page.getByText(/The study worker stopped \(nothing came from it for 3 minutes\)/);
  await expect(notice).toContainText(/the study goes on at step [1-9]\d*\./);
  expect(await runToEnd(page)).toBe(expected);
  await expect(page.getByRole('button', { name: /^Resume/ })).toHaveCount(0);
  await expect.poll(() => savedBytes(page)).toBe(0);
});

test('starting and stopping can be left while the worker does not answer', async ({ page }) => {
  await page.goto(LONG);
  await engineOpened(page);
  await waitForEver(page);
  await runButton(page).click();
  const atOnce = page.getByRole('button', { name: 'Stop at once' });
  await expect(page.getByRole('button', { name: 'Starting' })).toBeVisible();
  await atOnce.click();
  await expect(runButton(page)).toBeVisible();

  // Another worker serves the next run.
  await runButton(page).click();
  await saveNow(page);
  await waitForEver(page);
  await page.getByRole('button', { name: 'Stop and keep what is done' }).click();
  await expect(page.getByRole('button', { name: 'Stopping' })).toBeVisible();
  await atOnce.click();
  await expect(page.getByRole('button', { name: 'Start over' })).toBeVisible();
  await expect(page.getByRole('alert')).toHaveCount(0);
  // What was saved before the worker fell silent can be resumed.
  const resume = page.getByRole('button', { name: /^Resume at step/ });
  await expect(resume).toBeVisible();
  await page.reload();
  await page.getByRole('button', { name: 'Discard' }).click();
  await expect(resume).toBeHidden();
  await expect.poll(() => savedBytes(page)).toBe(0);
});
