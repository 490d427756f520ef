import { Suspense, type ReactNode } from 'react';
import { Button } from 'react-aria-components';
import { reopenSaved } from '../../state/page/saved-results.ts';
import { takeBack } from '../../state/study/replace-shown.ts';
import { memoryText } from '../../study/result/memory-text.ts';
import { isComing } from '../../state/study/study-store.ts';
import type { StudyResult } from '../../study/result/result.ts';
import { useServices, useStudy } from '../context.ts';
import { deviceName } from '../device-name.ts';
import { clock, date } from '../format.ts';
import { unbroken } from '../unbroken.ts';
import { lazily } from '../lazily.tsx';
import { isEvaluation } from './is-evaluation.ts';
import css from './live.module.css';
import { LIVE_WORDS } from './messages.ts';
import { stoppedText } from './phases.ts';

/** Loaded when a study begins. */
const NotifyControl = lazily(async () => (await import('./NotifyControl.tsx')).NotifyControl, false);

function BackToSaved() {
  const services = useServices();
  const isIdle = useStudy(({ status }) => status === 'idle');
  return isIdle ? (
    <Button className={css.textButton} onPress={() => void reopenSaved(services, document.baseURI)}>
      {LIVE_WORDS.source.showSaved}
    </Button>
  ) : null;
}

/** To a study that was computed here, where a saved result or another study is shown in its place. */
function BackToOwn() {
  const services = useServices();
  const isAside = useStudy(({ aside, status }) => aside.length > 0 && status === 'idle');
  return isAside ? (
    <Button className={css.textButton} onPress={() => takeBack(services)}>
      {LIVE_WORDS.source.backToOwn}
    </Button>
  ) : null;
}

/** What there is to press, beside the chip: while a study runs, and once it has ended. Its room is always there. */
function Beside({ children }: { readonly children: ReactNode }) {
  const isRunning = useStudy(({ status }) => status !== 'idle');
  return (
    <span className={css.sourceButtons}>
      <Suspense>{isRunning && <NotifyControl />}</Suspense>
      {children}
    </span>
  );
}

/** Where the numbers on the page come from: saved, computed here, or contained in a link. */
export function SourceStrip({ result }: { result: StudyResult | null }) {
  const source = useStudy((state) => state.source);
  const status = useStudy((state) => state.status);
  const coming = useStudy(isComing);
  const words = LIVE_WORDS.source;
  if (!result || source === 'none')
    return (
      <div className={css.source}>
        <span className={css.chip}>{coming ? words.loading : words.none}</span>
        <p className={css.sourceText}>{coming ? words.loadingText : words.noneText}</p>
        <Beside>
          <BackToOwn />
        </Beside>
      </div>
    );
  const { provenance, config } = result;
  const size = isEvaluation(result)
    ? words.evaluated(config.arms.length)
    : words.trained(config.arms.length, config.seeds.length, config.training.steps);
  const precision = provenance.precision && words.precision[provenance.precision];
  const where = [`${deviceName(provenance.device)}${provenance.software ? ` ${words.software}` : ''}`, precision]
    .filter(Boolean)
    .join(', ');
  const isWhole = result.status === 'complete';
  if (source === 'live') {
    const state =
      status !== 'idle' ? words.computing : isWhole ? words.computedIn(clock(provenance.seconds)) : stoppedText(result);
    return (
      <div className={css.source} data-kind="live">
        <span className={css.chip}>{status === 'idle' ? words.computed : words.live}</span>
        <p className={css.sourceText}>
          {unbroken(`${size}, ${state} · ${where}${provenance.memory ? ` · ${memoryText(provenance.memory)}` : ''}`)}
        </p>
        <Beside>
          <BackToSaved />
          <BackToOwn />
        </Beside>
      </div>
    );
  }
  return (
    <div className={css.source}>
      <span className={css.chip}>{words[source]}</span>
      <p className={css.sourceText}>
        {source === 'link' && `${words.linkText} `}
        {source === 'united' && `${words.unitedText} `}
        {source === 'file' && `${words.fileText} `}
        {unbroken(`${date(provenance.date)} · ${where} · ${size}${isWhole ? '' : `, ${stoppedText(result)}`}`)}
      </p>
      <Beside>
        {source !== 'saved' && <BackToSaved />}
        <BackToOwn />
      </Beside>
    </div>
  );
}
