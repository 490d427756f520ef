/**
 * Section 34: of a sweep, what the adapters that are tested reach on validation images, by which a reader finds the best value of every method. Validations of
 * section 2 are rounded, thinned and left out: another value could be the best of those.
 */
import { without } from '../../../core/without.ts';
import { sweepOf } from '../../../study/config/sweep.ts';
import { validationOfTested } from '../../../study/result/measures/validation.ts';
import type { RunResult, StudyResult } from '../../../study/result/result.ts';
import type { Reader } from '../binary.ts';
import type { CodedWriter } from '../coded-io.ts';
import { readCurves, writeAccuracies } from '../curve-codec.ts';
import { mapRuns } from '../reduction.ts';
import type { Section } from '../section.ts';
import { imageCounts, readTables, writeTables } from './context.ts';

/** The result with them beside its validations, which may be reduced then. */
export const withTestedValidations = (result: StudyResult): StudyResult =>
  sweepOf(result.config) === null
    ? result
    : mapRuns(result, (run) => {
        const testedValidation = run.test && validationOfTested(result.config, run);
        return testedValidation === null ? run : { ...run, testedValidation };
      });

const validationsOf = ({ runs }: StudyResult): number[][] =>
  runs.map(({ testedValidation }) => (testedValidation === undefined ? [] : [testedValidation]));

function writeValidations(writer: CodedWriter, result: StudyResult): void {
  const validations = validationsOf(result);
  writeTables(
    writer,
    validations.map(({ length }) => length),
    (length) => writer.u8(length),
  );
  writeAccuracies(writer, [validations.flat()], imageCounts(result), 'figure');
}

/** @throws BinaryError when there is not an accuracy for every run that has one */
function attachValidations(reader: Reader, runs: readonly RunResult[]): RunResult[] {
  const isKnown = readTables(reader, runs.length, () => reader.u8('a validation') === 1);
  const [accuracies] = readCurves(reader, [isKnown.filter(Boolean).length], 'the accuracies of validations');
  const left = accuracies.values();
  return runs.map((run, i) => (isKnown[i] ? { ...run, testedValidation: left.next().value } : run));
}

/** Nothing may be chosen by what is left of the validations then. */
const withoutValidations = (result: StudyResult): StudyResult =>
  mapRuns(result, (run) =>
    run.testedValidation === undefined ? run : { ...without(run, 'testedValidation'), validation: [] },
  );

export const TESTED_VALIDATIONS_SECTION: Section = {
  tag: 34,
  supplement: true,
  holds: (result) => sweepOf(result.config) !== null && validationsOf(result).flat().length > 0,
  from: validationsOf,
  details: ['figure'],
  reductions: [{ code: 84, worth: 700, apply: withoutValidations }],
  write: writeValidations,
  read: (reader, { runs }) => ({ runs: attachValidations(reader, runs) }),
};
