/** The file formats a result can be saved in. */
import { errorText } from '../../core/error-text.ts';
import { use, useMemo, useState } from 'react';
import { Button, FileTrigger, OverlayTriggerStateContext } from 'react-aria-components';
import { useStore } from 'zustand/react';
import { adaptersOf } from '../../state/adapters/adapters-store.ts';
import { imagesInFiles, withOwnPictures } from '../../state/pictures/with-pictures.ts';
import { openSearch } from '../../state/search/search-store.ts';
import { withoutPeople } from '../../study/result/result-parts.ts';
import { markKept } from '../../state/study/study-store.ts';
import { openStudyFile } from '../../state/study/open-study-file.ts';
import { withoutPictures } from '../../study/result/without-pictures.ts';
import type { StudyResult } from '../../study/result/result.ts';
import { saveBlob, saveText } from '../charts/download.ts';
import { figuresOnPage } from '../charts/figure-registry.ts';
import { figuresCaughtUp } from '../charts/newest.ts';
import { Toggle } from '../controls/Toggle.tsx';
import { useServices, useStudy } from '../context.ts';
import { fromFileList } from '../../data/files/walk.ts';
import { SHARE_WORDS } from './messages.ts';
import css from './share.module.css';

/** In the report, which is English. */
const ORIGINS = {
  none: '',
  saved: 'The saved result of the default study.',
  live: 'Computed by the one who saved this report.',
  link: 'Numbers from a link, not computed by the one who saved this report.',
  united: 'Studies of other seeds as one, not all computed by the one who saved this report.',
  file: 'Numbers from a file, not computed by the one who saved this report.',
};

/** What a file is, and what people may not want to hand out with it. */
const about = (what: string, ...said: readonly (string | false)[]): string =>
  [what, ...said.filter((words) => words !== false)].join('; ');

export function SavedFiles({ result }: { result: StudyResult }) {
  const { study, dataset, adapters, classroom, searches } = useServices();
  const dialog = use(OverlayTriggerStateContext);
  const [busy, setBusy] = useState(false);
  const [withPictures, setWithPictures] = useState(true);
  const own = adaptersOf(adapters.getState(), result);
  const atHand = useStore(dataset, (state) => state.dataset);
  const kept = useStudy((state) => state.testSets);
  const { areHere, hasTested } = useMemo(() => imagesInFiles(result, atHand, kept), [result, atHand, kept]);
  const mayHold = areHere || hasTested;
  const names = withoutPeople(result) !== result && SHARE_WORDS.files.deviceNames;

  const save = async (make: () => Promise<void>): Promise<void> => {
    setBusy(true);
    try {
      await make();
    } catch (error) {
      study.setState({ error: () => SHARE_WORDS.files.failed(errorText(error)) });
    }
    setBusy(false);
  };
  const open = async (list: FileList | null): Promise<void> => {
    if (!list || list.length === 0) return;
    const [{ name }] = list;
    const opened = await openStudyFile(fromFileList(list), {
      study,
      adapters,
      classroom,
      openSearch: (file, search) => openSearch(searches, window, file, search),
    });
    if (!opened) study.setState({ error: () => SHARE_WORDS.files.notOurs(name) });
    else dialog?.close(); // it shares the result that was on the page
  };
  /** Charts are those of the page at one moment, so what stands around them is of the result that they show then. */
  const onPage = async () => {
    await figuresCaughtUp();
    const { result: now, source } = study.getState();
    return { result: now ?? result, source, figures: figuresOnPage() };
  };
  const thumbnails = async () => {
    if (!withPictures) return [];
    const { studyThumbnails } = await import('./thumbnails.ts');
    return studyThumbnails(result, atHand, kept);
  };
  const saveStudy = async () => {
    const { packStudyFile } = await import('../../share/study-file/study-file-client.ts');
    const packed = await packStudyFile({
      result: withPictures ? withOwnPictures(result, atHand, kept) : withoutPictures(result),
      adapters: own,
      thumbnails: await thumbnails(),
    });
    saveBlob(new Blob([packed], { type: 'application/zip' }), 'copra-study.zip');
    markKept(study, result);
  };
  const saveReport = async () => {
    const [{ makeReport, originsOf }, pictures] = await Promise.all([import('./report.ts'), thumbnails()]);
    const { result: now, source, figures } = await onPage();
    const origins = await originsOf(now, atHand);
    saveText(makeReport(now, ORIGINS[source], figures, pictures, origins), 'copra-report.html', 'text/html');
    markKept(study, now);
  };
  const saveResult = () => {
    saveText(JSON.stringify(withPictures ? result : withoutPictures(result)), 'copra-result.json', 'application/json');
    markKept(study, result);
  };
  const saveCard = async () => {
    const { makeCard } = await import('./make-card.ts');
    const { result: now, figures } = await onPage();
    saveBlob(await makeCard(now, figures), 'copra-card.png');
  };
  const words = SHARE_WORDS.files;
  const pictures = mayHold && withPictures;
  return (
    <ul className={css.files}>
      {mayHold && (
        <li className={css.switch}>
          <span aria-hidden="true">{words.withPictures(areHere)}</span>
          <Toggle label={words.withPictures(areHere)} value={withPictures} onChange={setWithPictures} />
        </li>
      )}
      <li>
        <Button className={css.file} isPending={busy} onPress={() => void save(saveCard)}>
          {words.card}
        </Button>
        <span>{words.cardIs}</span>
      </li>
      <li>
        <Button className={css.file} isPending={busy} onPress={() => void save(saveStudy)}>
          {words.study}
        </Button>
        <span>{about(words.studyIs(own.length), pictures && words.studyPictures(areHere, hasTested), names)}</span>
      </li>
      <li>
        <Button className={css.file} isPending={busy} onPress={() => void save(saveReport)}>
          {words.report}
        </Button>
        <span>{about(words.reportIs, pictures && areHere && words.reportPictures, names)}</span>
      </li>
      <li>
        <Button className={css.file} onPress={saveResult}>
          {words.result}
        </Button>
        <span>
          {about(words.resultIs, pictures && result.task.pictures !== undefined && words.resultPictures, names)}
        </span>
      </li>
      <li>
        <FileTrigger acceptedFileTypes={['.zip', '.json']} onSelect={(list) => void open(list)}>
          <Button className={css.file}>{words.open}</Button>
        </FileTrigger>
        <span>{words.openIs}</span>
      </li>
    </ul>
  );
}
