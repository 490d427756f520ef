/**
 * What a teacher's link holds besides the settings of a study: "?lesson=two-seeds/copra&hide=adapters,gpu&lock=training&preset=quick&lang=de&present".
 * The keys are part of addresses: never rename one.
 */
import { isLocale, LOCALES, PSEUDO, type Locale } from '../core/language/locale.ts';
import { LESSON_WORDS } from './messages.ts';
import { isPartName, type PartName } from './parts.ts';
import { LESSON_STEPS } from './steps.ts';

export interface TeachingLink {
  /** Ids of the lesson to open and of its step; null if not given. */
  readonly lesson: string | null;
  readonly step: string | null;
  readonly preset: string | null;
  readonly hidden: readonly PartName[];
  readonly locked: readonly PartName[];
  readonly locale: Locale | null;
  readonly present: boolean;
}

/** Names a preset. */
export const PRESET_KEY = 'preset';

export interface ReadTeachingLink {
  readonly link: TeachingLink;
  /** What was skipped and why, for people. */
  readonly problems: readonly string[];
}

/** A list of parts; unknown names are reported. */
function partsOf(text: string | null, key: string, problems: string[]): PartName[] {
  const names = (text ?? '').split(',').map((name) => name.trim());
  const unknown = names.filter((name) => name !== '' && !isPartName(name));
  if (unknown.length > 0)
    problems.push(LESSON_WORDS.unknownPart(`${key}=${unknown.slice(0, 5).join(',').slice(0, 80)}`));
  return [...new Set(names.filter(isPartName))];
}

/** What a link names by its id or by its number from 1; null: none of them. */
const namedIn = (ids: readonly string[], name: string): string | null =>
  ids.find((id, i) => id === name || String(i + 1) === name) ?? null;

/** A lesson and one of its steps; unknown ones are reported. */
function stepOf(text: string | null, problems: string[]): Pick<TeachingLink, 'lesson' | 'step'> {
  const [name = '', step = ''] = (text ?? '').split('/');
  if (name === '') return { lesson: null, step: null };
  const skipped = `lesson=${name}${step && `/${step}`}`.slice(0, 80);
  const lessons = Object.keys(LESSON_STEPS);
  const lesson = namedIn(lessons, name);
  if (lesson === null) {
    problems.push(LESSON_WORDS.unknownLesson(skipped, lessons));
    return { lesson: null, step: null };
  }
  const steps = LESSON_STEPS[lesson];
  const found = namedIn(steps, step);
  if (step !== '' && found === null) problems.push(LESSON_WORDS.unknownStep(skipped, steps));
  return { lesson, step: found };
}

/** @param query with or without "?" @param presets ids of the known presets */
export function readTeachingLink(query: string, presets: readonly string[]): ReadTeachingLink {
  const parameters = new URLSearchParams(query);
  const problems: string[] = [];
  const { lesson, step } = stepOf(parameters.get('lesson'), problems);
  const preset = parameters.get(PRESET_KEY);
  if (preset !== null && !presets.includes(preset))
    problems.push(LESSON_WORDS.unknownPreset(`preset=${preset.slice(0, 40)}`, presets));
  const lang = parameters.get('lang');
  const locale = isLocale(lang) ? lang : null;
  if (lang !== null && locale === null && lang !== PSEUDO)
    problems.push(LESSON_WORDS.unknownLanguage(`lang=${lang.slice(0, 40)}`, LOCALES));
  const hidden = partsOf(parameters.get('hide'), 'hide', problems);
  const locked = partsOf(parameters.get('lock'), 'lock', problems);
  return {
    link: {
      lesson,
      step,
      preset: preset !== null && presets.includes(preset) ? preset : null,
      hidden,
      locked: locked.filter((part) => !hidden.includes(part)),
      locale,
      present: parameters.has('present') && parameters.get('present') !== 'off',
    },
    problems,
  };
}

/** Without "?"; empty if the link says nothing. */
export function printTeachingLink(link: TeachingLink): string {
  const { lesson, step, preset, hidden, locked, locale, present } = link;
  return [
    lesson && `lesson=${lesson}${step ? `/${step}` : ''}`,
    preset && `preset=${preset}`,
    hidden.length > 0 && `hide=${hidden.join(',')}`,
    locked.length > 0 && `lock=${locked.join(',')}`,
    locale && `lang=${locale}`,
    present && 'present',
  ]
    .filter(Boolean)
    .join('&');
}
