/** Builds the card of the result that the page shows. */
import { shownTask } from '../../data/bundled/task-names.ts';
import { equalTaskMessage } from '../results/EqualTask.tsx';
import { joined } from '../results/left-out.ts';
import { makeLinks } from '../../state/page/make-links.ts';
import type { ResultLink } from '../../state/page/result-address.ts';
import { clearFinding, findingsToShow, headlineOf } from '../../state/summary/findings.ts';
import type { StudyResult } from '../../study/result/result.ts';
import type { FigureRecord } from '../charts/figure-registry.ts';
import { drawSvg } from '../charts/picture/image.tsx';
import { readTheme } from '../charts/theme.ts';
import { drawCard } from './card.ts';
import { SHARE_WORDS } from './messages.ts';
import { qrPath, type QrPath } from './qr-path.ts';

/** Pixels, for a chart of 900 across. */
const CHART_HEIGHT = 380;

/** Null where no code holds enough of the result. */
async function qrCodeOf(result: StudyResult): Promise<QrPath | null> {
  const made: ResultLink[] = [];
  const request = { result, page: document.baseURI, sizes: ['qr'] as const };
  await makeLinks(request, (_, link) => made.push(link));
  const [{ fits, address }] = made;
  return fits ? qrPath(address).catch(() => null) : null;
}

/**
 * Always on white, as the report: nobody knows where it is posted.
 * @param figures the charts of the result, in page order
 */
export async function makeCard(result: StudyResult, figures: readonly FigureRecord[]): Promise<Blob> {
  const theme = readTheme('light');
  const { task, config } = result;
  const name = shownTask(config.task, task.name);
  const findings = findingsToShow(result, config);
  const isOfDomains = clearFinding(findings)?.id === 'other-domains';
  const found = joined(headlineOf(findings), isOfDomains ? equalTaskMessage(result) : '');
  const drawn = figures.flatMap(({ build, message }) => (build ? [{ build, message }] : []));
  const figure = drawn.find(({ message }) => message === found) ?? drawn.at(0);
  const code = await qrCodeOf(result);
  return drawCard(
    {
      headline: found || SHARE_WORDS.card.headline(name, config.arms.length),
      facts: SHARE_WORDS.card.facts({ task: name, seeds: config.seeds.length, testImages: task.test }),
      chart: figure ? drawSvg({ build: figure.build, height: CHART_HEIGHT }) : null,
      code,
      invitation: SHARE_WORDS.card.invitation,
    },
    theme,
  );
}
