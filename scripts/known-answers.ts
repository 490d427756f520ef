/**
 * `npm run known-answers`: records the untrained answers of every bundled backbone on the test images of every bundled task, for
 * src/study/run/known-answers.ts. Run it when backbones, tasks or artwork change; a test detects outdated answers.
 */
import { readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { BUNDLED_TASKS } from '../src/data/bundled/tasks.ts';
import { packBits } from '../src/platform/bits.ts';
import { openEngine } from './headless.ts';
import { computeAnswers } from './known-answers/compute.ts';
import { invocation, runMain } from './command-line.ts';
import { optionsOf } from './options.mjs';

const FILE = 'src/study/run/known-answers.json';

async function main(): Promise<void> {
  optionsOf(`Usage: ${invocation('known-answers')} (no options)`);
  const engine = await openEngine('auto');
  const answers: Record<string, Record<string, { images: number; correct: string }>> = {};
  for (const backbone of readdirSync('public/backbones').sort()) {
    answers[backbone] = {};
    for (const { id } of BUNDLED_TASKS) {
      const correct = await computeAnswers(engine, backbone, id);
      answers[backbone][id] = { images: correct.length, correct: packBits(correct) };
      const right = correct.reduce((sum, value) => sum + value, 0);
      console.log(`${backbone} · ${id}: ${right} of ${correct.length}`);
    }
  }
  engine.dispose();
  await writeFile(FILE, `${JSON.stringify(answers, null, 2)}\n`);
}

runMain(main);
