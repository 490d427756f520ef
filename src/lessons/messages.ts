/** The words of the lessons' controls. */
import { catalogue } from '../core/language/catalogue.ts';
import { counted } from '../core/counted.ts';
import { listed } from '../core/listed.ts';

const showSaved = 'Show the saved result';
const runRefused = 'The link you opened lets no studies run here.';
const ownIsKept = 'Your own result is kept: under Live, “Back to my own result” brings it back.';

export const LESSON_WORDS = catalogue('lessons', {
  lessons: 'Lessons',
  closeLessons: 'Close the lessons',
  allLessons: 'All lessons',
  minutes: (count: number): string => `${count} min`,
  start: 'Start',
  goOn: 'Go on',
  again: 'From the start',
  finished: 'Finished',
  stepsDone: (done: number, all: number): string => `${done} of ${counted(all, 'step')}`,
  stepOf: (step: number, all: number): string => `Step ${step} of ${all}`,
  back: 'Back',
  next: 'Next',
  finish: 'Finish',
  nextLesson: (number: number, title: string): string => `Next: ${number}. ${title}`,
  numberOf: (lesson: number, all: number): string => `Lesson ${lesson} of ${all}`,
  stepDone: 'Done',
  showOnPage: (part: string): string => `Show on the page: ${part}`,
  predict: 'Your prediction',
  predictHint: 'There are no grades. The result is shown once you have chosen.',
  whatThePageShows: 'What the page shows',
  concealed: 'Make your prediction in the lesson first. Then this appears.',
  covered: 'The next steps of the lesson ask about this. Then it appears.',
  running: 'Running. The charts fill as it goes.',
  busy: 'Another study is running. Stop it first, or wait.',
  runRefused,
  /** Of a step with a run. */
  stepRefused: `${runRefused} You can go on without.`,
  pausedOwn: 'Paused.',
  pausedOther: 'Another study is paused. Go on with it, or stop it to begin this one.',
  goOnWithStudy: 'Go on',
  stopStudy: 'Stop it',
  showSaved,
  /** @param preset what its saved study is called */
  showSavedOf: (preset: string): string => `Show the saved study “${preset}”`,
  ownIsKept,
  /** Below the button of a run, by what the page shows. */
  runReplaces: {
    own: ownIsKept,
    saved: `The run takes the place of the saved result on the page. “${showSaved}” brings that back.`,
    /** Of another preset than that which “Show the saved result” leads to by itself. */
    savedOfPreset: `The run takes the place of the saved result on the page. Choose its preset again afterwards: under Live, “${showSaved}” then brings it back.`,
    other: 'The run takes the place of the result on the page. The link or file of that opens it again.',
  },
  restoreSettings: 'Put my own settings back',
  minimise: 'Make the lesson small',
  restore: 'Make the lesson large',
  present: 'Present',
  teachersLink: 'Make a teacher’s link',
  teacherIntro:
    'A link that opens the page as your class should find it. The study settings that are on the page now travel along.',
  teacherLesson: 'Start with',
  teacherNoLesson: 'No lesson',
  teacherStep: 'Step',
  teacherFirstStep: 'Where the learner left off',
  teacherPreset: 'Preset',
  teacherNoPreset: 'The settings on the page',
  teacherLanguage: 'Language of the page',
  teacherBrowserLanguage: 'As the browser says',
  teacherPresent: 'Open in presenter mode',
  teacherParts: 'Parts of the page',
  shown: 'Shown',
  locked: 'Locked',
  hidden: 'Hidden',
  linkLabel: 'Teacher’s link',
  lockedByTeacher: (part: string): string => `${part}: locked by the link you opened`,
  lockedDrop: 'The task is fixed by the link you opened, so these files were not taken as images.',
  /** Parts of a teacher's link that mean nothing. @param skipped the part, as in the address */
  unknownPart: (skipped: string): string => `“${skipped}” is skipped: the page has no part of that name.`,
  unknownLesson: (skipped: string, lessons: readonly string[]): string =>
    `“${skipped}” is skipped: the lessons are ${lessons.join(', ')}, or 1 to ${lessons.length}.`,
  unknownStep: (skipped: string, steps: readonly string[]): string =>
    `The step of “${skipped}” is skipped: its steps are ${steps.join(', ')}, or 1 to ${steps.length}.`,
  unknownPreset: (skipped: string, presets: readonly string[]): string =>
    `“${skipped}” is skipped: the presets are ${presets.join(', ')}.`,
  unknownLanguage: (skipped: string, languages: readonly string[]): string =>
    `“${skipped}” is skipped: the languages are ${languages.join(', ')}.`,
  leavePresenter: 'Leave presenter mode',
  /** What the keys do that concern no study. @param choices of the step */
  presenterKeys: (choices: number): string =>
    ['→ next', '← back', '↑ ↓ scroll', ...(choices > 0 ? [`1–${choices} choose`] : []), 'Esc leave'].join(' · '),
  presenterRun: 'R: run',
  presenterPause: 'P: pause',
  presenterResume: 'P: go on',
  presenterStop: 'S: stop it',
  /** @param parts of the page that the step speaks of and the screen does not show */
  presenterAway: (parts: readonly string[]): string => `Not on this screen: ${listed(parts)}. Esc leads to the page.`,
  presenterDone: 'End of the lesson',
});
