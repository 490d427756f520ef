/** The reader's own images: brought in every way, looked at and edited before anything is decoded, trained on, kept and opened again. */
import { writeFile } from 'node:fs/promises';
import { test, type Page, type TestInfo } from '@playwright/test';
import { zipSync } from 'fflate';
import { violations } from '../support/accessibility.ts';
import { expect } from '../support/expect.ts';
import { layoutFaults, settled } from '../support/layout.ts';
import { MEASURED } from '../support/measured-device.ts';
import { expectFits, filesInput, folderInput, WITHOUT_FIGURES } from '../support/page.ts';
import { makeFolder, picture } from '../support/pictures.ts';

async function makeZip(classes: Readonly<Record<string, string>>): Promise<Buffer> {
  const files: Record<string, Uint8Array> = {};
  for (const [name, background] of Object.entries(classes))
    for (let i = 0; i < 8; i++) files[`fruit/${name}/${i}.png`] = await picture(i, background).png().toBuffer();
  return Buffer.from(zipSync(files));
}

const chooseFolder = (page: Page, folder: string) => folderInput(page).setInputFiles(folder);
const chooseFile = (page: Page, name: string, buffer: Buffer) =>
  filesInput(page).setInputFiles({ name, mimeType: 'application/octet-stream', buffer });

async function remove(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Remove these images from the page' }).click();
  await expect(page.getByText('No images yet')).toBeVisible();
}

const FRUIT = { 'red-apples': '#c22', limes: '#2a2', plums: '#52c' };

async function namesWhatIsWrong(page: Page, info: TestInfo): Promise<void> {
  await chooseFolder(page, await makeFolder(info.outputPath('alone'), { only: 'red' }));
  await expect(page.getByRole('alert')).toContainText('only one class');
  const folder = await makeFolder(info.outputPath('fruit'), { 'red-apples': '#c22', limes: '#2a2' });
  await writeFile(`${folder}/limes/broken.png`, 'no image');
  await chooseFolder(page, folder);
  await expect(page.getByText('16 images, 2 classes')).toBeVisible();
  await expect(page.getByText('broken.png')).toBeVisible();
  await expect(page.getByRole('alert')).toHaveCount(0);
  const name = page.getByRole('textbox', { name: /Name of the class red-apples/ });
  await expect(name).toHaveValue('red apples');
  await name.fill('limes');
  await expect(page.getByText('Fewer than two classes are left')).toBeVisible();
  expect(await violations(page.getByRole('region', { name: 'Task', exact: true }))).toEqual([]);
  await remove(page);
}

