/**
 * `npm run compare -- first second …`
 *
 * Says how far results of one study agree, image by image: of the page, of the headless runner, of Python. Each is a result (JSON) or a study file (zip); all
 * are compared with the first.
 */
import { counted } from '../src/core/counted.ts';
import { hundredths } from '../src/core/number-format.ts';
import type { StudyResult } from '../src/study/result/result.ts';
import { testedImages } from '../src/study/result/tested-images.ts';
import { resultIn } from './compare/result-file.ts';
import { agreementOf, type Agreement } from './compare/same-study.ts';
import { invocation, runMain } from './command-line.ts';
import { optionsOf, UsageError } from './options.mjs';

const USAGE = `Usage: ${invocation('compare')} <result.json | study.zip> <result.json | study.zip> …`;
const MOST_SHOWN = 20;

const exact = (value: number | null): string => (value === null ? 'not in both' : value.toPrecision(2));

const lacking = (missing: readonly string[]): string =>
  missing.length > 0 ? `; only in one: ${missing.join(', ')}` : '';

function federatedLines({ federated }: Agreement): string[] {
  if (!federated) return [];
  const { missing, courses, samePartitions, answers, loss } = federated;
  return [
    `federated courses: ${courses} in both${lacking(missing)}`,
    `holdings of the clients: ${samePartitions ? 'equal' : 'different'}`,
    `answers of global models: ${answers.other} of ${answers.of} differ`,
    `largest difference of their test losses after a round: ${exact(loss)}`,
  ];
}

function linesOf(first: StudyResult, agreement: Agreement): string[] {
  const { backbones, settings, otherImages, sameTraining, missing, runs, gates, answers, accuracies } = agreement;
  const names = first.task.classes.length;
  return [
    `settings: ${settings.length === 0 ? 'equal' : `different: ${settings.join(', ')}`}`,
    `backbone: ${[...new Set(backbones)].join(' and ')}`,
    `test images: ${otherImages ?? `${counted(testedImages(first), 'image')} of ${counted(names, 'class', 'classes')} in both`}`,
    // Bundled images are those of their task, which is a setting.
    ...(sameTraining === null ? [] : [`training images: ${sameTraining ? 'equal' : 'other pixels'}`]),
    `runs: ${runs} in both${lacking(missing)}`,
    `gates: equal in ${gates.equal} of ${counted(gates.of, 'run')}`,
    `answers: ${otherImages === null ? `${answers.other.length} of ${answers.of} differ` : 'not compared'}`,
    ...answers.other
      .slice(0, MOST_SHOWN)
      .map(({ arm, seed, image, rightIn }) => `  ${arm}, seed ${seed}, image ${image}: right in the ${rightIn} only`),
    ...(answers.other.length > MOST_SHOWN ? [`  and ${answers.other.length - MOST_SHOWN} more`] : []),
    ...accuracies.map(
      ([arm, seed, one, two]) => `accuracy of ${arm}, seed ${seed}: ${hundredths(one)} and ${hundredths(two)} %`,
    ),
    `largest difference of test losses: ${exact(agreement.testLoss)}`,
    `largest difference of training losses at a step: ${exact(agreement.trainingLoss)}`,
    `largest difference of an accuracy on a path between seeds: ${exact(agreement.paths)}`,
    ...federatedLines(agreement),
  ];
}

async function main(): Promise<void> {
  const { positionals } = optionsOf(USAGE, { allowPositionals: true });
  if (positionals.length < 2) throw new UsageError(USAGE);
  const [first, ...others] = await Promise.all(positionals.map(resultIn));
  const what = ({ provenance, status }: StudyResult) =>
    [provenance.backend, provenance.device, ...(status === 'complete' ? [] : ['stopped before its end'])].join(', ');
  console.log(`first: ${positionals[0]} (${what(first)})`);
  for (const [i, other] of others.entries()) {
    console.log(`\nsecond: ${positionals[i + 1]} (${what(other)})`);
    console.log(linesOf(first, agreementOf(first, other)).join('\n'));
  }
}

runMain(main);
