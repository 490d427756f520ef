/** The file formats a result can be saved in. */
import { errorText } from '../../core/error-text.ts';
import { counted } from '../../core/counted.ts';
import { useState } from 'react';
import { Button, FileTrigger } from 'react-aria-components';
import { openStudyFile } from '../../state/study/open-study-file.ts';
import type { StudyResult } from '../../study/result/result.ts';
import { saveBlob, saveText } from '../charts/download.ts';
import { useServices, useStudy } from '../context.ts';
import { fromFileList } from '../../data/files/walk.ts';
import css from './share.module.css';

const ORIGINS = {
  none: '',
  saved: 'The saved result of the default study.',
  live: 'Computed by the one who saved this report.',
  link: 'Numbers from a link, not computed by the one who saved this report.',
  united: 'Studies of other seeds as one, not all computed by the one who saved this report.',
  file: 'Numbers from a file, not computed by the one who saved this report.',
};

export function SavedFiles({ result }: { result: StudyResult }) {
  const { study, dataset, adapters, classroom } = useServices();
  const source = useStudy((state) => state.source);
  const [busy, setBusy] = useState(false);
  const own = adapters
    .getState()
    .adapters.filter(({ study: by }) => JSON.stringify(by) === JSON.stringify(result.config));

  const save = async (make: () => Promise<void>): Promise<void> => {
    setBusy(true);
    try {
      await make();
    } catch (error) {
      study.setState({
        error: `The file could not be made: ${errorText(error)}`,
      });
    }
    setBusy(false);
  };
  const open = async (list: FileList | null): Promise<void> => {
    if (!list || list.length === 0) return;
    const opened = await openStudyFile(fromFileList(list), { study, adapters, classroom });
    if (!opened) study.setState({ error: `${list[0].name} is no study file and no result of this page.` });
  };
  const thumbnails = async () => {
    const { studyThumbnails } = await import('./thumbnails.ts');
    return studyThumbnails(result, dataset.getState().dataset);
  };
  const saveStudy = async () => {
    const { packStudyFile } = await import('../../share/study-file/study-file-client.ts');
    const { withOwnPictures } = await import('../../state/pictures/with-pictures.ts');
    const packed = await packStudyFile({
      result: withOwnPictures(result, dataset.getState().dataset),
      adapters: own,
      thumbnails: await thumbnails(),
    });
    saveBlob(new Blob([packed], { type: 'application/zip' }), 'copra-study.zip');
  };
  const saveReport = async () => {
    const { makeReport } = await import('./report.ts');
    saveText(makeReport(result, ORIGINS[source], await thumbnails()), 'copra-report.html', 'text/html');
  };
  const saveCard = async () => {
    const { makeCard } = await import('./make-card.ts');
    saveBlob(await makeCard(result), 'copra-card.png');
  };
  return (
    <ul className={css.files}>
      <li>
        <Button className={css.file} isDisabled={busy} onPress={() => void save(saveCard)}>
          Card
        </Button>
        <span>one picture to post: the finding, its chart, and a code that leads here</span>
      </li>
      <li>
        <Button className={css.file} isDisabled={busy} onPress={() => void save(saveStudy)}>
          Study file
        </Button>
        <span>
          zip with settings, result and{' '}
          {own.length > 0 ? counted(own.length, 'adapter') : 'no adapters (they are here only after a run)'}; opens
          again by drop
        </span>
      </li>
      <li>
        <Button className={css.file} isDisabled={busy} onPress={() => void save(saveReport)}>
          Report
        </Button>
        <span>web page with every chart and table, no script, opens anywhere</span>
      </li>
      <li>
        <Button
          className={css.file}
          onPress={() => saveText(JSON.stringify(result), 'copra-result.json', 'application/json')}
        >
          Result
        </Button>
        <span>JSON in full precision; opens again by drop</span>
      </li>
      <li>
        <FileTrigger acceptedFileTypes={['.zip', '.json']} onSelect={(list) => void open(list)}>
          <Button className={css.file}>Open a file …</Button>
        </FileTrigger>
        <span>a study file or a result, from here or anyone</span>
      </li>
    </ul>
  );
}