test('zip: in order at every width; edit classes, train, pause, single step, stop', async ({ page }) => {
  await page.goto('');
  await chooseFile(page, 'fruit.zip', await makeZip(FRUIT));
  await expect(page.getByText('24 images, 3 classes')).toBeVisible();
  // Words beside a button keep to few lines, and the two sliders are level or one below the other.
  await expect(page.getByText('Gone when this page is closed')).toBeVisible();
  const card = page.getByRole('group', { name: 'Your data set' });
  const [first, second] = ['Test share', 'Validation share'].map((name) => card.getByRole('group', { name }));
  for (const width of [320, 360, 390, 768, 1024, 1440, 1920]) {
    await page.setViewportSize({ width, height: 900 });
    await settled(page);
    expect((await layoutFaults(page, '[aria-label="Your data set"]')).map((fault) => `${width} px: ${fault}`)).toEqual(
      [],
    );
    const [a, b] = [(await first.boundingBox())!, (await second.boundingBox())!];
    expect(Math.abs(a.height - b.height)).toBeLessThan(1);
    expect(Math.abs(a.y - b.y) < 1 || b.y >= a.y + a.height).toBe(true);
  }
  await page.setViewportSize({ width: 1440, height: 900 });

  await expect(page.getByRole('img', { name: 'limes, image 1' })).toBeVisible();
  await page.getByRole('textbox', { name: /Name of the class plums/ }).fill('limes');
  await expect(page.getByText('24 images, 2 classes')).toBeVisible();
  await expect(page.getByText('Merged with the class of the same name.')).toHaveCount(2);
  await page.getByRole('textbox', { name: /Name of the class plums/ }).fill('sloes');
  await page.getByRole('checkbox', { name: 'Use the class limes' }).press('Space');
  await expect(page.getByText('16 images, 2 classes')).toBeVisible();
  await page.getByRole('button', { name: /^Run/ }).click();
  const progress = page.getByText(/^step [\d,]+ of /);
  await expect(progress).toBeVisible();
  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(page.getByRole('button', { name: 'Resume' })).toBeVisible();
  // Pausing waits for the steps under way.
  let before = '';
  await expect
    .poll(
      async () => {
        const same = before === (await progress.innerText());
        before = await progress.innerText();
        return same;
      },
      { intervals: [500] },
    )
    .toBe(true);
  const paused = Number((await progress.innerText()).replace(/^step ([\d,]+).*/, '$1').replaceAll(',', ''));
  await page.getByRole('button', { name: 'Single step' }).click();
  await expect(progress).toHaveText(new RegExp(`^step ${(paused + 1).toLocaleString('en-GB')} of`));
  await page.getByRole('button', { name: /^Stop/ }).click();
  await expect(page.getByText(/steps, stopped at step [\d,]+ of/)).toBeVisible();
  await expect(page.getByText('Computed here')).toBeVisible();

  // Another split is another study, and is told like any other change.
  await expect(page.getByText('Changed since the result shown:')).toHaveCount(0);
  await page.getByRole('slider', { name: 'Validation share' }).press('End');
  await expect(
    page.getByText(/Changed since the result shown: training images 10 → 8, validation images 2 → 4\. Running trains/),
  ).toBeVisible();
});

test('names that are one to the backbone are told beside the classes before anything runs, until they are changed, and once when it does', async ({
  page,
}) => {
  await page.goto('?backbone=emoji-clip-2&arms=lora&steps=2&batch=4&seeds=0&landscape=off&shapley=off&pruning=off');
  await chooseFile(page, 'clothes.zip', await makeZip({ dress: '#c22', longsleeve: '#2a2', outwear: '#52c' }));
  const notes = page.getByRole('list', { name: 'Notes on your files' });
  await expect(notes).toContainText('To the backbone 2 classes are one');
  await expect(notes).toContainText('longsleeve, outwear');
  await page.getByRole('textbox', { name: /Name of the class outwear/ }).fill('hat');
  await expect(notes).not.toContainText('To the backbone');
  await page.getByRole('textbox', { name: /Name of the class outwear/ }).fill('outwear');
  await expect(notes).toContainText('To the backbone 2 classes are one');
  await page.getByRole('button', { name: /^Run/ }).click();
  await expect(page.getByText('Computed here')).toBeVisible();
  await expect(page.getByText('To the backbone 2 classes are one')).toHaveCount(1);
});

async function preparesMany(page: Page): Promise<void> {
  const pictures = await Promise.all(
    Array.from({ length: 40 }, (_, i) =>
      picture(i, i % 2 ? '#c22' : '#26c')
        .jpeg()
        .toBuffer(),
    ),
  );
  const rows = Array.from({ length: 480 }, (_, i) => {
    const image = pictures[i % 40].toString('base64');
    return JSON.stringify({ image, label: i % 2 ? 'red' : 'blue', size: ['small', 'middle', 'large'][i % 3] });
  });
  await chooseFile(page, 'dots.jsonl', Buffer.from(rows.join('\n')));
  const prepare = page.getByRole('button', { name: 'Prepare 480 images' });
  await expect(prepare).toBeVisible();
  await expect(page.getByText('Layout: a table of images, 240 images a class.')).toBeVisible();
  await expect(page.getByRole('img', { name: 'blue, image 6' })).toBeVisible();
  await page.getByRole('button', { name: /Column that names the classes/ }).click();
  await page.getByRole('option', { name: /size/ }).click();
  await expect(page.getByText('480 images, 3 classes')).toBeVisible();
  expect(await violations(page.getByRole('region', { name: 'Task', exact: true }))).toEqual([]);
  await page.setViewportSize({ width: 390, height: 844 });
  await expectFits(page);
  await prepare.click();
  await expect(page.getByText(/exact copies of others/)).toBeVisible();
  await expect(page.getByText(/\d+ to train, \d+ to validate, \d+ to test\./)).toBeVisible();
  await remove(page);
  await expectFits(page);
  await page.setViewportSize({ width: 1440, height: 900 });
}

