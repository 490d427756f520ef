/** Opens a dropped or chosen study: our zip, or a result, settings or a search for a schedule as JSON. Other files go to the importers of images and models. */
import { errorText } from '../../core/error-text.ts';
import { said, type Said } from '../../core/language/catalogue.ts';
import type { FoundStudy } from '../../share/study-file/read-study.ts';
import type { ScheduleSearch } from '../../study/schedules/schedule-search.ts';
import { beginsLikeStudy } from '../../share/study-file/study-file-start.ts';
import { studyOnPage, withStudy } from '../adapters/adapters-store.ts';
import { joinClass } from './class-members.ts';
import type { ClassroomStore, HandedIn } from './classroom.ts';
import { STUDY_FILE_WORDS } from './study-file-words.ts';
import { isUntouched, keepNewError, showNextStudy, showResult, type StudyStores } from './replace-shown.ts';
import { tell } from './study-store.ts';

interface Dropped {
  readonly path: string;
  readonly size: number;
  readonly blob: Blob | null;
}

export interface OpenInto extends StudyStores {
  readonly classroom: ClassroomStore;
  readonly openSearch: (file: string, search: ScheduleSearch) => void;
}

/** Rarely needed, so in a separate chunk. */
const uniting = () => import('./unite-studies.ts');

/** Names that our files have. */
const OUR_NAMES = /\.(json|zip)$/i;
const START_BYTES = 128;
/** Size limit: a result is far smaller; a data set's label table may be larger. */
export const MAX_JSON_BYTES = 16 * 2 ** 20;
const MAX_ZIP_BYTES = 512 * 2 ** 20;
const MAX_NAMED = 3;
/** A large lecture; more files than this are a data set with the same file extensions. */
const MAX_CLASS = 300;

/** Reads a file that may be one of our studies, in a worker; in tests, in the same thread. */
export type ReadStudy = (kind: 'zip' | 'json', file: Blob) => Promise<FoundStudy | null>;
export const readInWorker: ReadStudy = async (kind, file) =>
  (await import('../../share/study-file/study-file-client.ts')).readStudyFile(kind, file);

/** Reads only files that start like a study; JSON files are selected by size. */
async function recognise({ path, size, blob }: Dropped, read: ReadStudy): Promise<FoundStudy | null> {
  if (!blob) return null;
  if (/\.json$/i.test(path)) return size <= MAX_JSON_BYTES ? read('json', blob) : null;
  if (!/\.zip$/i.test(path)) return null;
  const start = new Uint8Array(await blob.slice(0, START_BYTES).arrayBuffer());
  if (!beginsLikeStudy(start)) return null;
  if (size > MAX_ZIP_BYTES) throw new Error(STUDY_FILE_WORDS.file.tooLarge);
  return read('zip', blob);
}

/** Shows a study in place of the one on the page. */
export function showAlone(
  { result, adapters: opened }: Pick<HandedIn, 'result' | 'adapters'>,
  into: Pick<OpenInto, 'study' | 'adapters' | 'classroom'>,
): void {
  into.classroom.setState({ offer: null });
  showResult(into, result, 'file');
  into.adapters.setState((state) => withStudy(state, result, opened));
}

/**
 * Offers to unite a study with the one on the page if they differ in seeds only. Otherwise shows it, and says why if the reader may have meant to
 * unite them.
 */
function offerOrShow(
  path: string,
  found: Exclude<FoundStudy, { kind: 'search' }>,
  into: OpenInto,
  { fitOf }: Awaited<ReturnType<typeof uniting>>,
): void {
  const { study, adapters: stored, classroom } = into;
  const { result: shown, source } = studyOnPage(study.getState(), stored.getState());
  const { problems } = found;
  if (problems.length > 0) tell(study, () => firstOf(problems));
  if (found.kind === 'config') {
    study.setState({ config: found.config, readOnly: false });
    return;
  }
  const { result, fingerprint } = found;
  const { adapters } = found.kind === 'study' ? found : { adapters: [] };
  const fit = shown && fitOf(shown, result);
  if (fit?.kind === 'unites') {
    classroom.setState({ offer: { path, result, adapters, fingerprint } });
    return;
  }
  showAlone({ result, adapters }, into);
  if (fit?.kind === 'apart' && source !== 'saved' && shown?.task.name === result.task.name)
    tell(study, () => STUDY_FILE_WORDS.file.tookPlace(path, fit.why()));
}

const firstOf = (problems: readonly string[]): string =>
  STUDY_FILE_WORDS.file.problems(problems.slice(0, MAX_NAMED), Math.max(0, problems.length - MAX_NAMED));

/**
 * Treats several studies or results as a class: they are shown together, and the study on the page stays. Files that cannot be opened are named;
 * the others are opened.
 */
async function openClass(
  files: readonly Dropped[],
  { study, adapters, classroom }: OpenInto,
  read: ReadStudy,
): Promise<boolean> {
  if (files.length > MAX_CLASS || !files.every(({ path }) => OUR_NAMES.test(path))) return false;
  const handedIn: HandedIn[] = [];
  const problems: Said[] = [];
  let strangers = 0;
  for (const file of files) {
    try {
      const found = await recognise(file, read);
      if (found?.kind === 'study') handedIn.push({ path: file.path, ...found });
      else if (found?.kind === 'result') handedIn.push({ path: file.path, ...found, adapters: [] });
      else strangers++;
      if (found?.kind === 'study' || found?.kind === 'result')
        problems.push(...found.problems.map((problem) => () => problem));
    } catch (error) {
      problems.push(() => STUDY_FILE_WORDS.file.notOpened(file.path, errorText(error)));
    }
  }
  if (handedIn.length === 0 && problems.length === 0) return false;
  if (strangers > 0) problems.push(() => STUDY_FILE_WORDS.file.strangers(strangers));
  joinClass(classroom, adapters, handedIn);
  if (problems.length > 0) tell(study, () => firstOf(said(problems)));
  return true;
}

/**
 * Opens a study file, or offers to unite it with the study on the page; several files are a class. An unreadable study file is reported and
 * changes nothing; a running study is not disturbed, and neither is what was opened or set while the file was read.
 * @returns false when the files are something else
 */
export async function openStudyFile(
  files: readonly Dropped[],
  into: OpenInto,
  read: ReadStudy = readInWorker,
): Promise<boolean> {
  if (files.length > 1) return openClass(files, into, read);
  if (files.length === 0) return false;
  const [file] = files;
  if (!OUR_NAMES.test(file.path)) return false;
  const before = into.study.getState();
  /** The file is one of ours all the same. */
  const refuse = (why: Said): true => {
    into.study.setState({ error: () => STUDY_FILE_WORDS.file.notOpened(file.path, why()) });
    return true;
  };
  const reading = recognise(file, read);
  // A search takes the place of no study.
  const isNewest = showNextStudy(reading.then((found) => found !== null && found.kind !== 'search'));
  try {
    const found = await reading;
    if (!found) return false;
    if (found.kind === 'search') {
      // It changes nothing of a study that runs.
      into.openSearch(file.path, found.search);
      return true;
    }
    // Loaded first: a study may begin meanwhile.
    const unites = await uniting();
    if (!(await isNewest())) return true;
    const now = into.study.getState();
    if (now.status !== 'idle') return refuse(() => STUDY_FILE_WORDS.file.running);
    if (!isUntouched(before, now)) return refuse(() => STUDY_FILE_WORDS.file.meanwhile);
    offerOrShow(file.path, found, into, unites);
    keepNewError(into.study, before, now);
  } catch (error) {
    return refuse(() => errorText(error));
  }
  return true;
}
