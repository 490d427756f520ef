/** Unites studies from files with one another or with the study on the page: whether they fit, and the resulting store states. */
import type { Said } from '../../core/language/catalogue.ts';
import { sameJson } from '../../core/same-json.ts';
import type { StudyFileAdapter } from '../../share/study-file/study-file.ts';
import { MAX_SEEDS } from '../../study/config/config.ts';
import { bothSeeds, unitedStudy } from '../../study/result/united-study.ts';
import { haveOtherPixels, unitedTask } from '../../study/result/image-digests.ts';
import { otherImagesOf } from '../../study/result/result-parts.ts';
import { frozenOf, isSameFrozen } from '../../study/result/frozen.ts';
import type { StudyResult } from '../../study/result/result.ts';
import { adaptersOf, studyOnPage, withStudy } from '../adapters/adapters-store.ts';
import { testSetsOf } from '../pictures/own-test-set.ts';
import type { HandedIn } from './classroom.ts';
import { differingSettings, listedSettings } from './differing-settings.ts';
import { STUDY_FILE_WORDS } from './study-file-words.ts';
import { replaceShown, type StudyStores } from './replace-shown.ts';
import { tell } from './study-store.ts';
import { runOf } from '../../study/result/run-names.ts';

export type Fit =
  /** They form one study with these seeds. */
  | { readonly kind: 'unites'; readonly seeds: readonly number[] }
  /** The second adds no new seed. */
  | { readonly kind: 'contained' }
  | { readonly kind: 'apart'; readonly why: Said };

/** Why two results with equal settings use different images; null if they seem to use the same. */
export function whyImagesDiffer(one: StudyResult, other: StudyResult): Said | null {
  const [first, second] = [one.task, other.task];
  const words = (): typeof STUDY_FILE_WORDS.unite => STUDY_FILE_WORDS.unite;
  if (first.name !== second.name || !sameJson(first.classes, second.classes))
    return () => words().tasks(first.name, first.classes.length, second.name, second.classes.length);
  for (const side of ['train', 'test'] as const)
    if (first[side] !== second[side]) return () => words().images(side, first[side], second[side]);
  if (first.labels !== undefined && second.labels !== undefined && first.labels !== second.labels)
    return () => words().order;
  const [a, b] = [frozenOf(first), frozenOf(second)];
  if (a && b && !isSameFrozen(a, b)) return () => words().losses(a.name === 'head only', a.loss, b.loss);
  const besides = otherImagesOf(one, other);
  return besides && (() => words().besides(...besides));
}

/** In what two studies differ besides their seeds; null if in nothing. */
function whyApart(first: StudyResult, second: StudyResult): Said | null {
  if (first.config.incomplete || second.config.incomplete) return () => STUDY_FILE_WORDS.unite.newerSettings;
  const configs = [first.config, second.config];
  const differing = (): string[] => differingSettings(configs);
  if (differing().length > 0) return () => STUDY_FILE_WORDS.unite.settings(listedSettings(differing()));
  const ids = ({ config }: StudyResult): string => config.arms.map(({ id }) => id).join();
  if (ids(first) !== ids(second)) return () => STUDY_FILE_WORDS.unite.armIds;
  return whyImagesDiffer(first, second);
}

/** Whether a study can get these seeds, its own among them. */
function fitOfSeeds(own: readonly number[], seeds: readonly number[]): Fit {
  if (seeds.length === own.length) return { kind: 'contained' };
  if (seeds.length > MAX_SEEDS)
    return { kind: 'apart', why: () => STUDY_FILE_WORDS.unite.tooManySeeds(seeds.length, MAX_SEEDS) };
  return { kind: 'unites', seeds };
}

/** Whether two studies differ in their seeds only. */
export function fitOf(first: StudyResult, second: StudyResult): Fit {
  const why = whyApart(first, second);
  if (why !== null) return { kind: 'apart', why };
  return fitOfSeeds(first.config.seeds, bothSeeds(first.config, second.config).seeds);
}

/** Whether all of them form one study with more seeds than the first. */
export function fitOfAll([first, ...others]: readonly StudyResult[]): Fit {
  let whole = first;
  for (const other of others) {
    const why = whyApart(whole, other);
    if (why !== null) return { kind: 'apart', why };
    whole = unitedStudy(whole, other);
  }
  return fitOfSeeds(first.config.seeds, whole.config.seeds);
}

/** Number of runs with the same seed but different results in two studies. */
function repeatedDifferently(first: StudyResult, second: StudyResult): number {
  return second.runs.filter(({ arm, seed, test }) => {
    const own = runOf(first.runs, arm, seed);
    return own !== undefined && !sameJson(own.test, test);
  }).length;
}

/** Sentences with caveats about numbers from several sources, whatever their order. */
function remarksOf(results: readonly StudyResult[]): Said[] {
  const devices = [...new Set(results.map(({ provenance }) => provenance.device))];
  return [
    ...(devices.length > 1 ? [() => STUDY_FILE_WORDS.unite.devices(devices)] : []),
    ...(haveOtherPixels(...results) ? [() => STUDY_FILE_WORDS.unite.otherPixels] : []),
  ];
}

interface Held {
  readonly result: StudyResult;
  readonly adapters: readonly StudyFileAdapter[];
}

/** The study on the page with its adapters, in the form a file would have; null without one. */
export function heldOnPage({ study, adapters }: StudyStores): Held | null {
  const { result } = studyOnPage(study.getState(), adapters.getState());
  return result && { result, adapters: adaptersOf(adapters.getState(), result) };
}

/**
 * Shows the union of fitting studies (`fitOfAll`) with all their adapters. Tapes and coalitions of the study on the page are kept if it is the
 * first.
 */
export function showUnited(studies: readonly (Held | HandedIn)[], stores: StudyStores): void {
  const [first, ...others] = studies;
  let { result } = first;
  const kept = [...first.adapters];
  const results = studies.map((one) => one.result);
  const remarks = remarksOf(results);
  for (const other of others) {
    const different = repeatedDifferently(result, other.result);
    if (different > 0) remarks.push(() => STUDY_FILE_WORDS.unite.otherNumbers(different));
    const added = other.adapters.filter(
      ({ armId, seed }) =>
        !result.config.seeds.includes(seed) && !kept.some((own) => own.armId === armId && own.seed === seed),
    );
    kept.push(...added);
    result = unitedStudy(result, other.result);
  }
  // Two that differ leave no digest, and a third one is not to bring back one of theirs.
  result = { ...result, task: unitedTask(...results) };
  const { aside } = stores.study.getState();
  const onPage = studyOnPage(stores.study.getState(), stores.adapters.getState());
  const { readOnly, images, tapes, coalitions } = onPage;
  const stays = onPage.result === first.result;
  replaceShown(
    stores,
    {
      result,
      source: 'united',
      testSets: testSetsOf(onPage.testSets, result),
      ...(stays ? { readOnly, images, tapes, coalitions } : { readOnly: true }),
    },
    // The union has all of the study on the page.
    { config: result.config, ...(stays && { aside }) },
  );
  tell(stores.study, ...remarks);
  stores.adapters.setState((state) => withStudy(state, result, kept));
}