/** Two levels of folders: every class by day and by night. */
async function makeDomains(): Promise<Buffer> {
  const files: Record<string, Uint8Array> = {};
  for (const [d, domain] of ['day', 'night'].entries())
    for (const [name, background] of Object.entries(FRUIT))
      for (let i = 0; i < 8; i++)
        files[`fruit/${domain}/${name}/${i}.png`] = await picture(8 * d + i, background)
          .png()
          .toBuffer();
  return Buffer.from(zipSync(files));
}

test('domains held out and added; kept on this device: opened after a reload with all edits, renamed, deleted', async ({
  page,
}) => {
  await page.goto(`?${WITHOUT_FIGURES}`);
  await chooseFile(page, 'fruit.zip', await makeDomains());
  await expect(page.getByText('There are two levels of folders. Which one names the classes?')).toBeVisible();
  await expect(page.getByText('2 domains: day, night.')).toBeVisible();
  await page.getByRole('button', { name: 'Prepare 48 images' }).click();
  await expect(page.getByText('48 images, 3 classes').first()).toBeVisible();
  const domains = page.getByRole('group', { name: 'Other domains', exact: true });
  const classes = page.getByRole('list', { name: 'Classes', exact: true }).getByRole('listitem');
  await expect(classes.first()).toContainText('16images');
  await expect(classes.first()).toContainText('11 training · 2 validation · 3 test');
  await domains.getByText('night, 24 images').click();
  await expect(page.getByText('24 images, 3 classes')).toBeVisible();
  // A class counts what the study gets of it, not what is held out.
  await expect(classes.first()).toContainText('8images');
  await expect(classes.first()).toContainText('5 training · 1 validation · 2 test');
  const another = domains.locator('input[type=file]:not([webkitdirectory])');
  const zip = {
    mimeType: 'application/zip',
    buffer: await makeZip({ limes: '#3b3', 'red-apples': '#d33', pears: '#dd3' }),
  };
  await another.setInputFiles({ name: 'stall.zip', ...zip });
  await expect(domains.getByRole('listitem')).toHaveText(/fruit \(2\) 16 images of these classes/);
  await expect(domains).toContainText('night: 24 test images · fruit (2): 16 test images');
  await expect(
    page.getByText('“fruit (2)” has 1 class that nothing is trained on; left out of it: pears.'),
  ).toBeVisible();
  await another.setInputFiles({ name: 'none.zip', ...zip, buffer: await makeZip({ fox: '#c22', gnu: '#2a2' }) });
  await expect(domains.getByRole('alert')).toContainText('has no class of this data set');
  await page.getByRole('textbox', { name: /Name of the class plums/ }).fill('ripe plums');
  const name = page.getByRole('textbox', { name: 'Name of your data set' });
  await name.fill('');
  await name.pressSequentially('Market ');
  await expect(name).toHaveValue('Market ');
  await page.getByRole('button', { name: 'Keep on this device' }).click();
  await expect(page.getByText('Kept on this device for your next visit.')).toBeVisible();
  const split = await page.getByText(/\d+ to train/).innerText();

  await page.reload();
  await expect(page.getByText('No images yet')).toBeVisible();
  await expect(page.getByText('A data set is kept on this device.')).toBeVisible();
  await page.getByRole('button', { name: 'Open Market' }).click();
  await expect(page.getByRole('textbox', { name: /Name of the class plums/ })).toHaveValue('ripe plums');
  await expect(page.getByText(split)).toBeVisible();
  await expect(domains).toContainText('night: 24 test images · fruit (2): 16 test images');
  await expect(domains.getByRole('checkbox', { name: 'night, 24 images' })).toBeChecked();
  await expect(page.getByText('Kept on this device for your next visit.')).toBeVisible();
  await page.getByRole('button', { name: 'Data sets on this device 1 data set', exact: true }).click();
  const list = page.getByRole('list', { name: 'Data sets on this device' });
  await expect(list).toContainText('64 images, 3 classes');
  expect(await violations(page.getByRole('region', { name: 'Task', exact: true }))).toEqual([]);

  await page.getByRole('textbox', { name: /Name of the class limes/ }).fill('lemons');
  await page.getByRole('button', { name: 'Keep the changes' }).click();
  await expect(page.getByText('Kept on this device for your next visit.')).toBeVisible();
  await page.getByRole('button', { name: 'Rename Market' }).click();
  await page.getByRole('textbox', { name: 'New name of the data set' }).fill('Stall');
  await page.keyboard.press('Enter');
  await expect(list).toContainText('Stall');
  await expect(page.getByRole('textbox', { name: 'Name of your data set' })).toHaveValue('Stall');
  await page.getByRole('button', { name: 'Delete Stall' }).press('Enter');
  await page.getByRole('button', { name: 'No', exact: true }).press('Enter');
  await expect(page.getByRole('button', { name: 'Delete Stall' })).toBeFocused();
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Yes, delete Stall' }).click();
  await expect(page.getByText('None yet. When your images are ready')).toBeVisible();
});

