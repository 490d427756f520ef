/** Train, download the adapters, open them again, and find the same accuracy to the last image. */
import { readFile } from 'node:fs/promises';
import { test, type Page } from '@playwright/test';
import { unzipSync } from 'fflate';
import { violations } from '../support/accessibility.ts';
import { expect } from '../support/expect.ts';

const panelOf = (page: Page) => page.getByRole('region', { name: 'Adapters', exact: true });
const chooser = (page: Page) => panelOf(page).locator('input[type=file]').first();

test('an adapter leaves as a PEFT zip and comes back as the same model, the study leaves in Python, and files that are no adapter are refused', async ({
  page,
}, info) => {
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  await page.goto('?task=food&steps=6&batch=16&seeds=0&shapley=off&pruning=off&test-images=40');
  await expect(panelOf(page)).toContainText('links and most saved results carry none');
  await leavesInPython(page);
  await page.getByRole('button', { name: /^Run/ }).click();
  await expect(page.getByText('Computed here')).toBeVisible();

  const panel = panelOf(page);
  const row = (name: string) => panel.getByRole('row', { name });
  await expect(row('LoRA · seed 0')).toContainText('this study');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    panel.getByRole('button', { name: 'CopRA · seed 0: download as a PEFT folder' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('copra-seed-0.zip');
  const zip = info.outputPath('copra-seed-0.zip');
  await download.saveAs(zip);
  const files = unzipSync(new Uint8Array(await readFile(zip)));
  expect(
    Object.keys(files)
      .map((name) => name.replace(/^.*\//, ''))
      .sort(),
  ).toEqual(['README.md', 'adapter_config.json', 'adapter_model.safetensors', 'copra.json']);

  await chooser(page).setInputFiles(zip);
  const opened = panel.getByRole('row', { name: /CopRA · seed 0 ?opened/ });
  await expect(opened).toBeVisible();
  await expect(panel.getByRole('alert')).toHaveCount(0);
  const own = panel.getByRole('row', { name: /CopRA · seed 0 ?this study/ });
  const accuracy = await own.getByRole('cell').first().innerText();
  expect(accuracy).toMatch(/^\d+\.\d %\s+\d+ images$/);
  await opened.getByText('CopRA · seed 0').click();
  await row('LoRA · seed 0').getByText('LoRA · seed 0').click();
  await panel.getByRole('button', { name: 'Evaluate these 2' }).click();
  await expect(panel.getByText('nothing was trained for them')).toBeVisible();
  await expect(opened.getByRole('cell').first()).toHaveText(accuracy, { useInnerText: true });
  await expect(page.getByText(/^2 adapters evaluated, nothing trained/)).toBeVisible();
  await expect(page.getByRole('figure', { name: 'Training', exact: true })).toContainText('Nothing was trained');

  await panel.getByRole('button', { name: 'Merge', exact: true }).click();
  await expect(panel.getByRole('row', { name: /^Average A and B: / })).toBeVisible();
  expect(await violations(panel)).toEqual([]);
  const [model] = await Promise.all([
    page.waitForEvent('download'),
    panel.getByRole('button', { name: /^Merged model of Average A and B: .*merged in/ }).click(),
  ]);
  expect(model.suggestedFilename()).toBe('model.safetensors');
  await panel.getByRole('button', { name: 'Back to the study' }).click();
  await expect(page.getByRole('row', { name: /^At a glance/ })).toContainText('CopRA');
  await refusesOtherFiles(page);
  expect(errors).toEqual([]);
});

/** Script, notebook, and everything in a zip. */
async function leavesInPython(page: Page): Promise<void> {
  const save = async (name: string) => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      panelOf(page).getByRole('button', { name, exact: true }).click(),
    ]);
    return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
  };
  const script = await save('Python script');
  expect(script.name).toBe('train_copra.py');
  expect(script.bytes.toString()).toContain('def analyse(data, out, device):');
  const notebook = await save('Notebook');
  expect(notebook.name).toBe('train_copra.ipynb');
  const { cells, nbformat } = JSON.parse(notebook.bytes.toString()) as {
    cells: { source: string[] }[];
    nbformat: number;
  };
  expect(nbformat).toBe(4);
  expect(cells.map(({ source }) => source.join('').replace('%%writefile train_copra.py\n', ''))).toContain(
    script.bytes.toString().trim(),
  );
  const zip = await save('Python zip');
  expect(zip.name).toBe('copra-python.zip');
  const names = Object.keys(unzipSync(zip.bytes)).map((name) => name.replace('copra-python/', ''));
  const isImage = (name: string) => /^images\/(train|validation|test)\/[^/]+\/\d+-of-\d+-motif-\d+\.png$/.test(name);
  expect(new Set(names.filter(isImage).map((name) => name.split('/')[1]))).toEqual(
    new Set(['train', 'validation', 'test']),
  );
  expect(names.filter((name) => !isImage(name))).toEqual([
    'train_copra.py',
    'train_copra.ipynb',
    'copra_peft.py',
    'slurm.sh',
    'requirements.txt',
    'ray_tune.py',
    'README.txt',
    'emoji-clip/README.md',
    'emoji-clip/config.json',
    'emoji-clip/model.safetensors',
    'emoji-clip/preprocessor_config.json',
    'emoji-clip/tokenizer.json',
    'emoji-clip/tokenizer_config.json',
  ]);
}

/** Says what is wrong with files that are no adapter. */
async function refusesOtherFiles(page: Page): Promise<void> {
  const config = {
    name: 'adapter_config.json',
    mimeType: 'application/json',
    buffer: Buffer.from('{"peft_type":"LOHA"}'),
  };
  const weights = {
    name: 'adapter_model.safetensors',
    mimeType: 'application/octet-stream',
    buffer: Buffer.from('short'),
  };
  await chooser(page).setInputFiles([config]);
  await expect(panelOf(page).getByRole('alert')).toContainText('no adapter_model.safetensors');
  await chooser(page).setInputFiles([config, weights]);
  await expect(panelOf(page).getByRole('alert')).toContainText('only LORA');
}
