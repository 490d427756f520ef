/** The words of sharing: links, frames, files and the card. What reports hold is English: share/report. */
import { counted } from '../../core/counted.ts';
import { catalogue } from '../../core/language/catalogue.ts';
import { listed } from '../../core/listed.ts';
import { integer } from '../../core/number-format.ts';

interface CardFacts {
  readonly task: string;
  readonly seeds: number;
  readonly testImages: number;
}

export const SHARE_WORDS = catalogue('share', {
  copy: 'Copy',
  copied: 'Copied',
  copyField: (label: string) => `Copy: ${label}`,
  link: {
    label: 'Link to this result',
    length: 'Length of the link',
    chat: 'For chat',
    whole: 'Full detail',
    /** @param characters of the link */
    choice: (name: string, characters: number) => `${name}, ${integer(characters)}`,
    copied: (characters: number) => `Link copied · ${integer(characters)} characters`,
    copyIt: (characters: number) => `Copy this link · ${integer(characters)} characters`,
    making: 'Making the link …',
    /** @param step reached; null: the training is done */
    stillRuns: (step: number | null) =>
      `The study is still running: the link holds ${step === null ? 'what is done so far' : `it up to step ${integer(step)}`}.`,
    /** In short, what a link has less of than the page. */
    lacks: (isRounded: boolean, lacksCurves: boolean) =>
      isRounded
        ? `Curves are rounded; ${lacksCurves ? 'some curves, ' : ''}pictures and adapters are left out.`
        : `${lacksCurves ? 'Some curves, pictures' : 'Pictures'} and adapters are left out.`,
    details: 'Details',
    detailsAre: 'what the link holds',
    tooLong: (most: number) =>
      `Some chat programs cut links above ${integer(most)} characters: use the short one there.`,
    noShort: (most: number) =>
      `Some chat programs cut links above ${integer(most)} characters, and the settings and test figures of this study alone are longer: send a file there.`,
    contents: (parts: readonly string[]) => `In the link: ${listed(parts)}; no images, no adapters.`,
    rounded: (parts: readonly string[]) => `Rounded: ${parts.join('; ')}.`,
    leavesOut: (parts: readonly string[]) => `The link leaves out ${listed(parts)}.`,
    qr: 'QR code of a link to this result',
    /** In the place of the code until it is there. */
    qrComes: 'Its QR code comes here.',
    qrFailed: 'The QR code could not be made: copy the text instead.',
    qrHolds: (without: readonly string[]) =>
      `The QR code holds a shorter link${without.length > 0 ? ` without ${listed(without)}` : ''}.`,
    noCode: (most: number) =>
      `A QR code holds ${integer(most)} characters, and the settings and test figures of this study alone are longer: there is none.`,
  },
  contents: {
    settings: 'settings',
    classes: 'names of the classes',
    training: (runs: number) => `training curves of ${counted(runs, 'run')}`,
    test: (runs: number) => `test figures of ${counted(runs, 'run')}`,
    confusions: 'which class was taken for which',
    provenance: 'when and on which device it was computed',
  },
  files: {
    title: 'Files',
    summary: 'whole, with adapters',
    card: 'Card',
    cardIs: 'one picture to post: the finding, its chart, and a code that leads here',
    study: 'Study file',
    studyIs: (adapters: number) =>
      `zip with settings, result and ${
        adapters > 0 ? counted(adapters, 'adapter') : 'no adapters (they are here only after a run)'
      }; drop it on the page to open it again`,
    report: 'Report',
    reportIs: 'web page with every chart and table, no script, opens anywhere',
    /** @param areYours the images are on this page, and files hold one of every class; else whoever ran the study has them */
    studyPictures: (areYours: boolean, hasTested: boolean) =>
      `with images of ${areYours ? 'yours' : 'the study'}: ${[
        ...(hasTested ? ['up to 48 test images, made small'] : []),
        ...(areYours ? ['an image of every class'] : []),
      ].join(', and ')}`,
    reportPictures: 'with images of yours: an image of every class',
    resultPictures: 'with images of the study: up to 48 test images, made small',
    withPictures: (areYours: boolean) => `Files with images of ${areYours ? 'yours' : 'the study'}`,
    /** What a class's devices are called is in files of the leading page, not in links. */
    deviceNames: 'with the names of the classroom’s devices',
    result: 'Result',
    resultIs: 'JSON in full precision; drop it on the page to open it again',
    citation: 'BibTeX',
    citationIs: 'cites this study and the papers whose method it shows',
    open: 'Open a file …',
    openIs: 'a study file or a result, from here or anyone',
    failed: (why: string) => `The file could not be made: ${why}`,
    notOurs: (name: string) => `${name} is no study file and no result of this page.`,
  },
  frame: {
    title: 'Embed in a page',
    summary: 'slides, courses',
    everything: 'Everything',
    shows: 'What the frame shows',
    code: 'Code of the frame',
    note: 'The frame follows its width, computes nothing, and links back to the whole result.',
    /** Title of the frame, for screen readers. */
    named: (view: string) => `CopRA Playground: ${view}`,
  },
  card: {
    headline: (task: string, arms: number) => `${task}: ${counted(arms, 'way of training', 'ways of training')}`,
    facts: ({ task, seeds, testImages }: CardFacts) =>
      `CopRA Playground · ${task} · ${counted(seeds, 'seed')} each · ${counted(testImages, 'test image')}`,
    invitation: 'Scan for the study',
    noCanvas: 'This browser draws on no canvas.',
  },
});
