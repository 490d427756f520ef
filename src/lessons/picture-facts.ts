/** What lessons quote of single test pictures and of the classes. */
import { shownClasses } from '../data/bundled/shown-classes.ts';
import type { ArmConfig } from '../study/config/config.ts';
import { confusionsOf, mostTaken } from '../study/predictions/confusions.ts';
import { majority, picturesOf } from '../study/predictions/pictures.ts';
import { PRESET_WORDS } from '../study/presets/messages.ts';
import type { StudyResult } from '../study/result/result.ts';

/** Pictures that turned between the backbone and an arm, of those that the result keeps. */
export interface TurnedByTraining {
  readonly name: string;
  readonly pictures: number;
  /** Right without an adapter. */
  readonly right: number;
  /** Right without an adapter, wrong in most runs; and the other way round. */
  readonly lost: number;
  readonly won: number;
}

const armOf = (result: StudyResult, method: ArmConfig['method']): ArmConfig | undefined =>
  result.config.arms.find((arm) => arm.method === method);

/** Null where the result keeps no predictions of the backbone and the first arm of this method. */
export function turnedByTraining(result: StudyResult | null, method: ArmConfig['method']): TurnedByTraining | null {
  const arm = result && armOf(result, method);
  if (!result || !arm) return null;
  const pairs = picturesOf(result).flatMap(({ backbone, label, arms }) => {
    const own = arms.find((answers) => answers.arm === arm.id);
    return backbone && own ? [{ before: backbone.predicted === label, after: majority(own) }] : [];
  });
  if (pairs.length === 0) return null;
  const count = (fits: (pair: (typeof pairs)[number]) => boolean): number => pairs.filter(fits).length;
  return {
    name: PRESET_WORDS.arm(arm),
    pictures: pairs.length,
    right: count(({ before }) => before),
    lost: count(({ before, after }) => before && after === false),
    won: count(({ before, after }) => !before && after === true),
  };
}

/** So many classes are offered where one is to be named. */
const CHOICES = 4;

/** The class that an arm gets right least often, as the task names it, once that does not change any more. */
function worstClass(result: StudyResult, method: ArmConfig['method']): string | null {
  const facts = result.status === 'running' ? null : classFacts(result, method);
  return facts && result.task.classes[shownClasses(result).indexOf(facts.worst.name)];
}

/** Some classes of a result, as the task names them and in their order, with the one that an arm gets right least often: the usual ones where they hold it. */
export function someClasses(
  result: StudyResult,
  method: ArmConfig['method'],
  usual: readonly string[],
): readonly string[] {
  const { classes } = result.task;
  const worst = worstClass(result, method);
  if (usual.every((name) => classes.includes(name)) && (worst === null || usual.includes(worst))) return usual;
  const asked = worst ?? classes[0];
  const others = classes.filter((name) => name !== asked);
  const count = Math.min(CHOICES - 1, others.length);
  const spread = Array.from({ length: count }, (_, i) => others[Math.floor((i * others.length) / count)]);
  const chosen = new Set([asked, ...spread]);
  return classes.filter((name) => chosen.has(name));
}

interface ClassShare {
  /** As people see it. */
  readonly name: string;
  /** Share of its answers that are right. */
  readonly right: number;
}

/** The classes of an arm, or of the backbone. */
export interface ClassFacts {
  readonly best: ClassShare;
  readonly worst: ClassShare;
  /** As the figure heads it: how many of the answers to pictures of `of` were `taken`; null: all are right. */
  readonly mistake: {
    readonly of: string;
    readonly taken: string;
    readonly times: number;
    readonly answers: number;
  } | null;
}

/** @param method null for the backbone. Null where the result has no confusions of it, or no class twice */
export function classFacts(result: StudyResult | null, method: ArmConfig['method'] | null): ClassFacts | null {
  if (!result) return null;
  const arm = method === null ? null : armOf(result, method);
  const confusion = arm === undefined ? undefined : confusionsOf(result).find((own) => own.arm === (arm?.id ?? null));
  const classes = shownClasses(result);
  if (!confusion || classes.length < 2) return null;
  const counts = (of: number): readonly number[] =>
    confusion.counts.slice(of * classes.length, (of + 1) * classes.length);
  const rows = classes
    .map((name, of) => ({ name, of, own: counts(of), answers: counts(of).reduce((a, b) => a + b, 0) }))
    .filter(({ answers }) => answers > 0)
    .map((row) => ({ ...row, right: row.own[row.of] / row.answers }));
  if (rows.length === 0) return null;
  const most = mostTaken(confusion, classes.length);
  return {
    best: rows.reduce((best, row) => (row.right > best.right ? row : best)),
    worst: rows.reduce((worst, row) => (row.right < worst.right ? row : worst)),
    mistake: most && { ...most, of: classes[most.of], taken: classes[most.as] },
  };
}