test('own images stay the task of a preset, and their small study is followed by a longer one of theirs', async ({
  page,
}) => {
  // A slow device: its study of a minute is the smallest.
  await page.addInitScript(
    (pace) => localStorage.setItem('copra-pace', pace),
    JSON.stringify({ ...MEASURED, pace: 0.005 }),
  );
  await page.goto('');
  await chooseFile(page, 'fruit.zip', await makeZip({ dogs: '#c22', cats: '#2a2' }));
  const run = page.getByRole('region', { name: 'Run', exact: true });
  await expect(run.getByRole('button', { name: 'Run with changes · about 1 min' })).toBeVisible();
  const presets = page.getByRole('button', { name: /^Preset:/ });
  const small = page.url();
  await run.getByRole('button', { name: /^Run/ }).click();
  const longer = run.getByRole('button', { name: /^Train longer · about / });
  await expect(longer).toBeVisible({ timeout: 240_000 });

  await presets.click();
  await expect(page.getByText('Your images stay the task')).toBeVisible();
  await expect(page.getByRole('menuitem', { name: 'Many tasks', exact: true })).toContainText(
    'does not use your images',
  );
  await page.getByRole('menuitem', { name: 'Controls' }).click();
  await expect(presets).toHaveAccessibleName('Preset: Controls');
  await expect(page).toHaveURL(/task=dropped/);
  // The address is written a moment later.
  await expect(page).not.toHaveURL(small);
  await expect(page.getByRole('group', { name: 'Your data set' })).toBeVisible();
  // The study that was computed is still there, and nothing follows it while other settings are set.
  await expect(run.getByText('Computed here')).toBeVisible();
  await expect(longer).toHaveCount(0);
  await presets.click();
  await page.getByRole('menuitem', { name: 'Many tasks', exact: true }).click();
  await expect(page).toHaveURL(/task=animals/);
  await page.getByRole('region', { name: 'Task', exact: true }).getByRole('button').first().click();
  await page.getByRole('option', { name: /^fruit/ }).click();
  await expect(page.getByText('16 images, 2 classes')).toBeVisible();
});

