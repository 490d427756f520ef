/** Files of the figure: the pictures shown, and the answers to all of them. */
import { shownTask } from '../../../data/bundled/task-names.ts';
import { PART_WORDS } from '../../../lessons/part-words.ts';
import { predictionsCsv } from '../../../share/csv/predictions-csv.ts';
import { testSetFor } from '../../../state/pictures/own-test-set.ts';
import type { TestPictures } from '../../../state/pictures/request.ts';
import type { Picture } from '../../../study/predictions/pictures.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { saveBlob, saveText } from '../../charts/download.ts';
import { Downloads } from '../../charts/Downloads.tsx';
import { svgToPng } from '../../charts/picture/svg-to-png.ts';
import { readTheme } from '../../charts/theme.ts';
import { useStudy } from '../../context.ts';
import { picturesSvg } from './pictures-svg.ts';

const FILE = 'copra-pictures';

interface PictureDownloadsProps {
  readonly result: StudyResult;
  readonly shown: readonly Picture[];
  readonly images: TestPictures | null;
  /** Sample sizes behind the answers. */
  readonly meta: string;
  /** Whether there are answers to any picture. */
  readonly hasAnswers: boolean;
}

export function PictureDownloads({ result, shown, images, meta, hasAnswers }: PictureDownloadsProps) {
  const { config, task } = result;
  const testSets = useStudy((state) => state.testSets);
  const title = `${PART_WORDS.pictures}: ${shownTask(config.task, task.name)}`;
  const svg = () => picturesSvg(result, shown, images, readTheme('light'), { title, meta });
  const isShown = shown.length > 0;
  return (
    <Downloads
      title={PART_WORDS.pictures}
      save={{
        PNG: isShown ? async () => saveBlob(await svgToPng(svg()), `${FILE}.png`) : null,
        SVG: isShown ? () => saveText(svg(), `${FILE}.svg`, 'image/svg+xml') : null,
        CSV: hasAnswers
          ? () => saveText(predictionsCsv(result, testSetFor(result, testSets)?.files), `${FILE}.csv`)
          : null,
      }}
    />
  );
}
