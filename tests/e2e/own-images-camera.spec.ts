/** Pictures from the camera, one class after the other; Chromium's fake camera shows a moving pattern. */
import { test } from '@playwright/test';
import { violations } from '../support/accessibility.ts';
import { expect } from '../support/expect.ts';
import { layoutFaults } from '../support/layout.ts';
import { expectFits, WITHOUT_FIGURES } from '../support/page.ts';
import { WITH_CAMERA } from '../support/whole-browser.ts';

test.use({ permissions: ['camera'], launchOptions: WITH_CAMERA });

test('a camera that is refused is explained; one that is allowed takes pictures for two classes and is switched off', async ({
  page,
}) => {
  await page.addInitScript(() => {
    const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    const tracks: MediaStreamTrack[] = [];
    Object.assign(window, { tracks });
    let isRefused = true;
    navigator.mediaDevices.getUserMedia = async (wanted) => {
      if (isRefused) {
        isRefused = false;
        throw new DOMException('Permission denied', 'NotAllowedError');
      }
      const stream = await open(wanted);
      tracks.push(...stream.getTracks());
      return stream;
    };
  });
  const live = () =>
    page.evaluate(
      () =>
        (window as unknown as { tracks: MediaStreamTrack[] }).tracks.filter(({ readyState }) => readyState === 'live')
          .length,
    );
  await page.goto(`?${WITHOUT_FIGURES}`);
  await page.getByRole('button', { name: /^Camera and single pictures/ }).click();
  const start = page.getByRole('button', { name: 'Start camera' });
  await start.click();
  await expect(page.getByRole('alert')).toContainText('not allowed for this page');
  await expect(start).toBeEnabled();
  await start.click();
  await page.waitForFunction(() => (document.querySelector('video')?.videoWidth ?? 0) > 0);
  await page.getByRole('button', { name: 'Take 10' }).click();
  await expect(page.getByText('10 pictures', { exact: true }).first()).toBeVisible();
  await page.getByRole('textbox', { name: 'Name of the class class 2' }).fill('other');
  await page.getByRole('button', { name: 'Take 10' }).click();
  await expect(page.getByText('10 pictures', { exact: true })).toHaveCount(2);
  await page.getByRole('button', { name: 'Take a picture' }).click();
  await expect(page.getByText('11 pictures')).toBeVisible();
  expect(await violations(page.getByRole('region', { name: 'Task', exact: true }))).toEqual([]);
  await page.setViewportSize({ width: 390, height: 844 });
  await expectFits(page);
  expect(await live()).toBe(1);
  await page.getByRole('button', { name: /^Camera and single pictures/ }).click();
  await expect.poll(live).toBe(0);

  await page.getByRole('button', { name: /^Camera and single pictures/ }).click();
  await page.getByRole('button', { name: 'Use these pictures' }).click();
  await expect(page.getByRole('textbox', { name: 'Name of your data set' })).toHaveValue('My pictures');
  await expect(page.getByText(/\d+ images, 2 classes/)).toBeVisible();

  // The longer words of German on the narrowest phone.
  await page.setViewportSize({ width: 320, height: 844 });
  await page.goto(`?${WITHOUT_FIGURES}&lang=de`);
  await page.getByRole('button', { name: /^Kamera und einzelne Bilder/ }).click();
  await page.getByRole('button', { name: 'Kamera einschalten' }).click(); // refused
  await page.getByRole('button', { name: 'Kamera einschalten' }).click();
  await expect(page.getByRole('button', { name: 'Kamera ausschalten' })).toBeVisible();
  expect(await layoutFaults(page, '[aria-label="Aufgabe"]')).toEqual([]);
});

test('a camera that is disconnected in the middle of ten pictures goes on with none of them when it is started again', async ({
  page,
}) => {
  await page.addInitScript(() => {
    const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    navigator.mediaDevices.getUserMedia = async (wanted) => {
      const stream = await open(wanted);
      const disconnect = () => stream.getTracks()[0].dispatchEvent(new Event('ended'));
      Object.assign(window, { disconnect });
      return stream;
    };
  });
  const isSeen = () => page.waitForFunction(() => (document.querySelector('video')?.videoWidth ?? 0) > 0);
  await page.goto(`?${WITHOUT_FIGURES}`);
  await page.getByRole('button', { name: /^Camera and single pictures/ }).click();
  const start = page.getByRole('button', { name: 'Start camera' });
  await start.click();
  await isSeen();
  await page.getByRole('button', { name: 'Take 10' }).click();
  await expect(page.getByRole('button', { name: /^Stop, \d+ to go/ })).toBeVisible();
  await page.evaluate(() => (window as unknown as { disconnect: () => void }).disconnect());
  await expect(page.getByRole('alert')).toContainText('disconnected');
  await start.click();
  await isSeen();
  expect(await page.getByRole('button', { name: /^Stop, \d+ to go/ }).count()).toBe(0);
});