test('an address, a name on the hub, and what is neither', async ({ page }) => {
  const zips = new Map([
    ['/sets/fruit.zip', await makeZip(FRUIT)],
    ['/sets/stall.zip', await makeZip({ limes: '#3b3', 'red-apples': '#d33', pears: '#dd3' })],
  ]);
  const headers = { 'Access-Control-Allow-Origin': '*' };
  let arrives = Promise.resolve();
  await page.route('https://data.example/**', async (route) => {
    const body = zips.get(new URL(route.request().url()).pathname);
    await arrives;
    await (body
      ? route.fulfill({ body, headers, contentType: 'application/zip' })
      : route.fulfill({ status: 404, headers }));
  });
  await page.addInitScript(() => localStorage.setItem('copra:hub', 'https://data.example'));
  await page.goto(`?${WITHOUT_FIGURES}`);
  await page.getByRole('button', { name: 'From an address or a hub' }).click();
  const field = page.getByRole('textbox', { name: /^Address of a file/ });
  await field.fill('https://data.example/sets/fruit.zip');
  await field.press('Enter');
  await expect(page.getByText('24 images, 3 classes')).toBeVisible();
  await field.fill('someone/nothing');
  await field.press('Enter');
  await expect(page.getByRole('alert')).toContainText('There is no data set “someone/nothing” on data.example (404)');
  await field.fill('what is this?');
  await field.press('Enter');
  await expect(page.getByText('is neither an address')).toBeVisible();

  // Other domains come the same ways, and can be left while they are read.
  const domains = page.getByRole('group', { name: 'Other domains', exact: true });
  await domains.getByRole('button', { name: /From an address or a hub$/ }).click();
  const other = domains.getByRole('textbox', { name: /^Address of a file/ });
  await other.fill('someone/nothing');
  await other.press('Enter');
  await expect(domains.getByRole('alert')).toContainText(
    'There is no data set “someone/nothing” on data.example (404)',
  );
  let arrive = (): void => undefined;
  arrives = new Promise((resolve) => (arrive = resolve));
  await other.fill('https://data.example/sets/stall.zip');
  await other.press('Enter');
  await expect(domains.getByRole('status')).toHaveText('Reading the other data set');
  await domains.getByRole('button', { name: 'Cancel' }).click();
  await expect(domains.getByRole('status')).toHaveText('Another data set with these classes:');
  arrive();
  await other.press('Enter');
  await expect(domains.getByRole('listitem')).toHaveText(/16 images of these classes/);
  await expect(domains).toContainText('16 test images');
  await expect(page.getByText('24 images, 3 classes')).toBeVisible();
});

async function waitsForClasses(page: Page): Promise<void> {
  const paste = async (background: string) => {
    const bytes = (await picture(1, background).png().toBuffer()).toString('base64');
    await page.evaluate(async (data) => {
      const blob = await (await fetch(`data:image/png;base64,${data}`)).blob();
      const clipboardData = new DataTransfer();
      clipboardData.items.add(new File([blob], 'image.png', { type: 'image/png' }));
      window.dispatchEvent(new ClipboardEvent('paste', { clipboardData }));
    }, bytes);
  };
  const refused = page.getByRole('group', { name: 'What could not be taken' });
  await chooseFile(page, 'bad.zip', Buffer.from('no archive'));
  await expect(refused).toBeVisible();
  await paste('#c22');
  await expect(page.getByRole('button', { name: 'Remove picture 1 of class 1' })).toBeVisible();
  await expect(page.getByRole('status').getByText('1 picture added to “class 1”; it has 1 now.')).toBeAttached();
  // What was refused before is over.
  await expect(refused).toBeHidden();
  await chooseFile(page, 'loose.png', await picture(2, '#c22').png().toBuffer());
  await expect(page.getByRole('button', { name: 'Remove picture 2 of class 1' })).toBeVisible();
  await expect(page.getByText('1 picture added to “class 1”; it has 2 now.')).toBeAttached();
  await page.getByRole('textbox', { name: 'Name of the class class 2' }).fill('blue');
  await paste('#22c');
  await expect(page.getByRole('button', { name: 'Remove picture 1 of blue' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Use these pictures' })).toBeDisabled();
  await page.getByRole('button', { name: 'Remove picture 1 of blue' }).press('Enter');
  await expect(page.getByText('0 pictures')).toBeVisible();
  expect(await violations(page.getByRole('region', { name: 'Task', exact: true }))).toEqual([]);
}

test('says what is wrong with a choice, prepares many images when it is told to, and gives loose pictures their class', async ({
  page,
}, info) => {
  await page.goto(`?${WITHOUT_FIGURES}`);
  await expect(page.getByText('Saved result', { exact: true })).toBeVisible();
  await test.step('names the file that is no image and the class that is alone', () => namesWhatIsWrong(page, info));
  await test.step('many images: only the plan and previews before “Prepare”; another column; copies; the split', () =>
    preparesMany(page));
  await test.step('pasted and loose pictures wait for their class', () => waitsForClasses(page));
});
