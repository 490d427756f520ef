/** The file formats a result can be saved in. */
import { errorText } from '../../core/error-text.ts';
import { use, useMemo, useState } from 'react';
import { Button, FileTrigger, OverlayTriggerStateContext } from 'react-aria-components';
import { useStore } from 'zustand/react';
import { adaptersOf } from '../../state/adapters/adapters-store.ts';
import { imagesInFiles } from '../../state/pictures/with-pictures.ts';
import { openSearch } from '../../state/search/search-store.ts';
import { withoutPeople } from '../../study/result/result-parts.ts';
import { openStudyFile } from '../../state/study/open-study-file.ts';
import type { StudyResult } from '../../study/result/result.ts';
import { Toggle } from '../controls/Toggle.tsx';
import { useServices, useStudy } from '../context.ts';
import { fromFileList } from '../../data/files/walk.ts';
import { fileSavers } from './file-savers.ts';
import { SHARE_WORDS } from './messages.ts';
import css from './share.module.css';

/** What a file is, and what people may not want to hand out with it. */
const about = (what: string, ...said: readonly (string | false)[]): string =>
  [what, ...said.filter((words) => words !== false)].join('; ');

interface SavedFileProps {
  readonly name: string;
  readonly isBusy?: boolean;
  readonly save: () => unknown;
  /** What the file is. */
  readonly children: string;
}

function SavedFile({ name, isBusy = false, save, children }: SavedFileProps) {
  return (
    <li>
      <Button className={css.file} isPending={isBusy} onPress={() => void save()}>
        {name}
      </Button>
      <span>{children}</span>
    </li>
  );
}

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
  const files = fileSavers(study, { result, adapters: own, withPictures, atHand, testSets: kept });
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
      <SavedFile name={words.card} isBusy={busy} save={() => save(files.card)}>
        {words.cardIs}
      </SavedFile>
      <SavedFile name={words.study} isBusy={busy} save={() => save(files.study)}>
        {about(words.studyIs(own.length), pictures && words.studyPictures(areHere, hasTested), names)}
      </SavedFile>
      <SavedFile name={words.report} isBusy={busy} save={() => save(files.report)}>
        {about(words.reportIs, pictures && areHere && words.reportPictures, names)}
      </SavedFile>
      <SavedFile name={words.result} save={files.result}>
        {about(words.resultIs, pictures && result.task.pictures !== undefined && words.resultPictures, names)}
      </SavedFile>
      <SavedFile name={words.citation} isBusy={busy} save={() => save(files.citation)}>
        {words.citationIs}
      </SavedFile>
      <li>
        <FileTrigger acceptedFileTypes={['.zip', '.json']} onSelect={(list) => void open(list)}>
          <Button className={css.file}>{words.open}</Button>
        </FileTrigger>
        <span>{words.openIs}</span>
      </li>
    </ul>
  );
}
