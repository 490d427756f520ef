/** The words of the page around its parts, and those beside numbers everywhere. */
import { counted } from '../core/counted.ts';
import { catalogue } from '../core/language/catalogue.ts';
import { integer } from '../core/number-format.ts';

export const PAGE_WORDS = catalogue('page', {
  languageFailed:
    'The language could not be loaded, so the page keeps the one it has. Check the connection and choose again.',
  /** In place of the whole page. */
  notStarted: (why: string) =>
    `CopRA Playground could not start. Load the page again, or try another browser. (${why})`,
  loadAgain: 'Load again',
  skipToResults: 'Skip to the results',
  skipToRun: 'Skip to Run',
  live: 'Live',
  results: 'Results',
  study: 'Study',
  drop: {
    title: 'Drop your images',
    what: 'Folders, archives, tables, arrays: a folder per class, or labels beside them. They stay on your device.',
  },
  /** Where a part of the page should be. */
  part: {
    /** @param loss what loading the page anew would do to what was computed in it */
    notLoaded: (loss: 'none' | 'resumable' | 'lost') =>
      `This part of the page could not be loaded: there is no connection, or the host has a newer version by now. ${
        loss === 'lost'
          ? 'Try again when there is a connection, and leave the page open: loaded anew, it would lose what was computed here.'
          : `Try again, or load the page anew${loss === 'resumable' ? ': the study under way can be resumed' : ''}.`
      }`,
    failed: (why: string) => `This part of the page failed, the rest goes on. (${why})`,
    again: 'Try again',
  },
  dismissError: 'Dismiss the message',
  dismissNotice: 'Dismiss the note',
  shared: 'This is a result that someone shared. The link has no room for its pictures and some of its detail.',
  leftOut: 'What is missing',
  showSaved: 'Show the saved result',
  footer: {
    here: 'Everything runs in this browser.',
    stays:
      'Your images stay on your device, and so do adapters and results unless you publish them or join a classroom; the page counts no visits.',
    method: 'Method:',
    and: 'and',
    small: 'Models here are small: expect the direction of the papers’ findings, not their numbers.',
    artwork:
      'Artwork: Noto Emoji © Google (Apache 2.0), Twemoji © Twitter and contributors (CC BY 4.0), Fluent Emoji © Microsoft (MIT), EmojiTwo © its contributors (CC BY 4.0), OpenMoji (CC BY-SA 4.0), FxEmojis © Mozilla (Apache 2.0). Sources and terms in the',
    notice: 'notice',
    licence: 'MIT licence',
    built: 'how it is built',
  },
  /** What continues an interrupted study. */
  resume: {
    analyses: 'Resume with the analyses',
    /** Of seeds that are added to a study, which is whole. */
    added: 'Resume the added seeds',
    at: (step: number) => `Resume at step ${integer(step)}`,
  },
  update: {
    ready:
      'A new version of this page is ready. Settings stay; results that are not saved or shared do not, nor do own images that are not kept.',
    load: 'Load the new version',
  },
  /** Why a study cannot run. */
  problem: {
    evaluation:
      'These are settings of an evaluation: its adapters were trained elsewhere, and cannot be trained again by them. Choose a preset.',
    newerSettings:
      'A newer version of this page made these settings, and this one does not know all of them: a run would be another study. Reload the page, or choose a preset.',
    lookingForBackbone: 'Looking for the backbone on this device.',
    noBackbone: (id: string) => `The backbone ${id} is not on this device. Get it under Backbone, or choose another.`,
    inputSize: (patchSize: number) =>
      `The input size must be a multiple of the patch size of this backbone, ${patchSize}.`,
    noImages: 'Bring your images first, under Task, or choose a bundled task.',
    unprepared: 'Prepare your images first, under Task.',
    preparing: 'Your images are being prepared. Wait for them.',
    unusable: 'Your images cannot be used. Task says why.',
    tooManyPlayers: (
      arm: string,
      vision: number,
      text: number,
      unit: 'layer' | 'module',
      most: number,
      mostPerTower: number,
    ) =>
      `${arm} has ${vision + text} ${unit === 'module' ? 'projections' : 'layers'}, ${vision} of the vision tower and ${text} of the text tower. Exact Shapley values need at most ${most}, and ${mostPerTower} of a tower. Choose a sampled estimator.`,
    /** @param path names of settings; null: the study as a whole @param why a sentence without its stop */
    outOfRange: (path: readonly string[] | null, why: string) =>
      `A setting is out of range: ${path?.join(' › ') ?? 'study'}. ${why}.`,
  },
  aboutSeconds: (seconds: number) => `about ${seconds} s`,
  aboutMinutes: (minutes: number) => `about ${minutes} min`,
  aboutHours: (hours: number) => `about ${hours} h`,
  /** @param seeds which: numbers and ranges */
  seeds: (count: number, seeds: string) => `${count === 1 ? 'seed' : 'seeds'} ${seeds}`,
  seedCount: (count: number) => counted(count, 'seed'),
  unknownDate: 'unknown date',
  /** Follows “saved”. */
  ahead: 'at a time that the clock of this device has not reached yet',
  justNow: 'just now',
  minutesAgo: (minutes: number) => `${counted(minutes, 'minute')} ago`,
  hoursAgo: (hours: number) => `${counted(hours, 'hour')} ago`,
  daysAgo: (days: number) => `${counted(days, 'day')} ago`,
});
