/**
 * `npm run lab -- [--dist FOLDER] [--out FOLDER] [--processes N]`
 *
 * Runs one small study in several ways: without a browser, in the page (built before, in Chromium), and, where the machine has torch, by the script for Python
 * with torch alone, in one process and in two, or as many as --processes says. Runs of Python that lie in --out are not repeated. Writes how far they agree to
 * docs/lab/one-study.json, of which `npm run figures -- --report` makes the table of docs/lab.md; results go to --out.
 */
import { mkdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { mean } from '../src/core/statistics.ts';
import { configToQuery } from '../src/share/config/config-query.ts';
import { quick } from '../src/study/presets/quick.ts';
import type { StudyConfig } from '../src/study/config/config.ts';
import type { StudyResult } from '../src/study/result/result.ts';
import { testedImages } from '../src/study/result/tested-images.ts';
import { hasModules } from '../tests/support/python.ts';
import { studyInTorch } from '../tests/support/study-in-torch.ts';
import { invocation, runMain } from './command-line.ts';
import { optionsOf } from './options.mjs';
import { resultIn } from './compare/result-file.ts';
import { agreementOf } from './compare/same-study.ts';
import { inputsOf, loadBundledBackbone, openEngine, runHeadless } from './headless.ts';
import { ONE_STUDY_FILE, oneStudyTable, type MissingWay, type OneStudy, type RunWay } from './figures/one-study.ts';
import { formatted } from './formatted.ts';
import { publicFile } from './project-file.ts';
import { requireBuild, withChromium } from './with-chromium.ts';

const USAGE = `Usage: ${invocation('lab')} [--dist FOLDER] [--out FOLDER] [--processes N]`;

/** The quick preset, shorter; without augmentation, which draws from another generator in Python. */
const CONFIG: StudyConfig = {
  ...quick.config,
  training: { ...quick.config.training, steps: 30, augment: false },
  analyses: {
    ...quick.config.analyses,
    testImages: 400,
    landscape: { ...quick.config.analyses.landscape, points: 3 },
    shapley: { ...quick.config.analyses.shapley, enabled: false },
    pruning: { ...quick.config.analyses.pruning, enabled: false },
  },
};

/** The study file of the study as the page runs it. */
const inPage = (dist: string, file: string): Promise<void> =>
  withChromium(dist, async (browser, url) => {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, serviceWorkers: 'block' });
    const page = await context.newPage();
    await page.goto(`${url}?${configToQuery(CONFIG)}`);
    await page.getByRole('button', { name: /^Run/ }).first().click();
    await page.getByText('Computed here').waitFor({ timeout: 900_000 });
    await page.getByRole('button', { name: 'Share the result as a link' }).click();
    const share = page.getByRole('dialog', { name: 'Share' });
    await share.getByRole('button', { name: /^Files/ }).click();
    const download = page.waitForEvent('download');
    await share.getByRole('button', { name: 'Study file', exact: true }).click();
    await (await download).saveAs(file);
  });

/** Mean test accuracy of every arm over its seeds. */
const accuracyOf = ({ runs }: StudyResult): number[] =>
  CONFIG.arms.map(({ id }) => mean(runs.filter(({ arm }) => arm === id).map(({ test }) => test?.accuracy ?? NaN)));

function compared(name: string, first: StudyResult, result: StudyResult): RunWay {
  const { settings, gates, answers, testLoss, trainingLoss, paths } = agreementOf(first, result);
  const other = settings.filter((setting) => !setting.startsWith('analyses.')); // Python has analyses of its own
  if (other.length > 0) throw new Error(`${name}: other settings, ${other.join(', ')}.`);
  return {
    name,
    device: result.provenance.device,
    gates: [gates.equal, gates.of],
    answers: [answers.other.length, answers.of],
    accuracy: accuracyOf(result),
    testLoss,
    trainingLoss,
    paths,
  };
}

async function main(): Promise<void> {
  const { values } = optionsOf(USAGE, {
    options: {
      dist: { type: 'string', default: 'dist', about: 'the built page' },
      out: { type: 'string', default: '.cache/lab', about: 'the folder for images, results and adapters' },
      processes: { type: 'string', default: '2', about: 'processes that Python trains in' },
    },
  });
  const { dist, out, processes: most } = values;
  requireBuild(dist);
  mkdirSync(out, { recursive: true });
  const engine = await openEngine('auto');
  const first = await runHeadless(CONFIG, engine);
  await writeFile(path.join(out, 'headless.json'), JSON.stringify(first));

  const zip = path.join(out, 'page.zip');
  await inPage(dist, zip);
  const ways: (RunWay | MissingWay)[] = [compared('the page, in Chromium', first, await resultIn(zip))];

  const { model, task } = await inputsOf(CONFIG, engine, { model: await loadBundledBackbone(CONFIG.backbone) }, null);
  engine.dispose();
  const weights = publicFile('backbones', CONFIG.backbone, 'model.safetensors');
  const inPython = async (name: string, processes: number): Promise<RunWay | MissingWay> =>
    hasModules('torch')
      ? compared(name, first, await resultIn(studyInTorch(CONFIG, model, task, { weights, folder: out, processes })))
      : { name, lacks: ['torch'] };
  ways.push(await inPython('the exported script on a plain CLIP in torch', 1));
  if (Number(most) > 1) ways.push(await inPython(`the same in ${most} processes`, Number(most)));

  const study: OneStudy = {
    steps: CONFIG.training.steps,
    seeds: CONFIG.seeds.length,
    images: testedImages(first),
    arms: CONFIG.arms.map(({ name }) => name),
    first: { name: 'without a browser', device: first.provenance.device, accuracy: accuracyOf(first) },
    ways,
  };
  await writeFile(ONE_STUDY_FILE, await formatted(ONE_STUDY_FILE, JSON.stringify(study)));
  console.log(oneStudyTable(study));
}

runMain(main);
