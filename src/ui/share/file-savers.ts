/** Saves a result in the files that people keep of it. What makes a file is loaded with the first press on its button. */
import { comingCode } from '../../platform/coming-code.ts';
import type { DroppedDataset } from '../../data/dataset/dropped.ts';
import type { StoredAdapter } from '../../state/adapters/adapters-store.ts';
import type { TestSet } from '../../state/pictures/own-test-set.ts';
import { withOwnPictures } from '../../state/pictures/with-pictures.ts';
import { markKept, type StudyStore } from '../../state/study/study-store.ts';
import type { StudyResult } from '../../study/result/result.ts';
import { withoutPictures } from '../../study/result/without-pictures.ts';
import { saveBlob, saveText } from '../charts/download.ts';
import { bringDeferredParts } from '../deferred-part.tsx';
import { figuresOnPage } from '../charts/figure-registry.ts';
import { figuresCaughtUp } from '../charts/newest.ts';

/** In the report, which is English. */
const ORIGINS = {
  none: '',
  saved: 'The saved result of the default study.',
  live: 'Computed by the one who saved this report.',
  link: 'Numbers from a link, not computed by the one who saved this report.',
  united: 'Studies of other seeds as one, not all computed by the one who saved this report.',
  file: 'Numbers from a file, not computed by the one who saved this report.',
};

/** What goes into the files. */
interface Contents {
  readonly result: StudyResult;
  readonly adapters: readonly StoredAdapter[];
  /** Own images that are open on this page; null: none are. */
  readonly atHand: DroppedDataset | null;
  /** Own test images that this page has kept of studies. */
  readonly testSets: readonly TestSet[];
  /** Whether people's images go into the files. */
  readonly withPictures: boolean;
}

interface FileSavers {
  readonly card: () => Promise<void>;
  readonly study: () => Promise<void>;
  readonly report: () => Promise<void>;
  readonly result: () => void;
  readonly citation: () => Promise<void>;
}

export function fileSavers(
  store: StudyStore,
  { result, adapters, atHand, testSets, withPictures }: Contents,
): FileSavers {
  /** Charts are those of the page at one moment, so what stands around them is of the result that they show then. */
  const onPage = async () => {
    await bringDeferredParts();
    await figuresCaughtUp();
    const { result: now, source } = store.getState();
    return { result: now ?? result, source, figures: figuresOnPage() };
  };
  const thumbnails = async () => {
    if (!withPictures) return [];
    const [{ classPictures }, { loadTaskSamples }] = await Promise.all([
      comingCode(import('../../state/pictures/class-pictures.ts')),
      comingCode(import('../study/task-samples.ts')),
    ]);
    return classPictures(result, { dataset: atHand, kept: testSets, loadTask: loadTaskSamples });
  };
  return {
    async card() {
      const { makeCard } = await comingCode(import('./make-card.ts'));
      const { result: now, figures } = await onPage();
      saveBlob(await makeCard(now, figures), 'copra-card.png');
    },
    async study() {
      const { packStudyFile } = await comingCode(import('../../share/study-file/study-file-client.ts'));
      const packed = await packStudyFile({
        result: withPictures ? withOwnPictures(result, atHand, testSets) : withoutPictures(result),
        adapters,
        thumbnails: await thumbnails(),
      });
      saveBlob(new Blob([packed], { type: 'application/zip' }), 'copra-study.zip');
      markKept(store, result);
    },
    async report() {
      const [{ makeReport, originsOf }, pictures] = await Promise.all([
        comingCode(import('./report.ts')),
        thumbnails(),
      ]);
      const { result: now, source, figures } = await onPage();
      const origins = await originsOf(now, atHand);
      saveText(makeReport(now, ORIGINS[source], figures, pictures, origins), 'copra-report.html', 'text/html');
      markKept(store, now);
    },
    result() {
      const text = JSON.stringify(withPictures ? result : withoutPictures(result));
      saveText(text, 'copra-result.json', 'application/json');
      markKept(store, result);
    },
    async citation() {
      const { studyBibtex } = await comingCode(import('../../share/citation/bibtex.ts'));
      saveText(studyBibtex(result, new URL('.', document.baseURI).href), 'copra-citation.bib', 'application/x-bibtex');
    },
  };
}
